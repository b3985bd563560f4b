import type { DecisionInputs, LineToSource } from '../decision-inputs.ts';
import type { LotLimits } from '../lots/lot-problem.ts';
import type { Rule } from './strategy.ts';

/** What binds the order as a whole. */
export type OrderLimits = {
  readonly maxShipments: number | null;
  readonly shipComplete: boolean;
  /** Undefined for an order without kits, groups and such limits, which is most of them. */
  readonly lots: LotLimits | undefined;
  /** The rules that said so. */
  readonly bound: readonly string[];
};

const valueOf = ({ request, items }: DecisionInputs): number =>
  request.lines.reduce((sum, { sku, quantity }) => sum + quantity * (items[sku]?.value ?? 0), 0);

/** Without a rule they hold; a soft rule that has given way is in the strategy, but not in force. */
const holds = (type: 'keepTogether' | 'wholeKits', rules: readonly Rule[], all: readonly Rule[]): boolean =>
  all.every((rule) => rule.type !== type || rules.includes(rule));

const isOfType = <Type extends Rule['type']>(
  rule: Rule,
  type: Type,
): rule is Extract<Rule, { readonly type: Type }> => rule.type === type;

/** The strictest limit that rules of this type set. */
const limitOf = <Type extends Rule['type']>(
  rules: readonly Rule[],
  type: Type,
  pick: (rule: Extract<Rule, { readonly type: Type }>) => number,
  strictest: (...limits: number[]) => number,
): number | undefined => {
  const limits = rules.flatMap((rule) => (isOfType(rule, type) ? [pick(rule)] : []));
  return limits.length === 0 ? undefined : strictest(...limits);
};
const tieOf = ({ keepTogether, kit }: LineToSource, groups: boolean, kits: boolean) => ({
  ...(groups && keepTogether !== undefined ? { group: keepTogether } : {}),
  ...(kits && kit !== undefined ? { kit } : {}),
});

const lotLimitsOf = (inputs: DecisionInputs, rules: readonly Rule[]): LotLimits | undefined => {
  const { request, strategy, items } = inputs;
  const groups = holds('keepTogether', rules, strategy.rules);
  const kits = holds('wholeKits', rules, strategy.rules);
  const ties = request.lines.map((line) => tieOf(line, groups, kits));
  const isTied = ties.some(({ group, kit }) => group !== undefined || kit !== undefined);
  const nodesPerLine = limitOf(rules, 'maxNodesPerLine', (rule) => rule.most, Math.min);
  const partAbove = limitOf(rules, 'partAbove', (rule) => rule.value, Math.max) ?? 0;
  const remainderAbove = limitOf(rules, 'remainderAbove', (rule) => rule.value, Math.max) ?? 0;
  if (!isTied && nodesPerLine === undefined && partAbove === 0 && remainderAbove === 0) return undefined;
  return {
    ties,
    nodesPerLine: nodesPerLine ?? null,
    wholeProducts: rules.some(({ type }) => type === 'wholeProducts'),
    partAbove,
    isRemainder: request.isRemainder ?? false,
    remainderAbove,
    values: new Map(request.lines.map(({ sku }) => [sku, items[sku]?.value ?? 0])),
  };
};

const BINDING: ReadonlySet<Rule['type']> = new Set([
  'maxShipments',
  'shipComplete',
  'maxNodesPerLine',
  'partAbove',
  'remainderAbove',
]);

/** `rules`: those in force, without the relaxed ones. */
export const orderLimitsOf = (inputs: DecisionInputs, rules: readonly Rule[]): OrderLimits => {
  const isBound = (rule: Rule): boolean =>
    BINDING.has(rule.type) || (rule.type === 'splitAbove' && valueOf(inputs) < rule.value);
  const bound = rules.filter(isBound);
  const parcels = bound.flatMap((rule) =>
    rule.type === 'maxShipments' ? [rule.most] : rule.type === 'splitAbove' ? [1] : [],
  );
  return {
    maxShipments: parcels.length === 0 ? null : Math.min(...parcels),
    shipComplete:
      inputs.request.shipComplete ||
      inputs.strategy.onPartial === 'hold' ||
      rules.some(({ type }) => type === 'shipComplete'),
    lots: lotLimitsOf(inputs, rules),
    bound: bound.map(({ id }) => id),
  };
};
