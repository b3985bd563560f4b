import type { Sku } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CellChange } from '../ledger-entry.ts';
import { changed, unchanged, type SupplyDecision, type SupplyRefusal } from './supply-decision.ts';
import { isOpen, outstandingOf, type SupplyOrder } from './supply-order.ts';

/** Units that came, of them `quarantined` unfit for sale. Lines name a SKU once. The same key has its effect once. */
export type SupplyReceipt = {
  readonly key: string;
  readonly lines: readonly ReceivedLine[];
};
type ReceivedLine = { readonly sku: Sku; readonly quantity: number; readonly quarantined: number };

/** Their keys lie in the order, which DynamoDB takes up to 400 KB: of 100 characters each, these are an eighth. */
const MOST_RECEIPTS = 500;

const changeOf = (
  order: SupplyOrder,
  { sku, quantity, quarantined }: ReceivedLine,
  key: string,
  actor: string,
): CellChange => ({
  cell: { sku, nodeId: order.nodeId },
  guard: { type: 'covered' },
  movements: [
    {
      movementId: `supply:${order.supplyId}:${key}`,
      kind: order.kind === 'transfer' ? 'transferIn' : 'receive',
      onHandDelta: quantity - quarantined,
      reservedDelta: 0,
      ...(quarantined === 0 ? {} : { quarantinedDelta: quarantined }),
      ...(order.kind === 'transfer' ? { inTransitDelta: -quantity } : {}),
      document: order.supplyId,
      actor,
      reason: order.kind === 'transfer' ? `transfer from ${order.originId}` : `supply of ${order.supplier}`,
    },
  ],
});

const checkLines = (order: SupplyOrder, lines: readonly ReceivedLine[]): SupplyRefusal | undefined => {
  for (const { sku, quantity } of lines) {
    const line = order.lines.find((entry) => entry.sku === sku);
    if (line === undefined) return { type: 'notInOrder', sku };
    const expected = outstandingOf(order, line);
    if (quantity > expected) return { type: 'moreThanExpected', sku, expected };
  }
  return undefined;
};

/**
 * Units of an order arrive, all of them or a part. Never more than are expected: a unit is received once, and the books
 * of a transfer add up. When everything has come the order is closed.
 */
export const receiveSupply = (
  order: SupplyOrder,
  { key, lines }: SupplyReceipt,
  actor: string,
  at: Instant,
): Result<SupplyDecision, SupplyRefusal> => {
  if (order.receiptKeys.includes(key)) return ok(unchanged(order));
  if (!isOpen(order)) return refuse({ type: 'notOpen', status: order.status });
  if (order.kind === 'transfer' && order.status === 'announced') return refuse({ type: 'notDeparted' });
  if (order.receiptKeys.length >= MOST_RECEIPTS) return refuse({ type: 'tooManyReceipts' });
  const refusal = checkLines(order, lines);
  if (refusal !== undefined) return refuse(refusal);
  const received: SupplyOrder = {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      received: line.received + (lines.find(({ sku }) => sku === line.sku)?.quantity ?? 0),
    })),
    receiptKeys: [...order.receiptKeys, key],
  };
  const isComplete = received.lines.every((line) => outstandingOf(received, line) === 0);
  return ok(
    changed(
      order,
      isComplete ? { ...received, status: 'received' } : received,
      lines.map((line) => changeOf(order, line, key, actor)),
      at,
    ),
  );
};
