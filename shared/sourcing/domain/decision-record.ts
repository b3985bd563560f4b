import type { Instant } from '../../kernel/instant.ts';
import type { DecisionInputs } from './decision-inputs.ts';
import type { PlannedUnits } from './instance.ts';
import type { TiedLines } from './lots/tied-lines.ts';
import type { Delivery } from './delivery.ts';
import type { Reason } from './strategy/evaluate-rules.ts';
import type { Withheld } from './strategy/withhold.ts';

/** What was decided and why. Amounts in minor units, not rounded, so that they can be compared bit for bit. */
export type Decision = {
  readonly outcome: 'complete' | 'partial' | 'nothing';
  /** What becomes of the order: of what does not ship where a part does (`ship`), else of all of it. */
  readonly action: 'ship' | 'backorder' | 'queue' | 'exception';
  /** The stage that decided; absent: the strategy itself. */
  readonly stage?: string | undefined;
  /** Stages that handed the order on. */
  readonly passed?: readonly PassedStage[] | undefined;
  /** Units that could ship, but not without the others. */
  readonly heldBackUnits?: number | undefined;
  /** Days after which what is backordered is cancelled. */
  readonly cancelAfterDays?: number | undefined;
  readonly parcels: readonly PlannedParcel[];
  readonly unfilled: readonly PlannedUnits[];
  readonly cost: DecisionCost;
  /** What the optimiser made least: money, preferences and the worth of the stock taken. */
  readonly weighed: number;
  readonly proven: boolean;
  /** Soft rules that gave way, because more of the order could be filled without them. */
  readonly relaxed: readonly string[];
  /** Rules on the order as a whole that were in force. */
  readonly bound: readonly string[];
  /** Groups and kits that were kept together. */
  readonly ties?: readonly TiedLines[] | undefined;
  readonly eliminated: readonly { readonly node: string; readonly reasons: readonly Reason[] }[];
  readonly scores: readonly Score[];
  readonly alternatives: readonly Alternative[];
};

export type PassedStage = {
  readonly stage: string;
  /** Units that it could have shipped: some for an order in part, 0 for one not at all. */
  readonly couldShipUnits: number;
};

export type PlannedParcel = {
  readonly node: string;
  readonly miles: number;
  readonly lines: readonly PlannedUnits[];
  readonly cost: {
    readonly parcel: number;
    readonly handling: number;
    readonly carriage: number;
    readonly preference: number;
    /** What coming too late costs, where the order has a promise and the strategy a price for it. */
    readonly lateness?: number | undefined;
  };
  readonly delivery?: Delivery | undefined;
};

export type DecisionCost = {
  readonly parcel: number;
  readonly handling: number;
  readonly carriage: number;
  /** Parcel + handling + carriage: what is really paid. */
  readonly money: number;
  readonly preference: number;
  readonly lateness?: number | undefined;
  readonly stockValue: number;
};

/** A node that was in the running. `alone`: the weighed cost of shipping everything from here, null if it cannot. */
export type Score = {
  readonly node: string;
  readonly miles: number;
  readonly alone: number | null;
  readonly curtailedBy: readonly string[];
  /** Products that it does not ship, whatever the rules say. */
  readonly withheld?: readonly Withheld[] | undefined;
  /** Units of the order's products that are there, but ring-fenced. */
  readonly ringFenced?: number | undefined;
};

/** The best that could be done without one of the chosen nodes. */
export type Alternative = {
  readonly without: string;
  readonly nodes: readonly string[];
  readonly weighed: number;
  readonly unfilledUnits: number;
};

/** A decision with everything that it was made from, so that it can be made again and asked why. */
export type DecisionRecord = {
  readonly decisionId: string;
  readonly orderId: string;
  readonly at: Instant;
  /** SHA-256 of the canonical JSON of the inputs, and of the decision; lower-case hexadecimal. */
  readonly inputHash: string;
  readonly decisionHash: string;
  readonly inputs: DecisionInputs;
  readonly decision: Decision;
};
