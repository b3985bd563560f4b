import { instantOf, type Instant } from '../../kernel/instant.ts';
import type { Movement } from './ledger-entry.ts';

/** A movement and when it was booked. */
export type BookedMovement = Pick<Movement, 'onHandDelta' | 'asOf'> & { readonly at: Instant };

/**
 * How far a node's moment and our booking of the same event may lie apart: a parcel leaves, and we book it some minutes
 * later, or the node takes it off its own books some minutes after it has told us.
 */
export const LATENCY_MS = 5 * 60_000;

/** From when on a cell's movements matter to what is told as of `asOf`. */
export const horizonOf = (asOf: Instant): Instant => instantOf(Date.parse(asOf) - LATENCY_MS);

export type Reconciliation = {
  /** What we think was on hand at that moment. */
  readonly expected: number;
  /** What on hand must change by. 0 while latency may explain the difference. */
  readonly difference: number;
  /** There is a difference, and movements booked around that moment explain it: left to the next snapshot. */
  readonly isSettling: boolean;
};

/** Sums beyond this many are not looked at one by one: then whatever lies between the extremes may be explained. */
const MOST_SUMS = 4_096;

/** Whether some of the `effects`, and not the others, add up to exactly `difference`. */
const isSumOfSome = (effects: readonly number[], difference: number): boolean => {
  let sums = new Set([0]);
  for (const effect of effects) {
    sums = new Set([...sums, ...[...sums].map((sum) => sum + effect)]);
    if (sums.size > MOST_SUMS) {
      const least = effects.reduce((sum, one) => sum + Math.min(0, one), 0);
      const most = effects.reduce((sum, one) => sum + Math.max(0, one), 0);
      return difference >= least && difference <= most;
    }
  }
  return sums.has(difference);
};

/**
 * Compares an absolute figure with the ledger as it was at that moment: on hand now, less what has moved since. A
 * movement belongs to the moment that the node named (`asOf`) or else to its booking. Bookings without a moment of
 * their own within five minutes of the figure may be in it or not: a difference that is exactly the sum of some of them
 * is taken for latency, not for an error, and nothing is corrected. Shipments that we have not booked yet are not
 * guessed at: units that a node no longer has are taken off at once, since that can only offer too little, and the next
 * snapshot gives them back if the shipment is booked meanwhile.
 */
export const reconcile = (
  onHandNow: number,
  movements: readonly BookedMovement[],
  told: { readonly onHand: number; readonly asOf: Instant },
): Reconciliation => {
  const toldMs = Date.parse(told.asOf);
  const momentOf = ({ asOf, at }: BookedMovement): number => Date.parse(asOf ?? at);
  const since = movements.filter((movement) => momentOf(movement) > toldMs);
  const expected = onHandNow - since.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0);
  const difference = told.onHand - expected;
  if (difference === 0) return { expected, difference, isSettling: false };
  const effects = movements
    .filter(({ asOf, onHandDelta }) => asOf === undefined && onHandDelta !== 0)
    .filter((movement) => Math.abs(momentOf(movement) - toldMs) <= LATENCY_MS)
    .map((movement) => (momentOf(movement) > toldMs ? movement.onHandDelta : -movement.onHandDelta));
  const isSettling = isSumOfSome(effects, difference);
  // What has left since may be more than the node says it had: on hand never sinks below none.
  const correction = isSettling ? 0 : Math.max(difference, -onHandNow);
  return { expected, difference: correction, isSettling };
};
