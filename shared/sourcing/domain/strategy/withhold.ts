import type { Instant } from '../../../kernel/instant.ts';
import { capabilitiesOf, isSnoozedAt } from '../../../network/index.ts';
import type { DecisionInputs, OfferedNode } from '../decision-inputs.ts';
import type { Rule } from './strategy.ts';

/** Why a node does not ship a product, whatever the strategy says. */
export type Withheld =
  | { readonly why: 'lacks'; readonly capability: string; readonly sku?: string | undefined }
  | { readonly why: 'productSnoozed'; readonly sku: string; readonly until: Instant };

const canDo = (node: OfferedNode, capability: string): boolean => capabilitiesOf(node).includes(capability);

/** How the units leave the node: collected by the customer where the order says so, else as a parcel. */
const methodFrom = (node: OfferedNode, { request }: DecisionInputs): string => {
  const collected =
    request.pickupNode === undefined ? request.orderType === 'pickup' : request.pickupNode === node.nodeId;
  return collected ? 'pickup' : 'ship';
};

const requiredBy = ({ items }: DecisionInputs, sku: string): readonly string[] =>
  (Object.hasOwn(items, sku) ? items[sku]?.requires : undefined) ?? [];

export const isAwake = (node: OfferedNode, { at }: DecisionInputs): boolean => !isSnoozedAt(node, at);

type CapabilityRule = Extract<Rule, { readonly type: 'capability' }>;

const speaksOf = (rule: CapabilityRule, capability: string): boolean =>
  rule.capabilities?.includes(capability) ?? true;

/** What of that which shipping `sku` takes the node cannot do; the rule's words only, where it names any. */
export const lackedUnder = (
  rule: CapabilityRule,
  node: OfferedNode,
  sku: string,
  inputs: DecisionInputs,
): boolean =>
  [methodFrom(node, inputs), ...requiredBy(inputs, sku)].some(
    (capability) => speaksOf(rule, capability) && !canDo(node, capability),
  );

/**
 * What the node does not ship of these products: capabilities that are not there bind unless a rule of the strategy
 * speaks of them (it may be soft), and products that the node has snoozed.
 */
export const withheldAt = (
  node: OfferedNode,
  skus: readonly string[],
  inputs: DecisionInputs,
): readonly Withheld[] => {
  const ruled = inputs.strategy.rules.filter((rule) => rule.type === 'capability');
  const lacks = (capability: string): boolean =>
    !canDo(node, capability) && !ruled.some((rule) => speaksOf(rule, capability));
  const method = methodFrom(node, inputs);
  if (lacks(method)) return [{ why: 'lacks', capability: method }];
  return skus.flatMap((sku): readonly Withheld[] => {
    const snooze = node.productSnoozes?.find(
      (entry) => entry.sku === sku && Date.parse(entry.until) > Date.parse(inputs.at),
    );
    return [
      ...(snooze === undefined ? [] : [{ why: 'productSnoozed' as const, sku, until: snooze.until }]),
      ...requiredBy(inputs, sku)
        .filter(lacks)
        .map((capability) => ({ why: 'lacks' as const, capability, sku })),
    ];
  });
};
