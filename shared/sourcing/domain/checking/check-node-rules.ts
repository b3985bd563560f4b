import { unreachable } from '../../../kernel/result.ts';
import type { OfferedNode } from '../decision-inputs.ts';
import type { Rule } from '../strategy/strategy.ts';
import { daysOf } from './days.ts';
import { holdsOf, type DecisionFault, type KnownParcel, type KnownPlan } from './known-plan.ts';

type Restriction = Extract<Rule, { readonly strength: unknown }>;

const usualCapabilities = ({ type, capabilities }: OfferedNode): readonly string[] =>
  capabilities ?? ['ship', ...(type === 'store' ? ['pickup'] : [])];

/** What shipping this parcel takes and its node cannot do, of what the words are about. */
const lacks = (
  { node, units }: KnownParcel,
  { inputs: { request, items } }: KnownPlan,
  isMeant: (capability: string) => boolean,
): boolean => {
  const isCollected =
    request.pickupNode === undefined ? request.orderType === 'pickup' : request.pickupNode === node.nodeId;
  const needed = [
    isCollected ? 'pickup' : 'ship',
    ...[...units.keys()].flatMap((sku) => items[sku]?.requires ?? []),
  ];
  return needed.some((word) => isMeant(word) && !usualCapabilities(node).includes(word));
};

/** Whether the node's day still has room for the parcel: one order, its products and its units. */
const fitsTheDay = (
  rule: Extract<Restriction, { readonly type: 'capacity' }>,
  { node, units }: KnownParcel,
): boolean => {
  const asked = [
    [rule.ordersPerDay ?? node.ordersPerDay, node.ordersToday, 1],
    [rule.linesPerDay ?? node.linesPerDay, node.linesToday, units.size],
    [
      rule.unitsPerDay ?? node.unitsPerDay,
      node.unitsToday,
      [...units.values()].reduce((sum, n) => sum + n, 0),
    ],
  ] as const;
  return asked.every(([most, taken, more]) => most === undefined || (taken ?? 0) + more <= most);
};

/** Whether a rule on nodes lets this parcel go. Rules on the order, and on stock, are looked at elsewhere. */
const allows = (rule: Restriction, parcel: KnownParcel, plan: KnownPlan): boolean => {
  const { inputs } = plan;
  const { request } = inputs;
  const { node, units } = parcel;
  switch (rule.type) {
    case 'only':
    case 'except': {
      const skus = [...units.keys()].filter((sku) => rule.skus?.includes(sku) ?? true);
      if (skus.length === 0) return true;
      return rule.type === 'only'
        ? holdsOf(rule.where, parcel, inputs, 'lenient')
        : !holdsOf(rule.where, parcel, inputs);
    }
    case 'capacity':
      return fitsTheDay(rule, parcel);
    case 'coolDown': {
      const from = Date.parse(inputs.at) - rule.minutes * 60_000;
      return (node.rejectedAt ?? []).filter((at) => Date.parse(at) > from).length < rule.rejections;
    }
    case 'attempts':
      return request.revision <= rule.most;
    case 'rejectLimit':
      return request.excludedNodes.length < rule.most;
    case 'pickup':
      return (request.pickupNode ?? node.nodeId) === node.nodeId;
    case 'preferredNode':
      return (request.preferredNode ?? node.nodeId) === node.nodeId;
    case 'capability':
      return !lacks(parcel, plan, (word) => rule.capabilities?.includes(word) ?? true);
    case 'shipsWithin':
      return daysOf(parcel, inputs).untilItLeaves <= rule.days;
    case 'transitWithin':
      return daysOf(parcel, inputs).onTheRoad <= rule.days;
    case 'onTime':
      return daysOf(parcel, inputs).late <= 0;
    case 'maxShipments':
    case 'maxNodesPerLine':
    case 'wholeProducts':
    case 'shipComplete':
    case 'splitAbove':
    case 'partAbove':
    case 'remainderAbove':
    case 'keepTogether':
    case 'wholeKits':
    case 'openRingFence':
    case 'weeksOfSupply':
    case 'keepBack':
      return true;
    default:
      return unreachable(rule);
  }
};

/** What stands against a node whatever the rules say. */
const stateFaults = (parcel: KnownParcel, plan: KnownPlan): readonly string[] => {
  const { inputs, rules, relaxed } = plan;
  const { node, units } = parcel;
  const now = Date.parse(inputs.at);
  const isAsleep =
    node.snoozedUntil === undefined ? node.status === 'snoozed' : Date.parse(node.snoozedUntil) > now;
  const asleep = (node.productSnoozes ?? []).filter(({ until }) => Date.parse(until) > now);
  const isRuled = (word: string): boolean =>
    [...rules, ...relaxed].some(
      (rule) => rule.type === 'capability' && (rule.capabilities?.includes(word) ?? true),
    );
  return [
    ...(isAsleep ? ['it is snoozed'] : []),
    ...(inputs.request.excludedNodes.includes(node.nodeId) ? ['it rejected the order'] : []),
    ...asleep.filter(({ sku }) => units.has(sku)).map(({ sku }) => `it has snoozed ${sku}`),
    ...(lacks(parcel, plan, (word) => !isRuled(word)) ? ['it cannot do what that takes'] : []),
  ];
};

/** Every parcel comes from a node that may send it. */
export const checkNodeRules = (plan: KnownPlan): readonly DecisionFault[] =>
  plan.parcels.flatMap((parcel) => [
    ...stateFaults(parcel, plan).map((problem) => ({ broken: parcel.node.nodeId, problem })),
    ...plan.rules
      .filter((rule): rule is Restriction => 'strength' in rule)
      .filter((rule) => !allows(rule, parcel, plan))
      .map((rule) => ({ broken: rule.id, problem: `${parcel.node.nodeId} ships` })),
  ]);
