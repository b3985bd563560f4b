import type { Day } from '../../../kernel/day.ts';
import type { NodeId, Sku } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CellChange, Movement } from '../ledger-entry.ts';
import { changed, unchanged, type SupplyDecision, type SupplyRefusal } from './supply-decision.ts';
import type { SupplyLine, SupplyOrder } from './supply-order.ts';

/** Units that left the origin. Lines undefined: all of every line; otherwise what is not named stayed behind. */
export type Departure = {
  readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[] | undefined;
  /** The day that is expected now; undefined: as before. */
  readonly expectedOn: Day | undefined;
};

/** Out of the origin's free units and on the way to the destination, in one entry. */
const changesOf = (
  order: SupplyOrder & { readonly kind: 'transfer' },
  lines: readonly SupplyLine[],
  actor: string,
): readonly CellChange[] =>
  lines
    .filter(({ departed }) => departed > 0)
    .flatMap(({ sku, departed }) => {
      const leg = (nodeId: NodeId, reason: string, deltas: Pick<Movement, 'onHandDelta' | 'inTransitDelta'>) => ({
        cell: { sku, nodeId },
        movements: [
          {
            movementId: `transferOut:${order.supplyId}`,
            kind: 'transferOut' as const,
            reservedDelta: 0,
            ...deltas,
            document: order.supplyId,
            actor,
            reason,
          },
        ],
      }); // prettier-ignore
      return [
        {
          ...leg(order.originId, `transfer to ${order.nodeId}`, { onHandDelta: -departed }),
          guard: { type: 'free' as const, atLeast: departed },
        },
        {
          ...leg(order.nodeId, `transfer from ${order.originId}`, {
            onHandDelta: 0,
            inTransitDelta: departed,
          }),
          guard: { type: 'covered' as const },
        },
      ];
    });

const departedLines = (
  order: SupplyOrder,
  { lines }: Departure,
): Result<readonly SupplyLine[], SupplyRefusal> => {
  for (const { sku, quantity } of lines ?? []) {
    const line = order.lines.find((entry) => entry.sku === sku);
    if (line === undefined) return refuse({ type: 'notInOrder', sku });
    if (quantity > line.quantity) return refuse({ type: 'moreThanExpected', sku, expected: line.quantity });
  }
  const quantityOf = (line: SupplyLine): number =>
    lines === undefined ? line.quantity : (lines.find(({ sku }) => sku === line.sku)?.quantity ?? 0);
  return ok(order.lines.map((line) => ({ ...line, departed: quantityOf(line) })));
};

/**
 * A transfer leaves its origin, once, with units that are free there: what is promised to orders or kept as safety
 * stock stays. A repeated departure changes nothing, one with other units is refused.
 */
export const departTransfer = (
  order: SupplyOrder,
  departure: Departure,
  actor: string,
  at: Instant,
): Result<SupplyDecision, SupplyRefusal> => {
  if (order.kind !== 'transfer') return refuse({ type: 'notATransfer' });
  const lines = departedLines(order, departure);
  if (!lines.ok) return lines;
  if (order.status === 'cancelled') return refuse({ type: 'notOpen', status: order.status });
  if (order.status !== 'announced') {
    const isRepeated = lines.value.every(({ departed }, index) => departed === order.lines[index]?.departed);
    return isRepeated ? ok(unchanged(order)) : refuse({ type: 'alreadyDeparted' });
  }
  return ok(
    changed(
      order,
      {
        ...order,
        status: 'inTransit',
        expectedOn: departure.expectedOn ?? order.expectedOn,
        lines: lines.value,
      },
      changesOf(order, lines.value, actor),
      at,
    ),
  );
};
