import type { Instant } from '../../../kernel/instant.ts';
import type { DecisionRecord } from '../decision-record.ts';
import type { Destination } from '../geography.ts';

/**
 * An order as it was first decided, kept for what is to be learnt from it: what is ordered together and where to, and
 * how the strategy that decided it fared. It names a place to the degree, and nobody.
 */
export type SampledOrder = {
  readonly orderId: string;
  readonly at: Instant;
  readonly strategy: { readonly strategyId: string; readonly version: number };
  readonly shipTo: Destination;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** What the decision came to; money in minor units. */
  readonly outcome: {
    readonly money: number;
    readonly parcels: number;
    readonly units: number;
    readonly unfilled: number;
  };
};

const toTheDegree = ({ country, region, latitude, longitude }: Destination): Destination => ({
  ...(country === undefined ? {} : { country }),
  ...(region === undefined ? {} : { region }),
  ...(latitude === undefined || longitude === undefined
    ? {}
    : { latitude: Math.round(latitude), longitude: Math.round(longitude) }),
});

const unitsOf = (entries: readonly { readonly quantity: number }[]): number =>
  entries.reduce((sum, { quantity }) => sum + quantity, 0);

/** The sample that a decision leaves; none when it is not the first on its order, which would count it twice. */
export const sampleOf = ({ orderId, at, inputs, decision }: DecisionRecord): SampledOrder | undefined => {
  const { request, strategy } = inputs;
  if (request.revision !== 1) return undefined;
  return {
    orderId,
    at,
    strategy: { strategyId: strategy.strategyId, version: strategy.version },
    shipTo: toTheDegree(request.shipTo),
    lines: request.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    outcome: {
      money: decision.cost.money,
      parcels: decision.parcels.length,
      units: unitsOf(request.lines),
      unfilled: unitsOf(decision.unfilled),
    },
  };
};
