import type { OrderToSource } from '../decision-inputs.ts';
import { DEFAULT_STRATEGY } from './default-strategy.ts';
import type { AppliesTo, Strategy } from './strategy.ts';
import { isOnTrial, type Trial } from './trial.ts';

/** How many things a strategy says about this order, or undefined when one of them is not so. */
const fit = (appliesTo: AppliesTo, request: OrderToSource): number | undefined => {
  const { country, region } = request.shipTo;
  const said: readonly (readonly [readonly string[] | undefined, string | undefined])[] = [
    [appliesTo.orderTypes, request.orderType],
    [appliesTo.channels, request.channel],
    [appliesTo.countries, country],
    [appliesTo.regions, country === undefined || region === undefined ? undefined : `${country}-${region}`],
    // An order that says nothing of its priority is a normal one.
    [appliesTo.priorities, request.priority ?? 'normal'],
    [appliesTo.customerTiers, request.customerTier],
  ];
  let score = 0;
  for (const [wanted, actual] of said) {
    if (wanted === undefined) continue;
    if (actual === undefined || !wanted.includes(actual)) return undefined;
    score += 1;
  }
  return score;
};

/** A strategy with the version on trial beside it, if there is one. */
export type StrategyInForce = {
  readonly strategy: Strategy;
  readonly trial?: { readonly terms: Trial; readonly strategy: Strategy } | undefined;
};

/** The version that decides the order: of strategies in force, the one that says most about it, or its trial. */
export const chooseVersion = (inForce: readonly StrategyInForce[], request: OrderToSource): Strategy => {
  const chosen = chooseStrategy(
    inForce.map(({ strategy }) => strategy),
    request,
  );
  const trial = inForce.find(({ strategy }) => strategy === chosen)?.trial;
  return trial !== undefined && isOnTrial(chosen.strategyId, trial.terms, request.orderId)
    ? trial.strategy
    : chosen;
};

/** The strategy that says most about an order; of equals the first by id. Without any, the default. */
export const chooseStrategy = (active: readonly Strategy[], request: OrderToSource): Strategy => {
  let best: { readonly strategy: Strategy; readonly score: number } | undefined;
  const byId = [...active].sort((one, other) => (one.strategyId < other.strategyId ? -1 : 1));
  for (const strategy of byId) {
    const score = fit(strategy.appliesTo, request);
    if (score !== undefined && (best === undefined || score > best.score)) best = { strategy, score };
  }
  return best?.strategy ?? DEFAULT_STRATEGY;
};
