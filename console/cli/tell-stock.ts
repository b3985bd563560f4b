import type { Stock, StockMovement } from './api-types.ts';
import { formatMoment } from './format-values.ts';
import { formatTable, plain, type Output } from './output.ts';

type Column<Row> = { readonly head: string; readonly of: (row: Row) => number; readonly isRare?: boolean };

/** The columns that say something: a rare one only where some row has a figure. */
const telling = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly Column<Row>[] =>
  columns.filter(({ isRare = false, of }) => !isRare || rows.some((row) => of(row) !== 0));

type StockPosition = Stock['positions'][number];
const COUNTERS: readonly Column<StockPosition>[] = [
  { head: 'ON HAND', of: ({ onHand }) => onHand },
  { head: 'RESERVED', of: ({ reserved }) => reserved },
  { head: 'IN BASKETS', of: ({ softReserved = 0 }) => softReserved, isRare: true },
  { head: 'SAFETY', of: ({ safetyStock }) => safetyStock },
  { head: 'AVAILABLE', of: ({ available }) => available },
  { head: 'RING-FENCE', of: ({ ringFence }) => ringFence, isRare: true },
  { head: 'QUARANTINE', of: ({ quarantined }) => quarantined, isRare: true },
  { head: 'IN TRANSIT', of: ({ inTransit }) => inTransit, isRare: true },
];

const atNode = (positions: Stock['positions'], node: string | undefined): Stock['positions'] =>
  node === undefined ? positions : positions.filter(({ nodeId }) => nodeId === node);

const sumOf = (positions: Stock['positions'], of: (position: StockPosition) => number): number =>
  positions.reduce((sum, position) => sum + of(position), 0);

/** The stock at one node: its position only, and sums of that. */
export const positionsAt = (stock: Stock, node: string | undefined): Stock => {
  if (node === undefined) return stock;
  const positions = atNode(stock.positions, node);
  const total = {
    onHand: sumOf(positions, ({ onHand }) => onHand),
    reserved: sumOf(positions, ({ reserved }) => reserved),
    available: sumOf(positions, ({ available }) => available),
  };
  return { ...stock, positions, total };
};

/** The position of a SKU at every node, or at one. */
export const renderStock = (
  out: Output,
  { sku, positions }: Pick<Stock, 'sku' | 'positions'>,
  node: string | undefined,
): void => {
  const shown = atNode(positions, node);
  if (shown.length === 0)
    return out.print(`${plain(sku)}: no stock has ever been said${node === undefined ? '' : ` at ${node}`}.`);
  const columns = telling(COUNTERS, shown);
  const rows = shown.map((position) => [position.nodeId, ...columns.map(({ of }) => String(of(position)))]);
  if (node === undefined) rows.push(['all', ...columns.map(({ of }) => String(sumOf(shown, of)))]);
  const heads = columns.map(({ head }) => head);
  out.print(formatTable(['NODE', ...heads], rows, heads));
  for (const { nodeId, frozen } of shown) {
    if (frozen !== undefined)
      out.print(`${plain(nodeId)} is frozen since ${formatMoment(frozen.since)}: ${plain(frozen.reason)}`);
  }
};

const DELTAS: readonly Column<StockMovement>[] = [
  { head: 'ON HAND', of: ({ onHandDelta }) => onHandDelta },
  { head: 'RESERVED', of: ({ reservedDelta }) => reservedDelta },
  { head: 'SAFETY', of: ({ safetyStockDelta = 0 }) => safetyStockDelta, isRare: true },
  { head: 'RING-FENCE', of: ({ ringFenceDelta = 0 }) => ringFenceDelta, isRare: true },
  { head: 'QUARANTINE', of: ({ quarantinedDelta = 0 }) => quarantinedDelta, isRare: true },
  { head: 'IN TRANSIT', of: ({ inTransitDelta = 0 }) => inTransitDelta, isRare: true },
];

/** What is the same for every movement of a kind is not stored with each of them. */
const causeOf = ({ kind, reason }: StockMovement): string =>
  reason ?? (kind === 'reserve' ? 'an order was routed here' : '');

const signed = (delta: number): string => (delta > 0 ? `+${delta}` : delta === 0 ? '' : String(delta));

/** What happened to one position, newest first: by how much, why, by which document and on whose word. */
export const renderHistory = (out: Output, movements: readonly StockMovement[]): void => {
  const columns = telling(DELTAS, movements);
  const rows = movements.map((movement) => [
    formatMoment(movement.at),
    movement.kind,
    ...columns.map(({ of }) => signed(of(movement))),
    movement.onHandAfter === undefined ? '' : String(movement.onHandAfter),
    ...[causeOf(movement), movement.document, movement.actor].map((text) => plain(text ?? '')),
  ]);
  const heads = columns.map(({ head }) => head);
  out.print(
    formatTable(['AT', 'MOVEMENT', ...heads, 'COUNTED', 'CAUSE', 'DOCUMENT', 'ACTOR'], rows, [
      ...heads,
      'COUNTED',
    ]),
  );
};
