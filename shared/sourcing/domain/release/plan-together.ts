import { costOfPlans } from '../check-plans.ts';
import { decideOrder } from '../decide-order.ts';
import type { DecisionInputs } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import type { OrderPlan } from '../instance.ts';
import { solveInstance } from '../solve-instance.ts';
import { jointInstanceOf, missingUnitCost } from './joint-instance.ts';
import { Taken, type TakenUnits } from './taken.ts';

/** One order with all that lies where it may ship from, as if it were alone. Whose turn it is comes first. */
export type OrderToRelease = { readonly id: string; readonly inputs: DecisionInputs };
export type OrderReleased = OrderToRelease & { readonly decision: Decision };

/** Where the random numbers come from and how much is tried: the same terms and orders give the same plans. */
export type ReleaseTerms = { readonly releaseId: string; readonly seed: number; readonly work: number };

export type JointPlan = {
  readonly orders: readonly OrderReleased[];
  /** What was made least, over all orders: money, preferences, worth of the stock, and units that are missing. */
  readonly cost: number;
  /** The same when each order in turn takes what is best for it. */
  readonly oneByOneCost: number;
  readonly chosen: 'together' | 'oneByOne';
};

const takenBy = ({ inputs, decision }: OrderReleased): readonly TakenUnits[] => {
  const skuOf = new Map(inputs.request.lines.map(({ lineId, sku }) => [lineId, sku]));
  return decision.parcels.flatMap(({ node, lines }) =>
    lines.map(({ line, quantity }) => ({ nodeId: node, sku: skuOf.get(line) ?? line, units: quantity })),
  );
};

const sharesIn = (plan: OrderPlan | undefined, { inputs }: OrderToRelease): readonly TakenUnits[] => {
  const skuOf = new Map(inputs.request.lines.map(({ lineId, sku }) => [lineId, sku]));
  return (plan?.shipments ?? []).flatMap(({ node, lines }) =>
    lines.map(({ line, quantity }) => ({ nodeId: node, sku: skuOf.get(line) ?? line, units: quantity })),
  );
};

const missingIn = ({ unfilled }: Decision): number =>
  unfilled.reduce((sum, { quantity }) => sum + quantity, 0);

const worthOf = ({ inputs, decision }: OrderReleased): number =>
  decision.weighed + missingIn(decision) * missingUnitCost(inputs);

const costOf = (orders: readonly OrderReleased[]): number =>
  orders.reduce((sum, order) => sum + worthOf(order), 0);

/** Decides one order on what all others leave to it. */
const decideOn = (
  order: OrderToRelease,
  others: Taken,
  orders: number,
  terms: ReleaseTerms,
): OrderReleased => {
  const taken = others.among(order.inputs);
  const inputs = { ...others.from(order.inputs), release: { ...terms, orders, taken } };
  return { id: order.id, inputs, decision: decideOrder(inputs) };
};

const oneByOne = (orders: readonly OrderToRelease[], terms: ReleaseTerms): readonly OrderReleased[] => {
  const taken = new Taken();
  return orders.map((order) => {
    const released = decideOn(order, taken, orders.length, terms);
    taken.add(takenBy(released));
    return released;
  });
};

/** Decides each order on its share and on what nobody has; those that lack units get a second turn at the end. */
const onShares = (
  orders: readonly OrderToRelease[],
  shares: readonly (readonly TakenUnits[])[],
  terms: ReleaseTerms,
): readonly OrderReleased[] => {
  const taken = new Taken();
  for (const share of shares) taken.add(share);
  const released = orders.map((order, index) => {
    taken.remove(shares[index] ?? []);
    const decided = decideOn(order, taken, orders.length, terms);
    taken.add(takenBy(decided));
    return decided;
  });
  return released.map((first, index) => {
    const order = orders[index];
    if (order === undefined || missingIn(first.decision) === 0) return first;
    taken.remove(takenBy(first));
    const second = decideOn(order, taken, orders.length, terms);
    const better = worthOf(second) < worthOf(first) ? second : first;
    taken.add(takenBy(better));
    return better;
  });
};

const planOf = ({ id, decision }: OrderReleased): OrderPlan => ({
  order: id,
  shipments: decision.parcels.map(({ node, lines }) => ({ node, lines })),
  unfilled: decision.unfilled,
});

/**
 * Plans orders that share stock and days together: one by one first, then by ruin and recreate from there, each order at
 * last decided by its own rules on its share. Never dearer than one by one: the cheaper of both is the answer.
 */
export const planTogether = (orders: readonly OrderToRelease[], terms: ReleaseTerms): JointPlan => {
  const alone = oneByOne(orders, terms);
  const oneByOneCost = costOf(alone);
  const instance = jointInstanceOf(orders);
  const plans = alone.map(planOf);
  const { plans: together } = solveInstance(instance, {
    seed: terms.seed,
    work: terms.work,
    // A rule that gave way for an order may have taken it beyond what the instance allows.
    ...(costOfPlans(instance, plans).ok ? { plans } : {}),
  });
  const byOrder = new Map(together.map((plan) => [plan.order, plan]));
  const joint = onShares(
    orders,
    orders.map((order) => sharesIn(byOrder.get(order.id), order)),
    terms,
  );
  const cost = costOf(joint);
  return cost < oneByOneCost
    ? { orders: joint, cost, oneByOneCost, chosen: 'together' }
    : { orders: alone, cost: oneByOneCost, oneByOneCost, chosen: 'oneByOne' };
};
