import type { Instant } from '../../kernel/instant.ts';
import type { DriftScore } from './told.ts';

const HALF_LIFE_MS = 14 * 24 * 3600 * 1000;

/** Below so many units a deviation is measured against this: one mug of two missing is no alarm. */
const SMALLEST_BASE = 10;

/** A cell whose score reaches this is frozen and counted: three of ten missing at once, or a tenth three times running. */
export const DRIFT_LIMIT = 0.3;

const decayed = ({ score, at }: DriftScore, now: Instant): number =>
  score * 2 ** (-Math.max(0, Date.parse(now) - Date.parse(at)) / HALF_LIFE_MS);

/** How far a snapshot was off, as a share of the larger figure: 0 to 1. */
const deviation = (expected: number, found: number): number =>
  Math.min(1, Math.abs(found - expected) / Math.max(expected, found, SMALLEST_BASE));

/**
 * The exponentially weighted sum of a cell's deviations, each halved every 14 days:
 * `s(t) = s(t0) * 2^(-(t - t0) / 14 d) + |found - expected| / max(expected, found, 10)`.
 * Weighted by age rather than by number of observations, so that a snapshot that finds all well needs no write.
 * Geometric weights after S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1
 * (1959); by age after G. Cormode et al., "Forward decay", ICDE 2009.
 */
export const scoreDrift = (
  before: DriftScore | undefined,
  { expected, found }: { readonly expected: number; readonly found: number },
  now: Instant,
): DriftScore => ({
  score: (before === undefined ? 0 : decayed(before, now)) + deviation(expected, found),
  at: now,
});

/** How much of what a node holds was off in its snapshots, newer ones counting more: units off / units told of. */
export type NodeDrift = { readonly unitsOff: number; readonly unitsSeen: number; readonly at: Instant };

/** Both sums halve every 14 days, as a cell's score does. */
export const addToNodeDrift = (
  before: NodeDrift | undefined,
  { off, seen }: { readonly off: number; readonly seen: number },
  now: Instant,
): NodeDrift => {
  const kept = (sum: number): number =>
    before === undefined ? 0 : decayed({ score: sum, at: before.at }, now);
  return {
    unitsOff: kept(before?.unitsOff ?? 0) + off,
    unitsSeen: kept(before?.unitsSeen ?? 0) + seen,
    at: now,
  };
};

/** The node's score, from 0 (its figures and ours agree) upwards. */
export const nodeScore = ({ unitsOff, unitsSeen }: NodeDrift): number => unitsOff / Math.max(1, unitsSeen);
