import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { contentOf, moveUnits, sumByLine } from './move-units.ts';
import type { LineUnits, Order } from './order.ts';
import { settle, unchanged, type Decided } from './settle.ts';

/** New stock: at most `units` of the SKU, at a node. */
export type Arrival = { readonly sku: Sku; readonly nodeId: NodeId; readonly units: number };

const upTo = (units: number, lines: readonly LineUnits[]): readonly LineUnits[] => {
  let left = units;
  return lines.flatMap(({ lineId, quantity }) => {
    const taken = Math.min(left, quantity);
    left -= taken;
    return taken > 0 ? [{ lineId, quantity: taken }] : [];
  });
};

const opened = (order: Order, units: readonly LineUnits[], at: Instant): Decided => {
  const lines = moveUnits(order.lines, 'backordered', 'open', units);
  return units.length > 0 && lines.ok
    ? settle(order, { ...order, lines: lines.value }, [], at, 'backInStock')
    : unchanged(order);
};

/**
 * Opens these units as far as they are backordered. An order that ships complete is opened as a whole: its routing
 * decides whether everything is there now.
 */
export const reopenUnits = (order: Order, units: readonly LineUnits[], at: Instant): Decided => {
  const wanted = sumByLine(units);
  const waiting = contentOf(order.lines, 'backordered');
  const served = waiting.flatMap(({ lineId, quantity }) =>
    upTo(wanted.get(lineId) ?? 0, [{ lineId, quantity }]),
  );
  return opened(order, order.shipComplete && served.length > 0 ? waiting : served, at);
};

/**
 * Opens backordered units for which stock has come, as many as may be served. An order that ships complete is opened as
 * a whole: its routing decides whether everything is there now. Nothing is opened for stock at a node that has let
 * this order down.
 */
export const reopenBackorder = (order: Order, arrival: Arrival, at: Instant): Decided => {
  if (order.excludedNodes.includes(arrival.nodeId)) return unchanged(order);
  const waiting = contentOf(order.lines, 'backordered');
  const ofSku = waiting.filter(({ lineId }) =>
    order.lines.some((line) => line.lineId === lineId && line.sku === arrival.sku),
  );
  if (ofSku.length === 0 || arrival.units <= 0) return unchanged(order);
  return opened(order, order.shipComplete ? waiting : upTo(arrival.units, ofSku), at);
};
