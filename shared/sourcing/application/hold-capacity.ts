import type { SourcingPlan } from '../../contracts/sourcing/tasks.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import {
  closeClaim,
  confirmHold,
  emptyClaim,
  endHold,
  giveBack,
  holdFor,
  type CapacityClaim,
  type ClaimChange,
} from '../domain/capacity/capacity-claim.ts';
import type { PlannedLoad } from '../domain/capacity/planned-load.ts';
import type { CapacityStore, StoredClaim } from './ports.ts';

/** `held`: go on with this plan, which an earlier run may have made. `full`: a node's day has no room for it any more. */
export type HoldOutcome =
  { readonly outcome: 'held'; readonly plan: SourcingPlan } | { readonly outcome: 'full' };

type Deps = { readonly capacity: CapacityStore };

/** One claim is changed by one order's routing and its nodes: nobody is overtaken this often. */
const ATTEMPTS = 10;

const changeClaim = async (
  { capacity }: Deps,
  known: StoredClaim,
  decide: (claim: CapacityClaim) => ClaimChange | undefined,
  plan?: SourcingPlan,
): Promise<{ readonly outcome: 'saved' | 'unchanged' | 'full'; readonly stored: StoredClaim }> => {
  const { reservationId } = known.claim;
  let stored = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const change = decide(stored.claim);
    if (change === undefined) return { outcome: 'unchanged', stored };
    const next = { claim: change.after, plan: plan ?? stored.plan };
    const saved = await capacity.save(next, change.counts);
    if (saved !== 'overtaken') return { outcome: saved, stored: next };
    stored = (await capacity.find(reservationId)) ?? { claim: emptyClaim(reservationId) };
  }
  throw new BrokenInvariant(`the claim on capacity of ${reservationId} changes without end`);
};

/**
 * Holds the capacity that a plan needs, all of it or none, under the reservation that the plan is made for. Asked again
 * for the same plan or an earlier one it answers with the plan that holds; a later `attempt` takes its place.
 */
export const makeHoldCapacity =
  (deps: Deps) =>
  async (
    reservationId: string,
    attempt: number,
    plan: SourcingPlan,
    loads: readonly PlannedLoad[],
  ): Promise<HoldOutcome> => {
    // Nearly always there is no claim yet: it is read only when the first write says so.
    const { outcome, stored } = await changeClaim(
      deps,
      { claim: emptyClaim(reservationId) },
      (claim) => holdFor(claim, attempt, loads),
      plan,
    );
    return outcome === 'full' ? { outcome } : { outcome: 'held', plan: stored.plan ?? plan };
  };

/** Told of a reservation that holds nothing, or has ended, these do nothing; told twice, they do it once. */
export const makeSettleCapacity = (deps: Deps) => {
  const settle = async (
    reservationId: string,
    decide: (claim: CapacityClaim) => ClaimChange | undefined,
  ): Promise<void> => {
    const stored = await deps.capacity.find(reservationId);
    await changeClaim(deps, stored ?? { claim: emptyClaim(reservationId) }, decide);
  };
  return {
    /** A plan was lost before it was reserved. */
    giveBack: (reservationId: string) => settle(reservationId, giveBack),
    confirm: (reservationId: string, nodeId: string) =>
      settle(reservationId, (claim) => confirmHold(claim, nodeId)),
    end: (reservationId: string, nodeId: string) => settle(reservationId, (claim) => endHold(claim, nodeId)),
    /** The routing came to nothing: whoever is still on his way with it holds nothing. */
    close: (reservationId: string) => settle(reservationId, closeClaim),
  };
};
