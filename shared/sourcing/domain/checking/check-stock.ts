import type { DecisionFault, KnownParcel, KnownPlan } from './known-plan.ts';
import { holdsOf } from './known-plan.ts';

const speaksOf = (skus: readonly string[] | undefined, sku: string): boolean => skus?.includes(sku) ?? true;

/** What the rules let an order take of a product at a node, of what it was shown. */
const openTo = (parcel: KnownParcel, sku: string, { inputs, rules, relaxed }: KnownPlan): number => {
  const { nodeId } = parcel.node;
  const offer = inputs.offers.findLast((shown) => shown.nodeId === nodeId && shown.sku === sku);
  const isOpened = [...rules, ...relaxed].some(
    (rule) =>
      rule.type === 'openRingFence' &&
      (rule.strength === 'hard' || relaxed.includes(rule)) &&
      speaksOf(rule.skus, sku) &&
      holdsOf(rule.where, parcel, inputs, 'lenient'),
  );
  let open = (offer?.available ?? 0) - (isOpened ? 0 : (offer?.ringFenced ?? 0));
  for (const rule of rules) {
    if (rule.type !== 'keepBack' && rule.type !== 'weeksOfSupply') continue;
    if (!speaksOf(rule.skus, sku) || !holdsOf(rule.where, parcel, inputs)) continue;
    if (rule.type === 'weeksOfSupply')
      for (const need of inputs.weeklyDemand ?? [])
        if (need.sku === sku && need.nodeId === nodeId) open -= Math.ceil(rule.weeks * need.units);
    if (rule.type === 'keepBack') {
      open = Math.max(0, open - (rule.units ?? 0));
      open -= Math.ceil((open * (rule.percent ?? 0)) / 100);
    }
  }
  return Math.max(0, open);
};

/** No node gives more than it was shown to have and may give. */
export const checkStock = (plan: KnownPlan): readonly DecisionFault[] =>
  plan.parcels.flatMap((parcel) =>
    [...parcel.units].flatMap(([sku, units]) => {
      const open = openTo(parcel, sku, plan);
      return units <= open
        ? []
        : [
            {
              broken: 'stock',
              problem: `${parcel.node.nodeId} ships ${units} x ${sku} and may ship ${open}`,
            },
          ];
    }),
  );
