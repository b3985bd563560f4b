import {
  chooseNodes,
  type CandidateNode,
  type OrderPlan,
  type SourcingArc,
  type SourcingInstance,
  type SourcingOrder,
} from '../../../shared/sourcing/index.ts';

/** What other systems do: one order after the other, in the order of arrival, on the stock that is left. */
type Decide = (order: SourcingOrder, candidates: readonly CandidateNode[]) => Omit<OrderPlan, 'order'>;

const inSequence =
  (decide: Decide) =>
  (instance: SourcingInstance): readonly OrderPlan[] => {
    const left = new Map<string, Record<string, number>>(instance.nodes.map((node) => [node.id, {}]));
    for (const row of instance.stock) Object.assign(left.get(row.node) ?? {}, { [row.sku]: row.quantity });
    return instance.orders.map((order) => {
      const skuOf = new Map(order.lines.map((line) => [line.id, line.sku]));
      const plan = decide(
        order,
        order.arcs.map((arc) => ({ ...arc, stock: left.get(arc.node) ?? {} })),
      );
      for (const shipment of plan.shipments) {
        const stock = left.get(shipment.node) ?? {};
        for (const { line, quantity } of shipment.lines) {
          const sku = skuOf.get(line) ?? '';
          stock[sku] = (stock[sku] ?? 0) - quantity;
        }
      }
      return { order: order.id, shipments: plan.shipments, unfilled: plan.unfilled };
    });
  };

/** Each order at its own optimum, blind to the orders after it. */
export const exactOneByOne = inSequence((order, candidates) => chooseNodes({ ...order, candidates }));

/** The nearest node (lowest unit cost stands for distance) gives all it has, then the next nearest. */
export const nearestFirst = inSequence((order, candidates) => {
  const missing = new Map(order.lines.map((line) => [line.id, line.quantity]));
  const reach = (arc: SourcingArc): number =>
    Math.min(...order.lines.map((line) => arc.unitCosts[line.sku] ?? Number.POSITIVE_INFINITY));
  const shipments = [];
  for (const candidate of [...candidates].sort((a, b) => reach(a) - reach(b))) {
    const lines = [];
    for (const line of order.lines) {
      const quantity = Math.min(missing.get(line.id) ?? 0, candidate.stock[line.sku] ?? 0);
      if (quantity === 0 || candidate.unitCosts[line.sku] === undefined) continue;
      missing.set(line.id, (missing.get(line.id) ?? 0) - quantity);
      lines.push({ line: line.id, quantity });
    }
    if (lines.length > 0) shipments.push({ node: candidate.node, lines });
  }
  const unfilled = [...missing]
    .filter(([, quantity]) => quantity > 0)
    .map(([line, quantity]) => ({ line, quantity }));
  return { shipments, unfilled };
});
