import type { SampledOrder } from '../outlook/sampled-order.ts';
import type { Guard, GuardMetric } from './trial.ts';

/** How the orders of one side fared: how many, the mean of the metric, and the standard error of that mean. */
export type Side = { readonly orders: number; readonly mean: number; readonly standardError: number };

export type Standing = {
  readonly metric: GuardMetric;
  readonly inForce: Side;
  readonly onTrial: Side;
  /** `tooFew`: not enough orders yet on one side. `worse`: beyond the guard, and not by chance. */
  readonly verdict: 'tooFew' | 'fine' | 'worse';
};

const METRICS: Readonly<Record<GuardMetric, (outcome: SampledOrder['outcome']) => number>> = {
  costPerOrder: ({ money }) => money,
  parcelsPerOrder: ({ parcels }) => parcels,
  unfilledShare: ({ unfilled, units }) => (units === 0 ? 0 : unfilled / units),
};

/** One-sided 97.5 per cent: looked at again and again, a fine version is withdrawn now and then; a bad one never stays. */
const CERTAIN = 1.96;

const sideOf = (values: readonly number[]): Side => {
  const orders = values.length;
  if (orders === 0) return { orders, mean: 0, standardError: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / orders;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, orders - 1);
  return { orders, mean, standardError: Math.sqrt(variance / orders) };
};

/**
 * Compares what the version on trial made of its orders with what the one in force made of the others in the same
 * time. Orders are dealt out by chance, so the means are comparable; worse means that the difference of the means, less
 * 1.96 of its standard errors (Welch), is above nothing, and the difference itself above what the guard allows.
 */
export const judgeTrial = (
  guard: Guard,
  inForce: readonly SampledOrder[],
  onTrial: readonly SampledOrder[],
): Standing => {
  const valueOf = METRICS[guard.metric];
  const [known, tried] = [inForce, onTrial].map((orders) =>
    sideOf(orders.map(({ outcome }) => valueOf(outcome))),
  );
  const sides = { metric: guard.metric, inForce: known ?? sideOf([]), onTrial: tried ?? sideOf([]) };
  if (Math.min(sides.inForce.orders, sides.onTrial.orders) < guard.orders)
    return { ...sides, verdict: 'tooFew' };
  const rise = sides.onTrial.mean - sides.inForce.mean;
  const error = Math.hypot(sides.onTrial.standardError, sides.inForce.standardError);
  const isWorse = rise > guard.worseBy * sides.inForce.mean && rise > CERTAIN * error;
  return { ...sides, verdict: isWorse ? 'worse' : 'fine' };
};
