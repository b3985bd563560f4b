import type { OfferedNode } from '../decision-inputs.ts';
import type { Rule } from '../strategy/strategy.ts';
import { hasLimits, type DayLimits } from './load.ts';

type CapacityRule = Extract<Rule, { readonly type: 'capacity' }>;

const least = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce<number | undefined>(
    (low, value) => (value === undefined ? low : Math.min(low ?? value, value)),
    undefined,
  );

/** A rule's own number stands in place of the node's. */
export const limitsUnder = (rule: CapacityRule, node: OfferedNode): DayLimits => ({
  ordersPerDay: rule.ordersPerDay ?? node.ordersPerDay,
  linesPerDay: rule.linesPerDay ?? node.linesPerDay,
  unitsPerDay: rule.unitsPerDay ?? node.unitsPerDay,
});

const isCapacity = (rule: Rule): rule is CapacityRule => rule.type === 'capacity';

/** Whether anything that a decision may do at this node counts on its day. */
export const isLimited = (node: OfferedNode, rules: readonly Rule[]): boolean =>
  hasLimits(node) || rules.some((rule) => isCapacity(rule) && hasLimits(limitsUnder(rule, node)));

/** The tightest limits of the capacity rules among these. */
export const boundBy = (node: OfferedNode, rules: readonly Rule[]): DayLimits => {
  const all = rules.filter(isCapacity).map((rule) => limitsUnder(rule, node));
  return {
    ordersPerDay: least(all.map((limits) => limits.ordersPerDay)),
    linesPerDay: least(all.map((limits) => limits.linesPerDay)),
    unitsPerDay: least(all.map((limits) => limits.unitsPerDay)),
  };
};
