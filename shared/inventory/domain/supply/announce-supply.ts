import type { Day } from '../../../kernel/day.ts';
import type { NodeId, Sku, SupplyId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { changed, unchanged, type SupplyDecision, type SupplyRefusal } from './supply-decision.ts';
import { isOpen, type SupplyLine, type SupplyOrder, type SupplyOrigin } from './supply-order.ts';

/** What the author of an order says of it, as a whole. Lines name a SKU once; a line that is gone is not expected. */
export type Announcement = SupplyOrigin & {
  readonly supplyId: SupplyId;
  readonly nodeId: NodeId;
  readonly expectedOn: Day | undefined;
  readonly revision: number;
  readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[];
};

/**
 * DynamoDB takes 100 actions in one transaction. An announcement writes a line and perhaps takes one away; a departure
 * changes two cells and a line (five actions) for each.
 */
const MOST_LINES = { purchase: 90, transfer: 19 } as const;

const isSameRoute = (order: SupplyOrder, { nodeId, ...said }: Announcement): boolean =>
  order.nodeId === nodeId &&
  (said.kind === 'transfer'
    ? order.kind === 'transfer' && order.originId === said.originId
    : order.kind === 'purchase' && order.supplier === said.supplier);

const isSameContent = (order: SupplyOrder, { lines }: Announcement): boolean =>
  order.lines.length === lines.length &&
  lines.every(({ sku, quantity }) =>
    order.lines.some((line) => line.sku === sku && line.quantity === quantity),
  );

/** The lines as announced, and those that are gone but have received units: these expect nothing more. */
const linesAfter = (
  known: readonly SupplyLine[],
  { lines }: Announcement,
): Result<readonly SupplyLine[], SupplyRefusal> => {
  const kept = known.filter((line) => line.received > 0 && lines.every(({ sku }) => sku !== line.sku));
  const next = lines.map(({ sku, quantity }): SupplyLine => {
    const { departed = 0, received = 0 } = known.find((line) => line.sku === sku) ?? {};
    return { sku, quantity, departed, received, missing: 0 };
  });
  const below = next.find(({ quantity, received }) => quantity < received);
  return below === undefined
    ? ok([...next, ...kept.map((line) => ({ ...line, quantity: line.received }))])
    : refuse({ type: 'belowReceived', sku: below.sku, received: below.received });
};

const revise = (
  order: SupplyOrder,
  said: Announcement,
  at: Instant,
): Result<SupplyDecision, SupplyRefusal> => {
  if (said.revision < order.revision) return ok(unchanged(order));
  const isSame =
    isSameRoute(order, said) && isSameContent(order, said) && order.expectedOn === said.expectedOn;
  if (said.revision === order.revision)
    return isSame ? ok(unchanged(order)) : refuse({ type: 'revisionUsed' });
  if (!isOpen(order)) return refuse({ type: 'notOpen', status: order.status });
  if (!isSameRoute(order, said)) return refuse({ type: 'otherRoute' });
  if (order.status === 'inTransit' && !isSameContent(order, said)) return refuse({ type: 'alreadyDeparted' });
  const lines = order.status === 'inTransit' ? ok(order.lines) : linesAfter(order.lines, said);
  if (!lines.ok) return lines;
  if (new Set([...order.lines, ...lines.value].map(({ sku }) => sku)).size > MOST_LINES[order.kind])
    return refuse({ type: 'tooManyLines' });
  const isComplete =
    order.status === 'announced' && lines.value.every(({ quantity, received }) => quantity === received);
  return ok(
    changed(
      order,
      {
        ...order,
        expectedOn: said.expectedOn,
        revision: said.revision,
        status: isComplete ? 'received' : order.status,
        lines: lines.value,
      },
      [],
      at,
    ),
  );
};

/** Makes an order known, or changes it. A repeated announcement changes nothing, nor does one that was overtaken. */
export const announceSupply = (
  said: Announcement,
  known: SupplyOrder | undefined,
  at: Instant,
): Result<SupplyDecision, SupplyRefusal> => {
  if (said.lines.length > MOST_LINES[said.kind]) return refuse({ type: 'tooManyLines' });
  if (known !== undefined) return revise(known, said, at);
  const lines = said.lines.map((line) => ({ ...line, departed: 0, received: 0, missing: 0 }));
  return ok(changed(undefined, { ...said, status: 'announced', lines, receiptKeys: [] }, [], at));
};
