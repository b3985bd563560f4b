import { capabilitiesOf } from '../../network/index.ts';
import type { DecisionInputs, OfferedNode } from './decision-inputs.ts';
import { decideOrder } from './decide-order.ts';
import type { Decision } from './decision-record.ts';
import { daysSoonerFor } from './ship-sooner.ts';
import type { Reason } from './strategy/evaluate-rules.ts';
import { rulesOf } from './strategy/stages.ts';
import type { Rule, Strategy } from './strategy/strategy.ts';

/** What would have to be different. Stock in units to add, cost in whole minor units to take off. */
export type Change =
  | Lift
  | Untie
  | { readonly daysSooner: number }
  | { readonly stock: Readonly<Record<string, number>> }
  | { readonly lessAShipment: number; readonly lessAUnit: number };

type Lift = { readonly lift: Reason };
/** Its lines need not ship together. */
type Untie = { readonly untie: { readonly group: string } | { readonly kit: string } };

export type WhyNot =
  | { readonly answer: 'chosen' | 'unknownNode' }
  /** Each way alone would have chosen the node; smallest first. A way is a set of changes that go together. */
  | { readonly answer: 'ways'; readonly ways: readonly (readonly Change[])[] }
  | { readonly answer: 'noWay' };

/** No parcel is this much cheaper or dearer than another (a hundred thousand in the currency's unit). */
const DEAREST = 10_000_000;

const ships = (inputs: DecisionInputs, node: string): boolean =>
  decideOrder(inputs).parcels.some((parcel) => parcel.node === node);

/** The least whole number in 0..most for which `holds`, which must hold for `most` and from its first holding on. */
const least = (most: number, holds: (value: number) => boolean): number => {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
};

const without = ({ rules, relax }: Pick<Strategy, 'rules' | 'relax'>, ids: readonly string[]) => ({
  rules: rules.filter(({ id }) => !ids.includes(id)),
  relax: relax.filter((id) => !ids.includes(id)),
});

const withoutRules = (inputs: DecisionInputs, rules: readonly string[]): DecisionInputs => {
  const { strategy } = inputs;
  return {
    ...inputs,
    strategy: {
      ...strategy,
      ...without(strategy, rules),
      ...(strategy.stages === undefined
        ? {}
        : { stages: strategy.stages.map((stage) => ({ ...stage, ...without(stage, rules) })) }),
    },
  };
};

const withCapability = (node: OfferedNode, capability: string): OfferedNode => ({
  ...node,
  capabilities: [...capabilitiesOf(node), capability],
});

const lift = (inputs: DecisionInputs, node: string, reason: Reason): DecisionInputs => {
  switch (reason.why) {
    case 'snoozed':
      return {
        ...inputs,
        nodes: inputs.nodes.map((known) =>
          known.nodeId === node ? { ...known, status: 'active', snoozedUntil: undefined } : known,
        ),
      };
    case 'lacks':
      return {
        ...inputs,
        nodes: inputs.nodes.map((known) =>
          known.nodeId === node ? withCapability(known, reason.capability) : known,
        ),
      };
    case 'productSnoozed':
      return {
        ...inputs,
        nodes: inputs.nodes.map((known) =>
          known.nodeId === node
            ? { ...known, productSnoozes: known.productSnoozes?.filter(({ sku }) => sku !== reason.sku) }
            : known,
        ),
      };
    case 'rejected': {
      const excludedNodes = inputs.request.excludedNodes.filter((excluded) => excluded !== node);
      return { ...inputs, request: { ...inputs.request, excludedNodes } };
    }
    case 'rule':
      return withoutRules(inputs, [reason.rule]);
    case 'ringFenced':
      return {
        ...inputs,
        offers: inputs.offers.map((offer) =>
          offer.nodeId === node ? { ...offer, ringFenced: undefined } : offer,
        ),
      };
    case 'noStock':
      return inputs;
  }
};

const untie = (inputs: DecisionInputs, { untie: tie }: Untie): DecisionInputs => {
  const lines = inputs.request.lines.map((line) => {
    if ('group' in tie) return line.keepTogether === tie.group ? { ...line, keepTogether: undefined } : line;
    return line.kit?.kitId === tie.kit ? { ...line, kit: undefined } : line;
  });
  return { ...inputs, request: { ...inputs.request, lines } };
};

const addStock = (
  inputs: DecisionInputs,
  node: string,
  extra: Readonly<Record<string, number>>,
): DecisionInputs => {
  const known = (sku: string) => inputs.offers.find((offer) => offer.nodeId === node && offer.sku === sku);
  return {
    ...inputs,
    offers: [
      ...inputs.offers.filter(({ nodeId, sku }) => nodeId !== node || !Object.hasOwn(extra, sku)),
      ...Object.entries(extra).map(([sku, units]) => ({
        sku,
        nodeId: node,
        available: (known(sku)?.available ?? 0) + units,
        ringFenced: known(sku)?.ringFenced,
      })),
    ],
  };
};

const takeOff = (inputs: DecisionInputs, node: string, shipment: number, unit: number): DecisionInputs => ({
  ...inputs,
  nodes: inputs.nodes.map((known) =>
    known.nodeId === node
      ? {
          ...known,
          costs: {
            // A shipment costs nothing at least, never less.
            perShipment: Math.max(-inputs.tariff.perShipment, known.costs.perShipment - shipment),
            perUnit: known.costs.perUnit - unit,
          },
        }
      : known,
  ),
});

/** What a rule keeps of a product at most, but for a share of it. */
const unitsKeptBy = (rule: Rule, { weeklyDemand = [] }: DecisionInputs): number => {
  if (rule.type === 'keepBack') return rule.units ?? 0;
  if (rule.type !== 'weeksOfSupply') return 0;
  return Math.max(0, ...weeklyDemand.map(({ units }) => Math.ceil(rule.weeks * units)));
};

/** The fewest units more, of one product if that is enough, otherwise of several, none of which could be fewer. */
const stockWay = (inputs: DecisionInputs, node: string): Change | undefined => {
  const demand = new Map<string, number>();
  for (const { sku, quantity } of inputs.request.lines) demand.set(sku, (demand.get(sku) ?? 0) + quantity);
  // What rules keep back has to be there as well before a unit of it can ship.
  const kept = rulesOf(inputs.strategy).reduce((sum, rule) => sum + unitsKeptBy(rule, inputs), 0);
  const holds = (extra: Readonly<Record<string, number>>): boolean =>
    ships(addStock(inputs, node, extra), node);
  const most = (sku: string): number => 100 * ((demand.get(sku) ?? 0) + kept);
  const singles = [...demand.keys()].flatMap((sku) => {
    if (!holds({ [sku]: most(sku) })) return [];
    return [{ sku, units: least(most(sku), (units) => holds({ [sku]: units })) }];
  });
  const [fewest] = singles.sort((one, other) => one.units - other.units);
  if (fewest !== undefined) return { stock: { [fewest.sku]: fewest.units } };
  let extra = Object.fromEntries([...demand.keys()].map((sku) => [sku, most(sku)]));
  if (!holds(extra)) return undefined;
  for (const sku of demand.keys()) {
    extra = { ...extra, [sku]: least(extra[sku] ?? 0, (units) => holds({ ...extra, [sku]: units })) };
  }
  return { stock: Object.fromEntries(Object.entries(extra).filter(([, units]) => units > 0)) };
};

/** The least off a shipment from the node; where a free shipment is not enough, also off each unit. */
const costWay = (inputs: DecisionInputs, node: string): Change | undefined => {
  const shipment = Math.ceil(
    inputs.tariff.perShipment +
      Math.max(0, inputs.nodes.find(({ nodeId }) => nodeId === node)?.costs.perShipment ?? 0),
  );
  if (ships(takeOff(inputs, node, shipment, 0), node)) {
    const off = least(shipment, (minor) => ships(takeOff(inputs, node, minor, 0), node));
    return { lessAShipment: off, lessAUnit: 0 };
  }
  if (!ships(takeOff(inputs, node, shipment, DEAREST), node)) return undefined;
  return {
    lessAShipment: shipment,
    lessAUnit: least(DEAREST, (minor) => ships(takeOff(inputs, node, shipment, minor), node)),
  };
};

const liftOf = (rule: string): Lift => ({ lift: { why: 'rule', rule } });

/** What binds the order as a whole or takes a part of what the node has: rules, products it does not ship, ties; each alone. */
const partialWays = (
  inputs: DecisionInputs,
  node: string,
  { bound, scores, ties = [] }: Decision,
): readonly Change[] => {
  const score = scores.find((known) => known.node === node);
  const fence: readonly Reason[] = score?.ringFenced === undefined ? [] : [{ why: 'ringFenced' }];
  const lifts = [
    ...[...bound, ...(score?.curtailedBy ?? [])].map(liftOf),
    ...[...(score?.withheld ?? []), ...fence].map((reason): Lift => ({ lift: reason })),
  ].filter((change) => ships(lift(inputs, node, change.lift), node));
  const unties = ties
    .map((tie): Untie => ({ untie: 'group' in tie ? { group: tie.group } : { kit: tie.kit } }))
    .filter((change) => ships(untie(inputs, change), node));
  return [...lifts, ...unties];
};

/**
 * The smallest changes, each of which would have made this decision choose `node`: what eliminated it lifted, units
 * missing, or cost taken off. Found by deciding again with the change, so that every answer is one that was tried.
 */
export const whyNot = (inputs: DecisionInputs, node: string): WhyNot => {
  if (!inputs.nodes.some(({ nodeId }) => nodeId === node)) return { answer: 'unknownNode' };
  const decision = decideOrder(inputs);
  if (decision.parcels.some((parcel) => parcel.node === node)) return { answer: 'chosen' };
  const reasons = (decision.eliminated.find((entry) => entry.node === node)?.reasons ?? []).filter(
    ({ why }) => why !== 'noStock',
  );
  const lifts: readonly Change[] = reasons.map((reason) => ({ lift: reason }));
  const lifted = reasons.reduce((changed, reason) => lift(changed, node, reason), inputs);
  const sooner = daysSoonerFor(inputs, node, (changed) => ships(changed, node));
  const alone: readonly (readonly Change[])[] = sooner === undefined ? [] : [[{ daysSooner: sooner }]];
  if (reasons.length > 0 && ships(lifted, node)) return { answer: 'ways', ways: [lifts, ...alone] };
  const more = [
    ...partialWays(lifted, node, decision),
    ...[stockWay(lifted, node), costWay(lifted, node)].flatMap((way) => (way === undefined ? [] : [way])),
  ];
  const ways = [...alone, ...more.map((change) => [...lifts, change])];
  return ways.length === 0 ? { answer: 'noWay' } : { answer: 'ways', ways };
};
