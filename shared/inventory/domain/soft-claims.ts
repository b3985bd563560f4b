import type { Instant } from '../../kernel/instant.ts';
import { instantOf } from '../../kernel/instant.ts';
import type { Position, SoftUnits } from './position.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** Claims of more than an hour end on a quarter: a position has one counter for each end, and is to stay small. */
const COARSE_MINUTES = 15;

/**
 * When a soft claim of that many minutes ends: rounded up to a whole minute, or to a quarter of an hour, so that many
 * baskets share one counter.
 */
export const expiryAfter = (at: Instant, minutes: number): Instant => {
  const grain = MINUTE_MS * (minutes <= HOUR_MINUTES ? 1 : COARSE_MINUTES);
  return instantOf(Math.ceil((Date.parse(at) + minutes * MINUTE_MS) / grain) * grain);
};

/** From its very instant on an expired claim does not count. */
export const hasExpired = (until: Instant, at: Instant): boolean => until <= at;

export const unitsOf = (soft: readonly SoftUnits[]): number =>
  soft.reduce((sum, { units }) => sum + units, 0);

/** The soft claims of a position that count no longer. */
export const expiredIn = ({ soft = [] }: Pick<Position, 'soft'>, at: Instant): readonly SoftUnits[] =>
  soft.filter(({ until }) => hasExpired(until, at));

/** Units of what is reserved that count no longer at that moment. */
export const expiredUnitsOf = (position: Pick<Position, 'soft'>, at: Instant): number =>
  unitsOf(expiredIn(position, at));

/** Units that baskets hold. */
export const softUnitsOf = ({ soft = [] }: Pick<Position, 'soft'>): number => unitsOf(soft);

/** The position as it counts at that moment: what has expired is not reserved, whether or not it was taken off. */
export const asOf = <Known extends Position>(position: Known, at: Instant): Known => {
  const expired = expiredIn(position, at);
  if (expired.length === 0) return position;
  return {
    ...position,
    reserved: position.reserved - expiredUnitsOf(position, at),
    soft: (position.soft ?? []).filter((units) => !expired.includes(units)),
  };
};
