import type {
  OpenSupply,
  StockMovement,
  StockPosition,
  SupplyOrder,
} from '../../../console/cli/api-types.ts';
import { readHistory } from '../../../console/cli/commands/stock.ts';
import { makeOutput } from '../../../console/cli/output.ts';
import { day, wholeUnits } from '../../../console/cli/parse-options.ts';
import { skuQuantities } from '../../../console/cli/supply/sku-quantities.ts';
import { isBooked } from '../../../console/cli/supply/supply-commands.ts';
import { renderOpenSupply, renderSupply } from '../../../console/cli/supply/tell-supply.ts';
import { positionsAt, renderHistory, renderStock } from '../../../console/cli/tell-stock.ts';
import { fakeApi } from '../../support/cli/fake-api.ts';
import { aCell, aNode, aSku, aSupplyId } from '../../support/inventory/builders.ts';

const AT = '2026-11-25T15:51:34.000Z';

/** What is printed, line by line. */
const printed = (tell: (out: ReturnType<typeof makeOutput>) => void): readonly string[] => {
  const lines: string[] = [];
  tell({ ...makeOutput(false), print: (text) => void lines.push(...text.split('\n')) });
  return lines;
};

const aPosition = (nodeId: string, over: Partial<StockPosition> = {}): StockPosition => ({
  ...aCell('MUG', nodeId),
  onHand: 5,
  reserved: 1,
  safetyStock: 0,
  quarantined: 0,
  inTransit: 0,
  ringFence: 0,
  available: 4,
  version: 1,
  ...over,
});

const aMovement = (over: Partial<StockMovement>): StockMovement => ({
  movementId: 'm',
  kind: 'receive',
  at: AT,
  onHandDelta: 0,
  reservedDelta: 0,
  ...over,
});

describe('a position in a table', () => {
  it('has columns for what some node has, and a sum', () => {
    const positions = [aPosition('DC'), aPosition('STORE', { quarantined: 2 })];
    expect(printed((out) => renderStock(out, { sku: 'MUG', positions }, undefined))).toEqual([
      'NODE   ON HAND  RESERVED  SAFETY  AVAILABLE  QUARANTINE',
      'DC           5         1       0          4           0',
      'STORE        5         1       0          4           2',
      'all         10         2       0          8           2',
    ]);
    expect(printed((out) => renderStock(out, { sku: 'MUG', positions }, 'DC'))).toEqual([
      'NODE  ON HAND  RESERVED  SAFETY  AVAILABLE',
      'DC          5         1       0          4',
    ]);
  });

  it('shows what baskets hold beside what is reserved', () => {
    const positions = [aPosition('DC', { reserved: 3, softReserved: 2, available: 2 })];
    expect(printed((out) => renderStock(out, { sku: 'MUG', positions }, 'DC'))).toEqual([
      'NODE  ON HAND  RESERVED  IN BASKETS  SAFETY  AVAILABLE',
      'DC          5         3           2       0          2',
    ]);
  });

  it('is of one node alone, sums included, where that is asked for', () => {
    const total = { onHand: 10, reserved: 2, available: 8 };
    const stock = { sku: 'MUG', positions: [aPosition('DC'), aPosition('STORE')], total };
    expect(positionsAt(stock, undefined)).toEqual(stock);
    expect(positionsAt(stock, 'DC')).toEqual({
      sku: 'MUG',
      positions: [aPosition('DC')],
      total: { onHand: 5, reserved: 1, available: 4 },
    });
  });

  it('says so when there is none', () => {
    expect(printed((out) => renderStock(out, { sku: 'MUG', positions: [] }, 'DC'))).toEqual([
      'MUG: no stock has ever been said at DC.',
    ]);
  });
});

describe('a history in a table', () => {
  it('says cause, document and actor of every movement, and what is the same for all of a kind', () => {
    const lines = printed((out) =>
      renderHistory(out, [
        aMovement({ kind: 'reserve', reservedDelta: 2, document: 'ord_1.1', actor: 'routing' }),
        aMovement({ kind: 'transferOut', onHandDelta: -3, document: 'TR-1', actor: 'key ops', reason: 'transfer to B' }), // prettier-ignore
        aMovement({ kind: 'count', onHandDelta: 7, onHandAfter: 7, actor: 'key ops', reason: 'cycle\u0007count' }), // prettier-ignore
      ]),
    );
    expect(lines[0]).toMatch(/^AT +MOVEMENT +ON HAND +RESERVED +COUNTED +CAUSE +DOCUMENT +ACTOR$/);
    expect(lines[1]).toMatch(/reserve +\+2 +an order was routed here +ord_1\.1 +routing$/);
    expect(lines[2]).toMatch(/transferOut +-3 +transfer to B +TR-1 +key ops$/);
    expect(lines[3]).toMatch(/count +\+7 +7 +cycle\ufffdcount +key ops$/);
  });
});

describe('a history that is long', () => {
  it('is read as far as asked for, and says that there is more', async () => {
    const movement = aMovement({});
    const { api, asked } = fakeApi(({ query }) =>
      query['cursor'] === undefined
        ? { body: { items: [movement, movement], cursor: 'next' } }
        : { body: { items: [movement] } },
    );
    expect(await readHistory(api, 'A/B', 'DC', 2)).toEqual({
      movements: [movement, movement],
      hasMore: true,
    });
    expect(await readHistory(api, 'A/B', 'DC', 3)).toMatchObject({ hasMore: false });
    expect(asked[0]?.path).toBe('/v1/stock/A%2FB/DC/movements');
  });
});

describe('supply in a table', () => {
  const base = { supplyId: aSupplyId('TR-1'), nodeId: aNode('B'), status: 'short' } as const;
  const order: SupplyOrder = {
    ...base,
    kind: 'transfer',
    originId: aNode('A'),
    revision: 1,
    lines: [{ sku: aSku('MUG'), quantity: 5, departed: 4, received: 3, missing: 1 }],
    receiptKeys: ['a'],
    reason: 'one lost',
    version: 4,
    changedAt: AT,
  };

  it('says where an order stands, line by line', () => {
    expect(printed((out) => renderSupply(out, order))).toEqual([
      'TR-1: transfer from A to B, short, expected nobody knows when (one lost)',
      'SKU  ORDERED  LEFT  CAME  MISSING',
      'MUG        5     4     3        1',
    ]);
  });

  it('knows an arrival that was booked under its name before', () => {
    expect(isBooked(order, { once: 'a' })).toBe(true);
    expect(isBooked(order, { once: 'b' })).toBe(false);
    expect(isBooked(order, {})).toBe(false);
  });

  it('lists what is on its way, and says so when nothing is', () => {
    const open: OpenSupply = { ...base, kind: 'purchase', supplier: 'ACME', status: 'announced', expectedOn: '2026-12-01', units: 7 }; // prettier-ignore
    expect(printed((out) => renderOpenSupply(out, [open]))[1]).toMatch(
      /^TR-1 +purchase +ACME +B +announced +2026-12-01 +7$/,
    );
    expect(printed((out) => renderOpenSupply(out, []))).toEqual(['Nothing is on its way.']);
  });
});

describe('what is typed', () => {
  it('names units of SKUs, each once', () => {
    expect(skuQuantities('MUG=RED=4', skuQuantities('CUP=1'))).toEqual([
      { sku: 'CUP', quantity: 1 },
      { sku: 'MUG=RED', quantity: 4 },
    ]);
    for (const text of ['MUG', 'MUG=', '=3', 'MUG=0', 'MUG=1.5', 'MUG=-2'])
      expect(() => skuQuantities(text)).toThrow('SKU=UNITS');
    expect(() => skuQuantities('CUP=2', skuQuantities('CUP=1'))).toThrow('named twice');
  });

  it('names days that exist, and whole units', () => {
    expect(day('2026-02-28')).toBe('2026-02-28');
    for (const text of ['2026-02-30', 'tomorrow', '2026-2-1', '2026-12-01T00:00:00Z'])
      expect(() => day(text)).toThrow('say a day');
    expect(wholeUnits('0')).toBe(0);
    for (const text of ['-1', '1.5', 'x', '']) expect(() => wholeUnits(text)).toThrow('whole number');
  });
});
