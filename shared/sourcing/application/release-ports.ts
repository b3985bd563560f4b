import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PlannedLoad } from '../domain/capacity/planned-load.ts';

/** An order that waits to be planned together with others, or that has been. */
export type WaitingOrder = {
  readonly request: SourcingRequest;
  readonly strategyId: string;
  readonly since: Instant;
  /** Grows by 1 with every stored change, from 1. */
  readonly version: number;
};

/** What a release has made of an order: its plan, and the capacity that is to be held for it. */
export type ReleasedPlan = {
  readonly releaseId: string;
  readonly plan: SourcingPlan;
  readonly loads: readonly PlannedLoad[];
};

export type ReleaseQueue = {
  readonly find: (
    reservationId: string,
  ) => Promise<(WaitingOrder & { readonly released?: ReleasedPlan | undefined }) | undefined>;
  /** Lets the order wait, in place of the version before; does nothing when somebody else has stored that version. */
  readonly add: (order: WaitingOrder) => Promise<void>;
  /** Who waits, by priority and then by age, at most `limit`; who came an instant ago may be missing. */
  readonly list: (strategyId: string, limit: number) => Promise<readonly WaitingOrder[]>;
  /** Takes the order out of the queue with its plan, and tells of it, once; false when it does not wait any more. */
  readonly release: (order: WaitingOrder, released: ReleasedPlan, at: Instant) => Promise<boolean>;
  /** Nobody waits under this reservation any more. */
  readonly remove: (reservationId: string) => Promise<void>;
};

/** One release of the orders that waited for it. Costs in minor units, as weighed. */
export type Release = {
  readonly releaseId: string;
  readonly strategyId: string;
  readonly startedAt: Instant;
  /** Whoever runs it has until then; afterwards another may take it over. */
  readonly until: Instant;
  readonly status: 'running' | 'done';
  readonly seed: number;
  readonly work: number;
  /** Planned together; of these, those that go on with their plan, and those that go on waiting. */
  readonly orders: number;
  readonly released: number;
  readonly kept: number;
  /** Waited too, and were too many for one release. */
  readonly carried: number;
  readonly cost: number;
  readonly oneByOneCost: number;
  readonly chosen: 'together' | 'oneByOne';
};

export type ReleaseBook = {
  /** False when somebody runs it, or has run it. */
  readonly open: (release: Release) => Promise<boolean>;
  readonly close: (release: Release) => Promise<void>;
  readonly find: (releaseId: string) => Promise<Release | undefined>;
  /** Newest first, at most `limit`. */
  readonly list: (strategyId: string, limit: number) => Promise<readonly Release[]>;
};
