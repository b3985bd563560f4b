import type { SourcingPlan } from '../../contracts/sourcing/tasks.ts';
import type { BasketReservationId, OrderId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type {
  ItemFacts,
  OrderToSource,
  StockOnOffer,
  StockPriceRow,
  WeeklyDemand,
} from '../domain/decision-inputs.ts';
import type { CapacityClaim, CountChange } from '../domain/capacity/capacity-claim.ts';
import type { Load } from '../domain/capacity/load.ts';
import type { DecisionRecord } from '../domain/decision-record.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import type { StrategyInForce } from '../domain/strategy/choose-strategy.ts';
import type { StrategyHead } from '../domain/strategy/strategy-head.ts';
import type { KnownNode } from './offered-node.ts';

export type OwnBasket = { readonly basketId: BasketReservationId; readonly orderId: OrderId };

/** The world as sourcing sees it. Each may be a moment old: the reservation checks what counts. */
export type SourcingView = {
  /** What these nodes have taken on, by `dayKey`. */
  readonly loads: (days: readonly NodeDay[]) => Promise<ReadonlyMap<string, Load>>;
  /** All nodes, snoozed ones too; `holding` are known to exist, so a memory without them is too old. */
  readonly nodes: (holding: readonly string[]) => Promise<readonly KnownNode[]>;
  /** With what the order's own basket holds, if it was one. */
  readonly stockOnOffer: (skus: readonly Sku[], own?: OwnBasket) => Promise<readonly StockOnOffer[]>;
  readonly factsOf: (skus: readonly Sku[]) => Promise<ReadonlyMap<string, ItemFacts>>;
  /** What a unit of these is worth to orders to come, where that is known and more than nothing. */
  readonly pricesOf: (skus: readonly string[]) => Promise<readonly StockPriceRow[]>;
  /** What nodes are expected to need of these themselves; asked for strategies that keep weeks of supply. */
  readonly weeklyDemandOf: (skus: readonly string[]) => Promise<readonly WeeklyDemand[]>;
  readonly strategyFor: (request: OrderToSource) => Promise<Strategy>;
};

/** Expected demand by product and node, as it was last said. */
export type DemandRates = {
  readonly save: (rates: readonly WeeklyDemand[], at: Instant) => Promise<void>;
  readonly listOfSku: (sku: string) => Promise<readonly WeeklyDemand[]>;
};

export type NodeDay = { readonly nodeId: string; readonly day: string };
/** A claim with the plan that it was made for; a claim that was closed before it held anything has none. */
export type StoredClaim = { readonly claim: CapacityClaim; readonly plan?: SourcingPlan | undefined };

export type CapacityStore = {
  readonly find: (reservationId: string) => Promise<StoredClaim | undefined>;
  /**
   * Stores the claim's next version together with what it does to the counts, or nothing: `overtaken` when somebody
   * else has stored that version, `full` when a count would exceed its limits.
   */
  readonly save: (
    next: StoredClaim,
    counts: readonly CountChange[],
  ) => Promise<'saved' | 'overtaken' | 'full'>;
  /** By `dayKey`; a day on which nothing was taken is absent. Perhaps as it was an instant ago. */
  readonly loads: (days: readonly NodeDay[]) => Promise<ReadonlyMap<string, Load>>;
};

export type DecisionLog = { readonly keep: (decision: DecisionRecord) => Promise<void> };

export type DecisionQueries = {
  readonly find: (decisionId: string) => Promise<DecisionRecord | undefined>;
  /** Oldest first. */
  readonly listOfOrder: (orderId: string) => Promise<readonly DecisionRecord[]>;
};

/** SHA-256 of the text, lower-case hexadecimal. */
export type Hash = (text: string) => string;

export type StrategyStore = {
  readonly listHeads: () => Promise<readonly StrategyHead[]>;
  readonly findHead: (strategyId: string) => Promise<StrategyHead | undefined>;
  readonly findVersion: (strategyId: string, version: number) => Promise<Strategy | undefined>;
  readonly listInForce: () => Promise<readonly StrategyInForce[]>;
  /** Writes the head, and a new version with it, if nobody wrote in between; says whether it did. */
  readonly save: (head: StrategyHead, strategy?: Strategy) => Promise<boolean>;
};
