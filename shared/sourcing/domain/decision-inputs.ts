import type { Instant } from '../../kernel/instant.ts';
import type { Destination, Position } from './geography.ts';
import type { CalendarNow } from './ship-day.ts';
import type { Strategy } from './strategy/strategy.ts';
import type { Tariff } from './tariff.ts';

/**
 * Everything that a decision is made from, as plain JSON: the same inputs give the same decision, bit for bit, on any
 * machine. The strategy is part of it, not only its number, so that a record can be read without the table.
 */
export type DecisionInputs = {
  readonly at: Instant;
  readonly request: OrderToSource;
  readonly nodes: readonly OfferedNode[];
  readonly offers: readonly StockOnOffer[];
  readonly items: Readonly<Record<string, ItemFacts>>;
  readonly tariff: Tariff;
  readonly strategy: Strategy;
  /** Worth of a unit to later orders, by node and SKU; absent: 0. */
  readonly prices?: readonly StockPriceRow[] | undefined;
  /** Set when the order was planned together with others: what these take is off the offers and in the days of nodes. */
  readonly release?: InRelease | undefined;
  /** Looked up for strategies that keep weeks of supply; a node and product that is not here needs nothing. */
  readonly weeklyDemand?: readonly WeeklyDemand[] | undefined;
};

/** The release that an order was planned in, and what of the stock it looked at went to the others in it. */
export type InRelease = {
  readonly releaseId: string;
  readonly seed: number;
  readonly work: number;
  readonly orders: number;
  readonly taken: readonly { readonly nodeId: string; readonly sku: string; readonly units: number }[];
};

export type OrderToSource = {
  readonly orderId?: string | undefined;
  /** Which routing of the order this is, from 1. */
  readonly revision: number;
  readonly orderType: string;
  readonly channel?: string | undefined;
  readonly customerTier?: string | undefined;
  readonly priority?: string | undefined;
  /** By when the customer was promised to have it. */
  readonly deliverBy?: Instant | undefined;
  readonly shipComplete: boolean;
  /** Other units of the order have shipped or are going to: these are a part of it by themselves. */
  readonly isRemainder?: boolean | undefined;
  readonly lines: readonly LineToSource[];
  readonly shipTo: Destination;
  /** Nodes that have rejected this order or come up short on it. */
  readonly excludedNodes: readonly string[];
  readonly pickupNode?: string | undefined;
  readonly preferredNode?: string | undefined;
};

export type LineToSource = {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Lines of the same group ship from one node, in whole. */
  readonly keepTogether?: string | undefined;
  /** A component of a kit: kits ship whole, `perKit` units of this line in each. */
  readonly kit?: { readonly kitId: string; readonly perKit: number } | undefined;
};

/** A node as sourcing knows it. Costs in minor units; lower `priority` is preferred. */
export type OfferedNode = {
  readonly nodeId: string;
  readonly type: string;
  readonly status: 'active' | 'snoozed';
  readonly snoozedUntil?: Instant | undefined;
  /** Products of this order that it does not ship for a while. */
  readonly productSnoozes?: readonly { readonly sku: string; readonly until: Instant }[] | undefined;
  /** Absent: what its type usually can. */
  readonly capabilities?: readonly string[] | undefined;
  /** Absent: it ships every day at any time. */
  readonly calendar?: CalendarNow | undefined;
  readonly priority: number;
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly position?: Position | undefined;
  readonly costs: { readonly perShipment: number; readonly perUnit: number };
  readonly ordersPerDay?: number | undefined;
  readonly linesPerDay?: number | undefined;
  readonly unitsPerDay?: number | undefined;
  /** What it has taken on today, in its own time zone; told only of nodes that are limited. */
  readonly ordersToday?: number | undefined;
  readonly linesToday?: number | undefined;
  readonly unitsToday?: number | undefined;
  /** When it rejected orders, of late. */
  readonly rejectedAt?: readonly Instant[] | undefined;
};

/** `ringFenced` of the available units are for orders whose strategy opens the ring-fence. Safety stock is not available. */
export type StockOnOffer = {
  readonly sku: string;
  readonly nodeId: string;
  readonly available: number;
  readonly ringFenced?: number | undefined;
};
/** What a node is expected to need of a product in a week. */
export type WeeklyDemand = { readonly sku: string; readonly nodeId: string; readonly units: number };
export type ItemFacts = {
  readonly grams: number;
  readonly value?: number | undefined;
  /** Capabilities that a node needs to ship it. */
  readonly requires?: readonly string[] | undefined;
};
export type StockPriceRow = { readonly node: string; readonly sku: string; readonly price: number };
