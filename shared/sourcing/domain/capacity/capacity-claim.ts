import { addLoads, negative, NO_LOAD, type DayLimits, type Load } from './load.ts';
import type { PlannedLoad } from './planned-load.ts';

/**
 * held: the plan has it · confirmed: the node has taken the work · ended: given back, for good. A hold ends once,
 * whatever is told twice, late or in another order.
 */
export type CapacityHold = {
  readonly nodeId: string;
  readonly day: string;
  readonly load: Load;
  readonly status: 'held' | 'confirmed' | 'ended';
};

/** What one reservation holds of the capacity of nodes. */
export type CapacityClaim = {
  readonly reservationId: string;
  /** Grows by 1 with every stored change, from 1. */
  readonly version: number;
  /** Plans that were lost before the one that holds this. */
  readonly attempt: number;
  readonly holds: readonly CapacityHold[];
  /** The routing came to nothing: nothing is ever held under this reservation again. */
  readonly closed: boolean;
};

/** A change of the count of one node's day; `limits` must hold after it. */
export type CountChange = {
  readonly nodeId: string;
  readonly day: string;
  readonly by: Load;
  readonly limits: DayLimits;
};

/** The claim after a decision and what it does to the counts; `undefined`: nothing changes. */
export type ClaimChange = { readonly after: CapacityClaim; readonly counts: readonly CountChange[] };

const isOpen = ({ status }: CapacityHold): boolean => status !== 'ended';
const given = ({ nodeId, day, load }: CapacityHold): CountChange => ({
  nodeId,
  day,
  by: negative(load),
  limits: {},
});

const byNodeAndDay = (changes: readonly CountChange[]): readonly CountChange[] => {
  const gathered = new Map<string, CountChange>();
  for (const change of changes) {
    const key = `${change.nodeId} ${change.day}`;
    const before = gathered.get(key);
    gathered.set(key, {
      ...change,
      by: addLoads(before?.by ?? NO_LOAD, change.by),
      limits: { ...before?.limits, ...change.limits },
    });
  }
  return [...gathered.values()].filter(({ by }) => by.orders !== 0 || by.lines !== 0 || by.units !== 0);
};

const changed = (before: CapacityClaim, over: Partial<CapacityClaim>): CapacityClaim => ({
  ...before,
  ...over,
  version: before.version + 1,
});

/** Under `reservationId` nothing is held yet. */
export const emptyClaim = (reservationId: string): CapacityClaim => ({
  reservationId,
  version: 0,
  attempt: 0,
  holds: [],
  closed: false,
});

/**
 * Holds what this plan asks for, in place of what a lost plan of the same reservation held. Undefined when the claim
 * is closed, or was made for this plan or a later one: then what it holds stands.
 */
export const holdFor = (
  claim: CapacityClaim,
  attempt: number,
  loads: readonly PlannedLoad[],
): ClaimChange | undefined => {
  if (claim.closed || (claim.version > 0 && attempt <= claim.attempt && claim.holds.some(isOpen)))
    return undefined;
  const holds = loads.map(({ nodeId, day, load }): CapacityHold => ({ nodeId, day, load, status: 'held' }));
  return {
    after: changed(claim, { attempt, holds: [...claim.holds.filter((hold) => !isOpen(hold)), ...holds] }),
    counts: byNodeAndDay([
      ...claim.holds.filter(isOpen).map(given),
      ...loads.map(({ nodeId, day, load, limits }) => ({ nodeId, day, by: load, limits })),
    ]),
  };
};

/** The node has taken the work: what it holds is used. */
export const confirmHold = (claim: CapacityClaim, nodeId: string): ClaimChange | undefined => {
  const isMeant = (hold: CapacityHold): boolean => hold.nodeId === nodeId && hold.status === 'held';
  if (!claim.holds.some(isMeant)) return undefined;
  const holds = claim.holds.map((hold) => (isMeant(hold) ? { ...hold, status: 'confirmed' as const } : hold));
  return { after: changed(claim, { holds }), counts: [] };
};

/** The node does not do the work after all (rejected, silent, called off): what is held there is given back, once. */
export const endHold = (claim: CapacityClaim, nodeId: string): ClaimChange | undefined => {
  const isMeant = (hold: CapacityHold): boolean => hold.nodeId === nodeId && isOpen(hold);
  if (!claim.holds.some(isMeant)) return undefined;
  const holds = claim.holds.map((hold) => (isMeant(hold) ? { ...hold, status: 'ended' as const } : hold));
  return { after: changed(claim, { holds }), counts: byNodeAndDay(claim.holds.filter(isMeant).map(given)) };
};

/** The plan was lost before it was reserved: all of it is given back; another plan may hold anew. */
export const giveBack = (claim: CapacityClaim): ClaimChange | undefined => {
  const open = claim.holds.filter(isOpen);
  if (open.length === 0) return undefined;
  return {
    after: changed(claim, { holds: claim.holds.filter((hold) => !isOpen(hold)) }),
    counts: byNodeAndDay(open.map(given)),
  };
};

/** The routing is withdrawn: what it holds is given back, and it never holds again. */
export const closeClaim = (claim: CapacityClaim): ClaimChange | undefined => {
  if (claim.closed) return undefined;
  const open = claim.holds.filter(isOpen);
  const holds = claim.holds.map((hold) => (isOpen(hold) ? { ...hold, status: 'ended' as const } : hold));
  return { after: changed(claim, { holds, closed: true }), counts: byNodeAndDay(open.map(given)) };
};
