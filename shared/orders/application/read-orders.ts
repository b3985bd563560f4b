import type { NodeId, OrderId, Sku } from '../../kernel/ids.ts';
import { instantOf } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { violationsOf, type Violation } from '../domain/audit-order.ts';
import { withSkus, workIdOf, type Order } from '../domain/order.ts';
import { statusOf } from '../domain/status.ts';
import type { NotFound } from './change-order.ts';
import type {
  CursorRefusal,
  FulfilmentOrdersOfOrder,
  OrderFilter,
  OrderHistory,
  OrderQueries,
  OrderSummary,
  Page,
  PageRequest,
} from './ports.ts';

export const summaryOf = (order: Order): OrderSummary => ({
  orderId: order.orderId,
  channel: order.channel,
  connection: order.connection,
  channelOrderId: order.channelOrderId,
  channelOrderNumber: order.channelOrderNumber,
  status: statusOf(order),
  placedAt: order.placedAt,
  updatedAt: order.updatedAt,
  nodes: nodesOf(order),
  units: order.lines.reduce((sum, line) => sum + line.ordered, 0),
  currency: order.currency,
  grandTotal: order.grandTotal,
});

/** Nodes that work on the order or have shipped of it. */
const nodesOf = (order: Order): readonly NodeId[] => [
  ...new Set(
    order.work
      .filter((work) => work.outcome === undefined || work.outcome === 'shipped')
      .map((work) => work.nodeId),
  ),
];

const inUtc = (moment: string | undefined): string | undefined =>
  moment === undefined ? undefined : instantOf(Date.parse(moment));

export const makeListOrders =
  (deps: { readonly queries: OrderQueries }) =>
  (filter: OrderFilter, page: PageRequest): Promise<Result<Page<OrderSummary>, CursorRefusal>> =>
    deps.queries.list({ ...filter, from: inUtc(filter.from), to: inUtc(filter.to) }, page);

const detailOf = ({ order, stated, timeline }: OrderHistory, fulfilmentOrders: readonly unknown[]) => ({
  ...summaryOf(order),
  version: order.version,
  revision: order.revision,
  orderType: order.orderType,
  // Of an earlier routing it is history.
  setAside: order.setAside?.revision === order.revision ? order.setAside : undefined,
  backordersEnd: order.backordersEnd,
  order: stated.order,
  lines: order.lines.map(({ lineId, sku, ...counters }) => ({
    lineId,
    sku,
    title: stated.order.lines.find((line) => line.lineId === lineId)?.title,
    counters,
  })),
  fulfilmentOrders,
  timeline,
});

/** One order with what its nodes do and all that happened to it. */
export const makeGetOrder =
  (deps: { readonly queries: OrderQueries; readonly fulfilmentOrders: FulfilmentOrdersOfOrder }) =>
  async (orderId: OrderId): Promise<Result<ReturnType<typeof detailOf>, NotFound>> => {
    const [history, fulfilmentOrders] = await Promise.all([
      deps.queries.findHistory(orderId),
      deps.fulfilmentOrders.listByOrder(orderId),
    ]);
    return history === undefined ? refuse({ type: 'notFound' }) : ok(detailOf(history, fulfilmentOrders));
  };

type Reserved = {
  readonly fulfilmentOrderId: string;
  readonly nodeId: NodeId;
  readonly sku: Sku;
  readonly quantity: number;
};

const reservedOf = (order: Order): readonly Reserved[] =>
  order.work.flatMap((work) => {
    const bySku = new Map<Sku, number>();
    for (const { sku, quantity } of withSkus(order, work.lines))
      bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
    const fulfilmentOrderId = workIdOf(order, work);
    return [...bySku].map(([sku, quantity]) => ({ fulfilmentOrderId, nodeId: work.nodeId, sku, quantity }));
  });

export type OrderAudit = {
  readonly ordersChecked: number;
  readonly violations: readonly Violation[];
  readonly reserved: readonly Reserved[];
  readonly cursor: string | undefined;
};

/** Proves each order on one page, and says what it believes to have reserved, to be held against the stock's books. */
export const makeAuditOrders =
  (deps: { readonly queries: OrderQueries }) =>
  async (page: PageRequest): Promise<Result<OrderAudit, CursorRefusal>> => {
    const orders = await deps.queries.listAll(page);
    if (!orders.ok) return orders;
    const { items, cursor } = orders.value;
    return ok({
      ordersChecked: items.length,
      violations: items.flatMap(violationsOf),
      reserved: items.flatMap(reservedOf),
      cursor,
    });
  };
