import type { StockOnOffer } from '../decision-inputs.ts';
import type { NodeMatch, Rule } from './strategy.ts';

type Opening = Extract<Rule, { readonly type: 'openRingFence' }>;

/** The rules by which ring-fences are open now: a soft one opens them by giving way. `inForce`: without the relaxed. */
export const openingsOf = (all: readonly Rule[], inForce: readonly Rule[]): readonly Opening[] =>
  all.filter(
    (rule): rule is Opening =>
      rule.type === 'openRingFence' && (rule.strength === 'hard' || !inForce.includes(rule)),
  );

/** Units of an offer that are kept from this order. */
export const fencedOf = (
  { sku, ringFenced = 0 }: StockOnOffer,
  openings: readonly Opening[],
  matches: (where: NodeMatch) => boolean,
): number =>
  openings.some(({ skus, where }) => (skus?.includes(sku) ?? true) && matches(where)) ? 0 : ringFenced;
