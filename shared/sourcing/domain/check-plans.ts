import { ok, type Result } from '../../kernel/result.ts';
import type { OrderPlan, PlannedUnits, SourcingInstance, SourcingOrder } from './instance.ts';
import { fault, type DocumentFault } from './json-reading.ts';

/**
 * Recomputes the cost of plans from the instance alone and refuses any that break it: more units than stock, more
 * orders than a node takes, more shipments than allowed, a line not covered exactly once, an order half shipped
 * that must ship complete. Solvers are judged by this, so it shares no code with them.
 */
export const costOfPlans = (
  instance: SourcingInstance,
  plans: readonly OrderPlan[],
): Result<number, DocumentFault> => {
  if (plans.length !== instance.orders.length) return fault('$.plans', 'must hold one plan for each order');
  const left = new Map(instance.stock.map((row) => [JSON.stringify([row.node, row.sku]), row.quantity]));
  const capacity = new Map(
    instance.nodes.map((node) => [node.id, node.maxOrders ?? Number.POSITIVE_INFINITY]),
  );
  const plansByOrder = new Map(plans.map((plan) => [plan.order, plan]));
  let cost = 0;
  for (const order of instance.orders) {
    const plan = plansByOrder.get(order.id);
    if (plan === undefined) return fault('$.plans', `has no plan for order ${order.id}`);
    const priced = costOfPlan(order, plan, left, capacity);
    if (!priced.ok) return priced;
    cost += priced.value;
  }
  return ok(cost);
};

const costOfPlan = (
  order: SourcingOrder,
  plan: OrderPlan,
  left: Map<string, number>,
  capacity: Map<string, number>,
): Result<number, DocumentFault> => {
  const at = `$.plans[${JSON.stringify(order.id)}]`;
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  const open = new Map(order.lines.map((line) => [line.id, line.quantity]));
  const take = (units: PlannedUnits): boolean => {
    const rest = (open.get(units.line) ?? -1) - units.quantity;
    open.set(units.line, rest);
    return Number.isSafeInteger(units.quantity) && units.quantity > 0 && rest >= 0;
  };
  let cost = 0;
  if (plan.shipments.length > (order.maxShipments ?? Number.POSITIVE_INFINITY)) {
    return fault(`${at}.shipments`, `are ${plan.shipments.length}, more than ${order.maxShipments}`);
  }
  const used = new Set<string>();
  for (const shipment of plan.shipments) {
    const arc = order.arcs.find((candidate) => candidate.node === shipment.node);
    if (arc === undefined || used.has(shipment.node))
      return fault(`${at}.shipments`, `cannot use ${shipment.node}`);
    used.add(shipment.node);
    const orders = (capacity.get(shipment.node) ?? 0) - 1;
    if (orders < 0) return fault(`${at}.shipments`, `are more orders than ${shipment.node} takes`);
    capacity.set(shipment.node, orders);
    cost += arc.shipmentCost;
    for (const units of shipment.lines) {
      const line = lines.get(units.line);
      const unitCost = line === undefined ? undefined : arc.unitCosts[line.sku];
      if (line === undefined || unitCost === undefined || !take(units)) {
        return fault(
          `${at}.shipments`,
          `${shipment.node} cannot ship ${units.quantity} of line ${units.line}`,
        );
      }
      const key = JSON.stringify([shipment.node, line.sku]);
      const rest = (left.get(key) ?? 0) - units.quantity;
      if (rest < 0) return fault(`${at}.shipments`, `${shipment.node} has too little of ${line.sku}`);
      left.set(key, rest);
      cost += units.quantity * unitCost;
    }
  }
  for (const units of plan.unfilled) {
    if (!take(units)) return fault(`${at}.unfilled`, `line ${units.line} is not open for ${units.quantity}`);
    cost += units.quantity * (lines.get(units.line)?.unfilledUnitCost ?? 0);
  }
  const uncovered = [...open].find(([, quantity]) => quantity !== 0);
  if (uncovered !== undefined) return fault(at, `leaves ${uncovered[1]} of line ${uncovered[0]} undecided`);
  if (order.shipComplete && plan.shipments.length > 0 && plan.unfilled.length > 0) {
    return fault(at, 'ships in part an order that must ship complete');
  }
  return ok(cost);
};
