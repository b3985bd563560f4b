/**
 * A strategy: how one kind of order is sourced, as data. A stored version never changes; a change is a new version.
 * Rules restrict (which nodes, which stock, how many parcels) or price (what the optimiser weighs); the optimiser
 * decides within them. Amounts in minor units of the network's currency.
 */
export type Strategy = {
  readonly strategyId: string;
  readonly version: number;
  readonly name: string;
  readonly appliesTo: AppliesTo;
  /** Named sets of nodes, for rules: a region of shops, the nodes with a cold room. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly Rule[];
  /** The soft rules by id, in the order in which they give way. */
  readonly relax: readonly string[];
  readonly onPartial: PartialAction;
  readonly onNone: NoneAction;
  /** What is backordered is cancelled when so many days have passed without stock; absent: it waits. */
  readonly cancelAfterDays?: number | undefined;
  /**
   * Orders wait and are planned together, once in so many minutes: `all` of them, or those that an action `queue` has
   * set aside. Absent: those that are set aside, once an hour.
   */
  readonly release?: { readonly windowMinutes: number; readonly orders: 'all' | 'setAside' } | undefined;
  /** Tried in this order before the strategy itself, each with rules of its own besides the strategy's. */
  readonly stages?: readonly Stage[] | undefined;
};

/** No unit can ship: wait for stock, wait for the next batch release, or for a person. */
export type NoneAction = 'backorder' | 'queue' | 'exception';

/**
 * Some units can ship: `ship` them and backorder the rest, or ship nothing and do with the whole order as `onNone` says
 * (`hold`) or as is said here.
 */
export type PartialAction = 'ship' | 'hold' | NoneAction;

/**
 * A stage: stricter rules that are tried first, and what becomes of an order that they fill in part or not at all.
 * `next` hands the whole order on to the stage after it, at the end to the strategy itself.
 */
export type Stage = {
  readonly id: string;
  readonly rules: readonly Rule[];
  /** Which soft rules, its own or the strategy's, give way within this stage, in this order. */
  readonly relax: readonly string[];
  readonly onPartial: PartialAction | 'next';
  readonly onNone: NoneAction | 'next';
  readonly cancelAfterDays?: number | undefined;
};

/** Which orders a strategy is for; an absent field says nothing. The strategy that says most about an order gets it. */
export type AppliesTo = {
  readonly orderTypes?: readonly string[] | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly countries?: readonly string[] | undefined;
  /** `US-CA`: country and region. */
  readonly regions?: readonly string[] | undefined;
  readonly priorities?: readonly string[] | undefined;
  readonly customerTiers?: readonly string[] | undefined;
};

/** A node matches when every field given holds; within a field any value does. */
export type NodeMatch = {
  readonly nodes?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  /** Where the node is: `US` or `US-CA`. */
  readonly areas?: readonly string[] | undefined;
  readonly withinMiles?: number | undefined;
  /** In the country or the region that the order goes to. */
  readonly sameArea?: 'country' | 'region' | undefined;
  readonly priorityAtMost?: number | undefined;
};

type Strength = 'hard' | 'soft';

/** Each `only` has its twin `except`. With `skus`, a filter speaks of these products alone (cold, hazardous, snoozed). */
export type NodeFilter = {
  readonly type: 'only' | 'except';
  readonly where: NodeMatch;
  readonly skus?: readonly string[] | undefined;
};

export type Restriction =
  | NodeFilter
  /** A node takes on no more orders, products and units a day than this, or than its own limits where this is silent. */
  | {
      readonly type: 'capacity';
      readonly ordersPerDay?: number | undefined;
      readonly linesPerDay?: number | undefined;
      readonly unitsPerDay?: number | undefined;
    }
  /** A node that rejected `rejections` orders within `minutes` is left alone until that has passed. */
  | { readonly type: 'coolDown'; readonly rejections: number; readonly minutes: number }
  /** An order is routed at most `most` times. */
  | { readonly type: 'attempts'; readonly most: number }
  /** An order that names its node is served by it alone: where the customer collects, or what the customer prefers. */
  | { readonly type: 'pickup' }
  /**
   * A node does what shipping a product takes (`ship` or `pickup`, and what the item requires). This binds without any
   * rule; one that is soft lets these capabilities, or all, give way.
   */
  | { readonly type: 'capability'; readonly capabilities?: readonly string[] | undefined }
  /** A parcel leaves within so many days by the node's calendar and cut-off: 0 is today. */
  | { readonly type: 'shipsWithin'; readonly days: number }
  /** A parcel is on the road for so many days at most. */
  | { readonly type: 'transitWithin'; readonly days: number }
  /** A parcel arrives by the day that the order was promised for. */
  | { readonly type: 'onTime' }
  | { readonly type: 'preferredNode' }
  | { readonly type: 'maxShipments'; readonly most: number }
  /** The units of one line come from this many nodes at most. */
  | { readonly type: 'maxNodesPerLine'; readonly most: number }
  /** The units of one product come from one node, and with them those of each line. */
  | { readonly type: 'wholeProducts' }
  | { readonly type: 'shipComplete' }
  /** An order worth less than this is not split. */
  | { readonly type: 'splitAbove'; readonly value: number }
  /** Of an order that does not ship whole in one parcel, no parcel is worth less than this; nor is one that follows. */
  | { readonly type: 'partAbove'; readonly value: number }
  /** What is left unfilled of an order that ships in part is worth this at least. */
  | { readonly type: 'remainderAbove'; readonly value: number }
  /** Groups and kits bind without a rule; soft, the rule says when they give way. */
  | { readonly type: 'keepTogether' }
  | { readonly type: 'wholeKits' }
  /** An order that so many nodes have turned down is offered to no other. */
  | { readonly type: 'rejectLimit'; readonly most: number }
  /** Lets orders have ring-fenced stock of matching nodes: from the start, or, soft, once its turn to give way comes. */
  | {
      readonly type: 'openRingFence';
      readonly where: NodeMatch;
      readonly skus?: readonly string[] | undefined;
    }
  /** Stock for this many weeks of what a matching node is expected to need; where that is not known, none is kept. */
  | {
      readonly type: 'weeksOfSupply';
      readonly weeks: number;
      readonly where: NodeMatch;
      readonly skus?: readonly string[] | undefined;
    }
  /** Stock that this kind of order may not touch, of each SKU at each matching node: `units`, then `percent` of the rest. */
  | {
      readonly type: 'keepBack';
      readonly units?: number | undefined;
      readonly percent?: number | undefined;
      readonly where: NodeMatch;
      readonly skus?: readonly string[] | undefined;
    };

/** What the optimiser weighs besides money; never forbids. */
export type Preference =
  /** A node costs this much more a shipment for each step of its priority: large makes tiers, small breaks ties. */
  | { readonly type: 'preferPriority'; readonly costPerStep: number }
  | { readonly type: 'avoid'; readonly where: NodeMatch; readonly cost: number }
  /** Each parcel costs this much more. */
  | { readonly type: 'splitCost'; readonly cost: number }
  /** Each day that a parcel waits at its node costs this much. */
  | { readonly type: 'waitCost'; readonly costPerDay: number }
  /** Each day that a parcel comes too late costs this much. Told apart from the other preferences. */
  | { readonly type: 'latenessCost'; readonly costPerDay: number }
  /** The worth of stock to later orders counts this many times; 0 looks at this order alone. Without the rule: once. */
  | { readonly type: 'stockValue'; readonly weight: number }
  /** Distances that differ by less are alike: they count as the next multiple of this. */
  | { readonly type: 'equalDistance'; readonly miles: number };

export type Rule =
  | ({ readonly id: string; readonly strength: Strength } & Restriction)
  | ({ readonly id: string } & Preference);

export const isSoft = (rule: Rule): boolean => 'strength' in rule && rule.strength === 'soft';
