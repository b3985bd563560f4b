import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DecisionInputs, OrderToSource } from '../domain/decision-inputs.ts';
import { rulesOf } from '../domain/strategy/stages.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import { DEFAULT_TARIFF } from '../domain/tariff.ts';
import { offeredNodeAt } from './offered-node.ts';
import type { SourcingView } from './ports.ts';

const keepsWeeks = (strategy: Strategy): boolean =>
  rulesOf(strategy).some(({ type }) => type === 'weeksOfSupply');

/**
 * Reads, at once, all that a decision on this order needs; nodes without stock too, so that they can be asked about.
 * `draft` decides instead of the strategy in force.
 */
export const makeGatherInputs =
  (deps: { readonly view: SourcingView; readonly now: () => Instant }) =>
  async (
    request: Omit<OrderToSource, 'lines'> & Pick<SourcingRequest, 'lines'>,
    draft?: Strategy,
  ): Promise<DecisionInputs> => {
    const skus = [...new Set(request.lines.map((line) => line.sku))];
    const { view } = deps;
    const [offers, facts, prices, strategy] = await Promise.all([
      view.stockOnOffer(skus),
      view.factsOf(skus),
      view.pricesOf(skus),
      draft ?? view.strategyFor(request),
    ]);
    const weeklyDemand = keepsWeeks(strategy) ? await view.weeklyDemandOf(skus) : [];
    const nodes = await view.nodes(offers.map(({ nodeId }) => nodeId));
    const at = deps.now();
    const wanted = new Set<string>(skus);
    return {
      at,
      request,
      nodes: nodes.map((node) => offeredNodeAt(node, at, wanted)),
      offers: offers.filter(({ available }) => available > 0),
      items: Object.fromEntries(skus.map((sku) => [sku, facts.get(sku) ?? { grams: 0 }])),
      tariff: DEFAULT_TARIFF,
      strategy,
      ...(prices.length === 0 ? {} : { prices }),
      ...(weeklyDemand.length === 0 ? {} : { weeklyDemand }),
    };
  };
