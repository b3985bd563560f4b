import type { Instant } from '../../../kernel/instant.ts';
import { unreachable } from '../../../kernel/result.ts';
import type { DecisionInputs, LineToSource, OfferedNode, StockOnOffer } from '../decision-inputs.ts';
import { milesTo } from '../tariff.ts';
import { roomLeft, type NodeRoom } from './capacity-room.ts';
import { matchesNode } from './match-node.ts';
import { deliveryDaysFrom, promisedDayOf, transitDaysOf, type DeliveryDays } from '../delivery.ts';
import { orderLimitsOf, type OrderLimits } from './order-limits.ts';
import { fencedOf, openingsOf } from './ring-fence.ts';
import type { NodeMatch, Preference, Rule } from './strategy.ts';
import { isAwake, lackedUnder, withheldAt, type Withheld } from './withhold.ts';

export type Reason =
  | { readonly why: 'snoozed'; readonly until?: Instant | undefined }
  | { readonly why: 'rejected' | 'noStock' | 'ringFenced' }
  | Withheld
  | { readonly why: 'rule'; readonly rule: string };

/** A node under the rules: what it may give of each SKU, and every reason why it may not give (more). */
export type JudgedNode = {
  readonly node: OfferedNode;
  readonly miles: number;
  /** Miles that the tariff counts, after equal distances. */
  readonly countedMiles: number;
  readonly free: Readonly<Record<string, number>>;
  /** Units of its products that are there, but ring-fenced against this order. */
  readonly ringFenced: number;
  /** What its day leaves for this order; undefined where nothing of it is limited. */
  readonly room?: NodeRoom | undefined;
  /** Minor units that a shipment from here is weighed heavier by. */
  readonly penalty: number;
  /** Minor units for coming too late; undefined where nothing was promised or it has no price. */
  readonly lateness?: number | undefined;
  /** Undefined where neither the node has a calendar nor the order a promise. */
  readonly delivery?: DeliveryDays | undefined;
  /** Products that it does not ship, whatever the rules say. */
  readonly withheld: readonly Withheld[];
  readonly eliminated: readonly Reason[];
  /** Rules that took some of its products or units, not all. */
  readonly curtailed: readonly string[];
};

export type RuledProblem = OrderLimits & { readonly nodes: readonly JudgedNode[] };

const MINUTE = 60_000;

/** Own fields only: a SKU may be named like a property that every object inherits. */
const heldOf = (free: JudgedNode['free'], sku: string): number =>
  Object.hasOwn(free, sku) ? (free[sku] ?? 0) : 0;

const demandOf = (lines: readonly LineToSource[], sku: string): number =>
  lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);

/** Units that a node keeps for what it is expected to need itself. */
const ownNeed = ({ weeklyDemand = [] }: DecisionInputs, node: OfferedNode, sku: string, weeks: number) =>
  weeklyDemand.reduce(
    (sum, rate) =>
      rate.sku === sku && rate.nodeId === node.nodeId ? sum + Math.ceil(weeks * rate.units) : sum,
    0,
  );

/** Units of `sku` that the node may give once this rule has had its say; 0 takes the product from it. */
const freeAfter = (
  rule: Rule,
  judged: JudgedNode,
  sku: string,
  free: number,
  inputs: DecisionInputs,
): number => {
  const { request, strategy } = inputs;
  const { node, miles } = judged;
  const matches = (where: Parameters<typeof matchesNode>[0]): boolean =>
    matchesNode(where, node, { groups: strategy.groups, request, miles });
  switch (rule.type) {
    case 'only':
      return (rule.skus?.includes(sku) ?? true) && !matches(rule.where) ? 0 : free;
    case 'except':
      return (rule.skus?.includes(sku) ?? true) && matches(rule.where) ? 0 : free;
    case 'keepBack': {
      if (!(rule.skus?.includes(sku) ?? true) || !matches(rule.where)) return free;
      const rest = Math.max(0, free - (rule.units ?? 0));
      return rest - Math.ceil((rest * (rule.percent ?? 0)) / 100);
    }
    case 'coolDown': {
      const since = Date.parse(inputs.at) - rule.minutes * MINUTE;
      const recent = (node.rejectedAt ?? []).filter((at) => Date.parse(at) > since);
      return recent.length >= rule.rejections ? 0 : free;
    }
    case 'weeksOfSupply':
      return (rule.skus?.includes(sku) ?? true) && matches(rule.where)
        ? Math.max(0, free - ownNeed(inputs, node, sku, rule.weeks))
        : free;
    case 'rejectLimit':
      return request.excludedNodes.length >= rule.most ? 0 : free;
    case 'attempts':
      return request.revision > rule.most ? 0 : free;
    case 'pickup':
      return request.pickupNode !== undefined && request.pickupNode !== node.nodeId ? 0 : free;
    case 'preferredNode':
      return request.preferredNode !== undefined && request.preferredNode !== node.nodeId ? 0 : free;
    case 'capability':
      return lackedUnder(rule, node, sku, inputs) ? 0 : free;
    case 'shipsWithin':
      return (judged.delivery?.waitDays ?? 0) > rule.days ? 0 : free;
    case 'transitWithin':
      return transitDaysOf(node, miles, inputs) > rule.days ? 0 : free;
    case 'onTime':
      return (judged.delivery?.daysLate ?? 0) > 0 ? 0 : free;
    case 'wholeProducts':
      return free < demandOf(request.lines, sku) ? 0 : free;
    case 'capacity':
    case 'maxShipments':
    case 'shipComplete':
    case 'splitAbove':
    case 'maxNodesPerLine':
    case 'partAbove':
    case 'remainderAbove':
    case 'keepTogether':
    case 'wholeKits':
    case 'openRingFence':
    case 'preferPriority':
    case 'avoid':
    case 'splitCost':
    case 'equalDistance':
    case 'stockValue':
    case 'waitCost':
    case 'latenessCost':
      return free;
    default:
      return unreachable(rule);
  }
};

const penaltyOf = (rule: Preference, judged: JudgedNode, { strategy, request }: DecisionInputs): number => {
  switch (rule.type) {
    case 'preferPriority':
      return rule.costPerStep * judged.node.priority;
    case 'avoid':
      return matchesNode(rule.where, judged.node, { groups: strategy.groups, request, miles: judged.miles })
        ? rule.cost
        : 0;
    case 'splitCost':
      return rule.cost;
    case 'waitCost':
      return rule.costPerDay * (judged.delivery?.waitDays ?? 0);
    case 'latenessCost':
    case 'equalDistance':
    case 'stockValue':
      return 0;
    default:
      return unreachable(rule);
  }
};

/** What is known of a node before any rule is asked. */
const firstLook = (
  node: OfferedNode,
  inputs: DecisionInputs,
  skus: readonly string[],
  offered: readonly StockOnOffer[],
  openings: ReturnType<typeof openingsOf>,
  promised: number | undefined,
): JudgedNode => {
  const { request, strategy, tariff } = inputs;
  const miles = milesTo(node, request.shipTo, tariff);
  const step = strategy.rules.reduce(
    (widest, rule) => (rule.type === 'equalDistance' ? Math.max(widest, rule.miles) : widest),
    0,
  );
  const rejected: Reason[] = request.excludedNodes.includes(node.nodeId) ? [{ why: 'rejected' }] : [];
  const until = node.snoozedUntil === undefined ? {} : { until: node.snoozedUntil };
  const snoozed: Reason[] = isAwake(node, inputs) ? [] : [{ why: 'snoozed', ...until }];
  const withheld = withheldAt(node, skus, inputs);
  const isWithheld = (sku: string): boolean =>
    withheld.some((entry) => entry.sku === undefined || entry.sku === sku);
  const givesNothing = withheld.length > 0 && skus.every(isWithheld);
  const knowsDays = node.calendar !== undefined || request.deliverBy !== undefined;
  const matches = (where: NodeMatch): boolean =>
    matchesNode(where, node, { groups: strategy.groups, request, miles });
  const open = offered.map((offer) => ({ ...offer, fenced: fencedOf(offer, openings, matches) }));
  const isFenced = open.length > 0 && open.every(({ available, fenced }) => fenced >= available);
  const noStock: Reason[] =
    open.length === 0 ? [{ why: 'noStock' }] : isFenced ? [{ why: 'ringFenced' }] : [];
  return {
    node,
    miles,
    countedMiles: step === 0 ? miles : Math.ceil(miles / step) * step,
    free: Object.fromEntries(
      open.flatMap(({ sku, available, fenced }) =>
        available > fenced && !isWithheld(sku) ? [[sku, available - fenced]] : [],
      ),
    ),
    ringFenced: isFenced ? 0 : open.reduce((sum, { fenced }) => sum + fenced, 0),
    penalty: 0,
    delivery: knowsDays ? deliveryDaysFrom(node, miles, inputs, promised) : undefined,
    withheld: givesNothing ? [] : withheld,
    eliminated: [...snoozed, ...rejected, ...noStock, ...(givesNothing ? withheld : [])],
    curtailed: [],
  };
};

/** Rules that speak of what is there: an empty shelf is nothing to them. */
const NOT_ASKED_OF_NOTHING: ReadonlySet<Rule['type']> = new Set([
  'keepBack',
  'weeksOfSupply',
  'wholeProducts',
]);
const withinCapacity = (
  judged: JudgedNode,
  rule: Extract<Rule, { readonly type: 'capacity' }>,
  lines: readonly LineToSource[],
): JudgedNode => {
  const left = roomLeft(rule, judged, lines);
  if (left === undefined) return judged;
  if (left === 'none')
    return { ...judged, free: {}, eliminated: [...judged.eliminated, { why: 'rule', rule: rule.id }] };
  return {
    ...judged,
    room: left.room,
    curtailed: left.binds ? [...judged.curtailed, rule.id] : judged.curtailed,
  };
};

/** Every rule is asked about the stock as offered as well as about what is left, so that each reason is on record. */
const judge = (
  judged: JudgedNode,
  rule: Rule,
  skus: readonly string[],
  inputs: DecisionInputs,
): JudgedNode => {
  if (rule.type === 'latenessCost')
    return inputs.request.deliverBy === undefined
      ? judged
      : {
          ...judged,
          lateness: (judged.lateness ?? 0) + rule.costPerDay * (judged.delivery?.daysLate ?? 0),
        };
  if (!('strength' in rule)) return { ...judged, penalty: judged.penalty + penaltyOf(rule, judged, inputs) };
  if (rule.type === 'capacity') return withinCapacity(judged, rule, inputs.request.lines);
  // A node without stock is asked as if it had some: what else stands against it is worth knowing.
  const askedOf = (held: number): number => (NOT_ASKED_OF_NOTHING.has(rule.type) ? held : Math.max(1, held));
  const leaves = (sku: string, held: number): number => freeAfter(rule, judged, sku, askedOf(held), inputs);
  // Most rules take nothing from most nodes: that is found out without building anything.
  const takesNothing = skus.every((sku) => {
    const held = heldOf(judged.free, sku);
    return askedOf(held) === 0 || leaves(sku, held) === askedOf(held);
  });
  if (takesNothing) return judged;
  const cells = skus.map((sku) => {
    const held = heldOf(judged.free, sku);
    return { sku, held, isAsked: askedOf(held) > 0, left: leaves(sku, held) };
  });
  const free = Object.fromEntries(
    cells.flatMap(({ sku, held, left }) => (held > 0 && left > 0 ? [[sku, left]] : [])),
  );
  return cells.every(({ isAsked, left }) => !isAsked || left === 0)
    ? { ...judged, free, eliminated: [...judged.eliminated, { why: 'rule', rule: rule.id }] }
    : { ...judged, free, curtailed: [...judged.curtailed, rule.id] };
};

/** Rules that each took a part of what a node has may together have taken all of it. */
const withoutRemains = (judged: JudgedNode): JudgedNode =>
  judged.eliminated.length > 0 || Object.keys(judged.free).length > 0
    ? judged
    : {
        ...judged,
        eliminated: [
          ...judged.withheld,
          ...(judged.ringFenced > 0 ? [{ why: 'ringFenced' as const }] : []),
          ...judged.curtailed.map((rule) => ({ why: 'rule' as const, rule })),
        ],
        ringFenced: 0,
        withheld: [],
        curtailed: [],
      };

/**
 * What the optimiser is left with once these rules have spoken: `rules` are those in force, without the relaxed ones.
 * Rules are asked in their order; each may take nodes, products or units away, and none gives any back.
 */
export const evaluateRules = (inputs: DecisionInputs, rules: readonly Rule[]): RuledProblem => {
  const wanted = new Set(inputs.request.lines.map(({ sku }) => sku));
  const skus = [...wanted];
  const offers = new Map<string, StockOnOffer[]>();
  for (const offer of inputs.offers) {
    if (offer.available <= 0 || !wanted.has(offer.sku)) continue;
    const held = offers.get(offer.nodeId);
    if (held === undefined) offers.set(offer.nodeId, [offer]);
    else held.push(offer);
  }
  const openings = openingsOf(inputs.strategy.rules, rules);
  const promised = promisedDayOf(inputs);
  const nodes = inputs.nodes.map((node) =>
    withoutRemains(
      rules.reduce<JudgedNode>(
        (judged, rule) => judge(judged, rule, skus, inputs),
        firstLook(node, inputs, skus, offers.get(node.nodeId) ?? [], openings, promised),
      ),
    ),
  );
  return { nodes, ...orderLimitsOf(inputs, rules) };
};
