import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerSourceSolve } from '../../../console/cli/commands/source-solve.ts';

const instance = {
  format: 'switchyard/sourcing-instance@1',
  currency: 'USD',
  nodes: [{ id: 'DC1', maxOrders: null }],
  stock: [{ node: 'DC1', sku: 'A', quantity: 12 }],
  orders: [
    {
      id: 'O1',
      maxShipments: null,
      shipComplete: false,
      lines: [{ id: '1', sku: 'A', quantity: 2, unfilledUnitCost: 40 }],
      arcs: [{ node: 'DC1', shipmentCost: 9.959, unitCosts: { A: 0.93 } }],
    },
  ],
};

describe('yard source solve', () => {
  let folder: string;
  let printed = { out: '', error: '' };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'source-solve-'));
    printed = { out: '', error: '' };
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed.out += String(chunk);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      printed.error += String(chunk);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
    process.exitCode = 0;
  });

  const run = async (content: string, ...flags: string[]): Promise<void> => {
    const file = join(folder, 'instance.json');
    writeFileSync(file, content);
    const program = new Command('yard');
    registerSourceSolve(program);
    await program.parseAsync(['source', 'solve', file, ...flags], { from: 'user' });
  };

  it('prints one JSON document with the plan, its cost and the proof', async () => {
    await run(JSON.stringify(instance), '--json');
    expect(JSON.parse(printed.out)).toEqual({
      format: 'switchyard/sourcing-solution@1',
      cost: 11.819,
      proven: true,
      bound: 11.819,
      seconds: expect.any(Number) as number,
      plans: [
        { order: 'O1', shipments: [{ node: 'DC1', lines: [{ line: '1', quantity: 2 }] }], unfilled: [] },
      ],
    });
  });

  it('prints a table for people', async () => {
    await run(JSON.stringify(instance));
    expect(printed.out).toMatch(/O1 +│ DC1 +│ 1 x 2/);
    expect(printed.out).toContain('cost 11.819 USD, proven optimal');
  });

  it('refuses what is no instance, names the path and exits with 2', async () => {
    await run(JSON.stringify({ ...instance, stock: [{ node: 'DC1', sku: 'A', quantity: 0.5 }] }), '--json');
    expect(printed.error).toContain('$.stock[0].quantity must be a whole number');
    expect(printed.out).toBe('');
    expect(process.exitCode).toBe(2);
  });

  it('refuses a document that says one thing twice', async () => {
    await run(JSON.stringify(instance).replace('"quantity":2,', '"quantity":2,"quantity":3,'));
    expect(printed.error).toContain("Duplicate key 'quantity'");
    expect(process.exitCode).toBe(2);
  });
});
