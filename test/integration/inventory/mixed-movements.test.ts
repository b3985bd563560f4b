import type { PageOf, Stock, StockAudit, StockMovement } from '../../../console/cli/api-types.ts';
import { ApiRefusal } from '../../../console/cli/api-client.ts';
import { operator, putItem, putNode, unique } from '../../support/integration/stack.ts';

const MOVEMENTS = 2_000;
const SKUS = 20;
const CLIENTS = 20;
jest.setTimeout(300_000);

const api = operator();
type Call = { readonly method: 'PUT' | 'POST'; readonly path: string; readonly body: unknown };

/** Receipts, returns, write-offs, corrections and counts in turn, every fifth of them sent twice, far apart. */
const callsOn = (skus: readonly string[], nodeId: string): readonly Call[] => {
  const once = Array.from({ length: Math.ceil((MOVEMENTS * 5) / 6) }, (_, index): Call => {
    const path = `/v1/stock/${encodeURIComponent(skus[index % SKUS] ?? '')}/${nodeId}`;
    const key = `k${index}`;
    const quantity = 1 + (index % 4);
    switch (Math.floor(index / SKUS) % 5) {
      case 0:
        return { method: 'POST', path: `${path}/receipts`, body: { key, quantity: quantity + 5 } };
      case 1:
        return { method: 'POST', path: `${path}/movements`, body: { kind: 'return', key, quantity } };
      case 2:
        return { method: 'POST', path: `${path}/movements`, body: { kind: 'writeOff', key, quantity, reason: 'broken' } };
      case 3:
        return { method: 'POST', path: `${path}/movements`, body: { kind: 'adjust', key, difference: quantity, reason: 'found' } };
      default:
        return { method: 'PUT', path, body: { key, onHand: 10 + quantity } };
    }
  }); // prettier-ignore
  const again = once.filter((_, index) => index % 5 === 0);
  return [...once, ...again].sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
};

const send = async (call: Call): Promise<void> => {
  try {
    await api.call(call);
  } catch (error) {
    // Units that are not there cannot be written off: an answer, not a fault.
    if (!(error instanceof ApiRefusal) || error.status !== 409) throw error;
  }
};

const historyOf = async (sku: string, nodeId: string): Promise<readonly StockMovement[]> => {
  const movements: StockMovement[] = [];
  const path = `/v1/stock/${encodeURIComponent(sku)}/${nodeId}/movements`;
  for await (const page of api.pages<PageOf<StockMovement>>(path, { limit: 200 }))
    movements.push(...page.items);
  return movements;
};

describe('two thousand mixed movements from twenty clients', () => {
  it('leave balances that their histories explain, and books that balance', async () => {
    const nodeId = unique('N');
    const skus = Array.from({ length: SKUS }, () => unique('SKU'));
    await putNode(api, nodeId);
    for (const sku of skus) await putItem(api, sku);

    const queue = [...callsOn(skus, nodeId)];
    expect(queue.length).toBeGreaterThanOrEqual(MOVEMENTS);
    const client = async (): Promise<void> => {
      for (let call = queue.shift(); call !== undefined; call = queue.shift()) await send(call);
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));

    for (const sku of skus) {
      const { positions } = await api.get<Stock>(`/v1/stock/${encodeURIComponent(sku)}`);
      const movements = await historyOf(sku, nodeId);
      expect(new Set(movements.map(({ movementId }) => movementId)).size).toBe(movements.length);
      expect(positions).toMatchObject([
        { nodeId, onHand: movements.reduce((sum, movement) => sum + movement.onHandDelta, 0), reserved: 0 },
      ]);
    }
    const violations: unknown[] = [];
    for await (const page of api.pages<StockAudit>('/v1/books/stock', { limit: 200 })) {
      violations.push(...page.violations.filter(({ subject }) => subject.includes(nodeId)));
    }
    expect(violations).toEqual([]);
  });
});
