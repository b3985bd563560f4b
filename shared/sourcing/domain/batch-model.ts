import type { SourcingInstance, SourcingOrder } from './instance.ts';
import { costOfNothing, gatherDemand, type SkuDemand } from './order-demand.ts';

/**
 * Many orders as numbers. A position is a node x SKU with stock; an entry is one way to serve a SKU of an order
 * from a position. Orders own consecutive entries and arcs.
 */
export interface BatchModel {
  readonly orders: readonly BatchOrder[];
  readonly nodeCount: number;
  readonly positionCount: number;
  /** Units at each position, and orders that each node may ship (Infinity = no limit). */
  readonly stock: Float64Array;
  readonly nodeLimit: Float64Array;
  /** Orders that could use each position, for finding rivals. */
  readonly rivals: readonly Int32Array[];
}

export interface BatchOrder {
  readonly source: SourcingOrder;
  /** How many such orders there are. A plan takes them for one; prices count each of them. */
  readonly times: number;
  readonly demands: readonly SkuDemand[];
  readonly skuCount: number;
  readonly maxShipments: number;
  readonly costOfNothing: number;
  readonly tierStart: Int32Array;
  readonly tierUnits: Float64Array;
  readonly tierPrice: Float64Array;
  /** By arc: its index in the order, its node, its shipment cost. Arcs that can give nothing are left out. */
  readonly arcIndex: Int32Array;
  readonly arcNode: Int32Array;
  readonly arcCost: Float64Array;
  /** By entry: arc, SKU, position, unit cost. */
  readonly entryArc: Int32Array;
  readonly entrySku: Int32Array;
  readonly entryPosition: Int32Array;
  readonly entryCost: Float64Array;
}

/**
 * Compiles an instance; a node that may ship no order and a position without stock drop out here. `times` says how
 * many orders like each there are, where they are priced rather than planned.
 */
export const compileBatch = (instance: SourcingInstance, times?: readonly number[]): BatchModel => {
  const nodeIndex = new Map(instance.nodes.map((node, i) => [node.id, i]));
  const limits = instance.nodes.map((node) => node.maxOrders ?? Number.POSITIVE_INFINITY);
  const positionOf = instance.nodes.map(() => new Map<string, number>());
  const stock: number[] = [];
  for (const row of instance.stock) {
    const node = nodeIndex.get(row.node) ?? -1;
    if (row.quantity === 0 || (limits[node] ?? 0) === 0) continue;
    positionOf[node]?.set(row.sku, stock.length);
    stock.push(row.quantity);
  }
  const orders = instance.orders.map((order, o) =>
    compileOrder(order, times?.[o] ?? 1, nodeIndex, positionOf),
  );
  const rivals = stock.map((): number[] => []);
  orders.forEach((order, o) => {
    for (const position of order.entryPosition) rivals[position]?.push(o);
  });
  return {
    orders,
    nodeCount: instance.nodes.length,
    positionCount: stock.length,
    stock: Float64Array.from(stock),
    nodeLimit: Float64Array.from(limits),
    rivals: rivals.map((list) => Int32Array.from(list)),
  };
};

const compileOrder = (
  order: SourcingOrder,
  times: number,
  nodeIndex: ReadonlyMap<string, number>,
  positionOf: readonly ReadonlyMap<string, number>[],
): BatchOrder => {
  const demands = gatherDemand(order.lines);
  const nothing = costOfNothing(order.lines);
  const tierStart = [0];
  const tierUnits: number[] = [];
  const tierPrice: number[] = [];
  for (const demand of demands) {
    for (const index of demand.lines) {
      const line = order.lines[index];
      tierUnits.push(line?.quantity ?? 0);
      tierPrice.push(order.shipComplete ? nothing + 1 : (line?.unfilledUnitCost ?? 0));
    }
    tierStart.push(tierUnits.length);
  }
  const arcIndex: number[] = [];
  const arcNode: number[] = [];
  const arcCost: number[] = [];
  const entries: { arc: number; sku: number; position: number; cost: number }[] = [];
  order.arcs.forEach((arc, index) => {
    const node = nodeIndex.get(arc.node) ?? -1;
    let isUseful = false;
    demands.forEach((demand, sku) => {
      const cost = arc.unitCosts[demand.sku];
      const position = positionOf[node]?.get(demand.sku);
      if (typeof cost !== 'number' || position === undefined) return;
      isUseful = true;
      entries.push({ arc: arcIndex.length, sku, position, cost });
    });
    if (!isUseful) return;
    arcIndex.push(index);
    arcNode.push(node);
    arcCost.push(arc.shipmentCost);
  });
  return {
    source: order,
    times,
    demands,
    skuCount: demands.length,
    maxShipments: Math.min(order.maxShipments ?? arcIndex.length, arcIndex.length),
    costOfNothing: nothing,
    tierStart: Int32Array.from(tierStart),
    tierUnits: Float64Array.from(tierUnits),
    tierPrice: Float64Array.from(tierPrice),
    arcIndex: Int32Array.from(arcIndex),
    arcNode: Int32Array.from(arcNode),
    arcCost: Float64Array.from(arcCost),
    entryArc: Int32Array.from(entries, (entry) => entry.arc),
    entrySku: Int32Array.from(entries, (entry) => entry.sku),
    entryPosition: Int32Array.from(entries, (entry) => entry.position),
    entryCost: Float64Array.from(entries, (entry) => entry.cost),
  };
};
