import { priorityRank } from '../../../kernel/order-priority.ts';
import { boundBy } from '../capacity/limits.ts';
import { roomUnder, takenToday } from '../capacity/load.ts';
import { candidateOf, weighedPrices } from '../decide-order.ts';
import type { DecisionInputs } from '../decision-inputs.ts';
import type { SourcingArc, SourcingInstance, SourcingOrder } from '../instance.ts';
import { evaluateRules, type RuledProblem } from '../strategy/evaluate-rules.ts';

/**
 * What a missing unit costs by the order's priority, urgent first, in minor units: dearer than any way of shipping it,
 * and dear enough that scarce units go to whose turn it is. Sums over a thousand orders stay exact to a hundredth.
 */
const MISSING = [8_000_000, 4_000_000, 2_000_000, 1_000_000] as const;

export const missingUnitCost = ({ request }: DecisionInputs): number =>
  MISSING[priorityRank(request.priority)] ?? MISSING[2];

type Order = { readonly id: string; readonly inputs: DecisionInputs };

const arcsOf = (inputs: DecisionInputs, problem: RuledProblem): readonly SourcingArc[] => {
  const { stockPrices: price } = weighedPrices(inputs);
  return problem.nodes.flatMap((judged) => {
    if (judged.eliminated.length > 0) return [];
    const { node, shipmentCost, unitCosts } = candidateOf(judged, inputs);
    return [
      {
        node,
        shipmentCost: Math.max(0, shipmentCost),
        unitCosts: Object.fromEntries(
          Object.entries(unitCosts).map(([sku, cost]) => [sku, cost + (price?.(node, sku) ?? 0)]),
        ),
      },
    ];
  });
};

const orderOf = ({ id, inputs }: Order, problem: RuledProblem): SourcingOrder => ({
  id,
  maxShipments: problem.maxShipments,
  shipComplete: problem.shipComplete,
  lines: inputs.request.lines.map(({ lineId, sku, quantity }) => ({
    id: lineId,
    sku,
    quantity,
    unfilledUnitCost: missingUnitCost(inputs),
  })),
  arcs: arcsOf(inputs, problem),
});

/** The most orders that a node may still ship today, by the capacity rules of all these orders; null: no limit. */
const roomOf = (nodeId: string, orders: readonly Order[]): number | null => {
  const rooms = orders.flatMap(({ inputs }) => {
    const node = inputs.nodes.find((known) => known.nodeId === nodeId);
    return node === undefined
      ? []
      : [roomUnder(boundBy(node, inputs.strategy.rules), takenToday(node)).orders];
  });
  const least = Math.max(0, Math.min(...rooms));
  return Number.isFinite(least) ? least : null;
};

/**
 * The orders of a release as one instance: rules that take nodes or units away, limits on parcels, ship-complete and
 * orders a day are in it. What an instance cannot hold (stages, groups, kits, lines and units a day) is judged when each
 * order is decided on its share.
 */
export const jointInstanceOf = (orders: readonly Order[]): SourcingInstance => {
  const stock = new Map<string, { node: string; sku: string; quantity: number }>();
  const entries = orders.map((order) => {
    const problem = evaluateRules(order.inputs, order.inputs.strategy.rules);
    for (const { node, free, eliminated } of problem.nodes) {
      if (eliminated.length > 0) continue;
      for (const [sku, quantity] of Object.entries(free)) {
        const key = JSON.stringify([node.nodeId, sku]);
        const known = stock.get(key)?.quantity ?? 0;
        stock.set(key, { node: node.nodeId, sku, quantity: Math.max(known, quantity) });
      }
    }
    return orderOf(order, problem);
  });
  const nodes = [...new Set(orders.flatMap(({ inputs }) => inputs.nodes.map(({ nodeId }) => nodeId)))];
  return {
    currency: 'minor',
    nodes: nodes.map((id) => ({ id, maxOrders: roomOf(id, orders) })),
    stock: [...stock.values()],
    orders: entries,
  };
};
