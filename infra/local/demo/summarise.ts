import type { OrderDetail } from '../../../console/cli/api-types.ts';
import { DEFAULT_TARIFF, milesTo } from '../../../shared/sourcing/domain/tariff.ts';
import type { NodeId } from '../../../shared/kernel/ids.ts';
import type { DemoItem } from './catalogue.ts';
import { DEMO_NODES, type DemoNode } from './network.ts';

/** What the orders of a run have come to. Times in seconds, money in cents of USD. */
export type FlowFigures = {
  readonly orders: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly channels: Readonly<Record<string, number>>;
  readonly units: { readonly ordered: number; readonly shipped: number; readonly cancelled: number };
  readonly shipments: number;
  readonly shipmentsPerShippedOrder: number;
  /** Share of the orders with shipments that came from more than one node. */
  readonly splitShare: number;
  /** Fulfilment orders by how they ended. */
  readonly work: Readonly<Record<string, number>>;
  /** Orders of which units had to wait for stock. */
  readonly backordered: number;
  /** Carriage and handling of what was shipped, by the tariff that sourcing decides with. */
  readonly costMinor: number;
  readonly orderToShipped: { readonly p50: number; readonly p90: number };
};

const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** The smallest value that `share` of all values do not exceed; 0 of none. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;

const shipmentsOf = (order: OrderDetail) =>
  order.fulfilmentOrders.filter(({ lines }) => lines.some(({ shipped }) => shipped > 0));

const sourcingNodeOf = ({ nodeId, place, perShipmentCost, perUnitCost }: DemoNode) => ({
  nodeId: nodeId as NodeId,
  position: place,
  costs: { perShipment: perShipmentCost, perUnit: perUnitCost },
});

const costOf = (order: OrderDetail, grams: ReadonlyMap<string, number>): number =>
  shipmentsOf(order).reduce((sum, { nodeId, lines }) => {
    const place = DEMO_NODES.find((node) => node.nodeId === nodeId);
    if (place === undefined) return sum;
    const node = sourcingNodeOf(place);
    const miles = milesTo(node, order.order.shipTo ?? {}, DEFAULT_TARIFF);
    const perKilogram = DEFAULT_TARIFF.perKilogram + DEFAULT_TARIFF.perKilogramMile * miles;
    const units = lines.reduce(
      (cost, { sku, shipped }) =>
        cost + shipped * (node.costs.perUnit + (perKilogram * (grams.get(sku) ?? 0)) / 1000),
      0,
    );
    return sum + DEFAULT_TARIFF.perShipment + node.costs.perShipment + units;
  }, 0);

const isOf = (type: string, name: string): boolean => type.startsWith(name);

/** From the order's first fact to its last shipment, seconds; undefined where nothing was shipped. */
const secondsToShipped = ({ timeline }: OrderDetail): number | undefined => {
  const placed = timeline.find(({ type }) => isOf(type, 'OrderPlaced'))?.at;
  const shipped = timeline
    .filter(({ type }) => isOf(type, 'OrderShipmentRecorded'))
    .map(({ at }) => Date.parse(at));
  return placed === undefined || shipped.length === 0
    ? undefined
    : (Math.max(...shipped) - Date.parse(placed)) / 1000;
};

/** Figures of a run, computed from the orders as the API shows them. */
export const summarise = (orders: readonly OrderDetail[], items: readonly DemoItem[]): FlowFigures => {
  const grams = new Map(items.map(({ sku, weightGrams }) => [sku, weightGrams]));
  const counters = orders.flatMap(({ lines }) => lines.map((line) => line.counters));
  const sum = (name: 'ordered' | 'shipped' | 'cancelled') =>
    counters.reduce((total, line) => total + line[name], 0);
  const shipped = orders.map(shipmentsOf).filter((shipments) => shipments.length > 0);
  const split = shipped.filter((shipments) => new Set(shipments.map(({ nodeId }) => nodeId)).size > 1);
  const shipments = shipped.reduce((total, { length }) => total + length, 0);
  const seconds = orders.map(secondsToShipped).filter((value) => value !== undefined);
  const work = orders.flatMap(({ fulfilmentOrders }) =>
    fulfilmentOrders.map(({ status, reason }) => (reason === 'silence' ? 'silent' : status)),
  );
  return {
    orders: orders.length,
    outcomes: countBy(orders.map(({ status }) => status)),
    channels: countBy(orders.map(({ channel }) => channel)),
    units: { ordered: sum('ordered'), shipped: sum('shipped'), cancelled: sum('cancelled') },
    shipments,
    shipmentsPerShippedOrder: shipped.length === 0 ? 0 : shipments / shipped.length,
    splitShare: shipped.length === 0 ? 0 : split.length / shipped.length,
    work: countBy(work),
    backordered: orders.filter(({ timeline }) => timeline.some(({ type }) => isOf(type, 'OrderBackordered')))
      .length,
    costMinor: Math.round(orders.reduce((total, order) => total + costOf(order, grams), 0)),
    orderToShipped: { p50: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) },
  };
};

/** Why an order has not ended, in one sentence. */
export const explainUnended = (order: OrderDetail): string => {
  const units = (name: 'open' | 'reserved' | 'backordered') =>
    order.lines.reduce((sum, { counters }) => sum + counters[name], 0);
  const parts = (['open', 'reserved', 'backordered'] as const).flatMap((name) =>
    units(name) === 0 ? [] : [`${units(name)} units ${name}`],
  );
  const work = order.fulfilmentOrders
    .filter(({ status }) => status === 'requested' || status === 'accepted')
    .map(({ nodeId, status }) => `${status} at ${nodeId}`);
  return `${order.orderId} (${order.channel} ${order.channelOrderId}) is still ${order.status}: ${[...parts, ...work].join(', ')}`;
};
