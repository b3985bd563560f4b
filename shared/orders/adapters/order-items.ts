import * as z from 'zod';
import { canonicalOrder, orderPriority } from '../../contracts/orders/canonical-order.ts';
import { orderSummary, setAside } from '../../contracts/orders/routes.ts';
import { basketReservationId, instant, lineId, nodeId, sku } from '../../contracts/scalars.ts';
import type { OrderId, Sku } from '../../kernel/ids.ts';
import type { OrderSummary, StatedOrder } from '../application/ports.ts';
import { priorityRank } from '../../kernel/order-priority.ts';
import { summaryOf } from '../application/read-orders.ts';
import { contentOf, sumByLine } from '../domain/move-units.ts';
import { withSkus, type Order } from '../domain/order.ts';
import { phaseOf, type Phase } from '../domain/status.ts';

export const partitionOf = (orderId: OrderId): string => `ORDER#${orderId}`;
/** The small item that every change writes, and the channel's word, which few changes do. Facts lie beside them. */
export const STATE_KEY = 'ORDER';
export const STATED_KEY = 'ORDER#STATED';

/**
 * Lists are merged from this many index partitions a phase: 4 x 1,000 index writes a second, which is some 800 orders
 * a second at five changes each. More of them would cost every list more queries.
 */
export const SHARDS = 4;
export const PHASES: readonly Phase[] = ['waiting', 'live', 'closed'];

const shardOf = (orderId: OrderId): number => orderId.charCodeAt(orderId.length - 1) % SHARDS;
export const lanePartition = (phase: Phase, shard: number): string => `ORDERS#${phase}#${shard}`;

const units = z.int().min(0).default(0);
const storedState = z.object({
  summary: orderSummary,
  version: z.int().min(1),
  channelVersion: z.int(),
  revision: z.int().min(1),
  orderType: canonicalOrder.shape.orderType.unwrap(),
  priority: orderPriority.exclude(['normal']).optional(),
  shipComplete: z.boolean(),
  basketReservationId: basketReservationId.optional(),
  lines: z.array(
    z.object({
      lineId,
      sku,
      ordered: z.int().min(1),
      open: units,
      reserved: units,
      shipped: units,
      backordered: units,
      cancelled: units,
    }),
  ),
  work: z
    .array(
      z.object({
        revision: z.int(),
        nodeId,
        lines: z.array(z.object({ lineId, quantity: z.int().min(1) })).default([]),
        outcome: z.enum(['rejected', 'shipped', 'cancelled']).optional(),
      }),
    )
    .default([]),
  excludedNodes: z.array(nodeId).default([]),
  supersededRevisions: z.array(z.int()).default([]),
  holds: z
    .array(z.object({ kind: z.enum(['fraudReview', 'payment', 'address', 'operator']), since: instant }))
    .default([]),
  setAside: setAside.optional(),
  backordersEnd: instant.optional(),
  cancellation: z.object({ reason: z.string(), at: instant }).optional(),
});
const storedStated = z.object({ stated: canonicalOrder, hash: z.string() });

const unlessEmpty = <Entry>(list: readonly Entry[]): readonly Entry[] | undefined =>
  list.length === 0 ? undefined : list;
const unlessZero = (quantity: number): number | undefined => (quantity === 0 ? undefined : quantity);

/** The order's state without what is zero or empty: every kilobyte of it is paid for twice with each change. */
export const stateItem = (order: Order) => ({
  pk: partitionOf(order.orderId),
  sk: STATE_KEY,
  entity: 'order',
  gsi1pk: lanePartition(phaseOf(order), shardOf(order.orderId)),
  gsi1sk: `${order.placedAt}#${order.orderId}`,
  summary: summaryOf(order),
  version: order.version,
  channelVersion: order.channelVersion,
  revision: order.revision,
  orderType: order.orderType,
  priority: order.priority,
  shipComplete: order.shipComplete,
  basketReservationId: order.basketReservationId,
  lines: order.lines.map((line) => ({
    ...line,
    open: unlessZero(line.open),
    reserved: unlessZero(line.reserved),
    shipped: unlessZero(line.shipped),
    backordered: unlessZero(line.backordered),
    cancelled: unlessZero(line.cancelled),
  })),
  work: unlessEmpty(order.work.map((work) => ({ ...work, lines: unlessEmpty(work.lines) }))),
  excludedNodes: unlessEmpty(order.excludedNodes),
  supersededRevisions: unlessEmpty(order.supersededRevisions),
  holds: unlessEmpty(order.holds),
  setAside: order.setAside,
  backordersEnd: order.backordersEnd,
  cancellation: order.cancellation,
});

export const readState = (image: unknown): Order => {
  const { summary, ...state } = storedState.parse(image);
  const { orderId, channel, connection, channelOrderId, channelOrderNumber } = summary;
  const { placedAt, updatedAt, currency, grandTotal } = summary;
  return {
    ...{ orderId, channel, connection, channelOrderId, channelOrderNumber },
    ...{ placedAt, updatedAt, currency, grandTotal },
    ...state,
  };
};

/** What the contract's defaults say again on reading is left out: an order of three lines then fits a kilobyte. */
export const statedItem = (orderId: OrderId, { order, hash }: StatedOrder) => ({
  pk: partitionOf(orderId),
  sk: STATED_KEY,
  entity: 'statedOrder',
  stated: {
    ...order,
    shipComplete: order.shipComplete ? true : undefined,
    isTest: order.isTest ? true : undefined,
    lines: order.lines.map((line) => ({
      ...line,
      discount: unlessZero(line.discount),
      tax: unlessZero(line.tax),
      requiresShipping: line.requiresShipping ? undefined : false,
    })),
  },
  hash,
});

export const readStated = (image: unknown): StatedOrder => {
  const { stated, hash } = storedStated.parse(image);
  return { order: stated, hash };
};

const indexEntry = z.object({ gsi1sk: z.string(), summary: orderSummary });
export type IndexEntry = { readonly sortKey: string; readonly summary: OrderSummary };

export const readIndexEntry = (image: unknown): IndexEntry => {
  const { gsi1sk, summary } = indexEntry.parse(image);
  return { sortKey: gsi1sk, summary };
};

/** Up to this many SKUs an order has one backorder entry each; beyond, one entry for all, to fit a transaction. */
const SEPARATE_BACKORDERS = 90;
export const backorderPartition = (of: Sku): string => `BACKORDER#${of}`;
export const WIDE_BACKORDERS = 'WIDEBACKORDERS';

export const ENDING_BACKORDERS = 'ENDINGBACKORDERS';

/** When the backordered units of an order are cancelled: none for orders that wait for as long as it takes. */
export const endingEntries = (order: Order): readonly EndingEntry[] =>
  order.backordersEnd === undefined || contentOf(order.lines, 'backordered').length === 0
    ? []
    : [
        {
          pk: ENDING_BACKORDERS,
          sk: `${order.backordersEnd}#${order.orderId}`,
          entity: 'backordersEnd',
          orderId: order.orderId,
        },
      ];

type EndingEntry = {
  readonly pk: string;
  readonly sk: string;
  readonly entity: 'backordersEnd';
  readonly orderId: OrderId;
};

export type BackorderEntry = {
  readonly pk: string;
  readonly sk: string;
  readonly entity: 'backorder';
  readonly orderId: OrderId;
  readonly quantity: number;
  readonly skus?: readonly Sku[];
};

/**
 * Where an order stands among those that wait: by priority, then oldest placed first. Normal orders stand under their
 * time alone, which begins with a 2 until the year 3000.
 */
const turnOf = ({ priority, placedAt, orderId }: Order): string => {
  const own = `${placedAt}#${orderId}`;
  if (priority === undefined) return own;
  return `${priority === 'low' ? '3' : '1'}#${priorityRank(priority)}#${own}`;
};

/** The entries under which the order waits for stock: by priority, then oldest placed first within a SKU. */
export const backorderEntries = (order: Order): readonly BackorderEntry[] => {
  const waiting = withSkus(order, contentOf(order.lines, 'backordered'));
  const bySku = new Map<Sku, number>();
  for (const line of waiting) bySku.set(line.sku, (bySku.get(line.sku) ?? 0) + line.quantity);
  const common = {
    sk: turnOf(order),
    entity: 'backorder',
    orderId: order.orderId,
  } as const;
  if (bySku.size <= SEPARATE_BACKORDERS)
    return [...bySku].map(([of, quantity]) => ({ ...common, pk: backorderPartition(of), quantity }));
  const quantity = [...sumByLine(waiting).values()].reduce((sum, each) => sum + each, 0);
  return [{ ...common, pk: WIDE_BACKORDERS, quantity, skus: [...bySku.keys()] }];
};
