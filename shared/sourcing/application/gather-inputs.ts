import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import { rulesOf } from '../domain/strategy/stages.ts';
import { capacityDayOf } from '../domain/capacity/load.ts';
import { isLimited } from '../domain/capacity/limits.ts';
import type { DecisionInputs, OfferedNode, OrderToSource } from '../domain/decision-inputs.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import { DEFAULT_TARIFF } from '../domain/tariff.ts';
import { offeredNodeAt } from './offered-node.ts';
import type { OwnBasket, SourcingView } from './ports.ts';
import { dayKey } from './recent-loads.ts';

/** What limited nodes that could ship have taken on today. Most networks limit none: then nothing is read. */
const withLoads = async (
  { loads }: Pick<SourcingView, 'loads'>,
  nodes: readonly OfferedNode[],
  holding: ReadonlySet<string>,
  strategy: Strategy,
  at: Instant,
): Promise<readonly OfferedNode[]> => {
  const rules = rulesOf(strategy);
  const days = nodes
    .filter((node) => holding.has(node.nodeId) && isLimited(node, rules))
    .map((node) => ({ nodeId: node.nodeId, day: capacityDayOf(node, at) }));
  if (days.length === 0) return nodes;
  const taken = await loads(days);
  const dayOf = new Map<string, string>(days.map((day) => [day.nodeId, dayKey(day)]));
  return nodes.map((node) => {
    const day = dayOf.get(node.nodeId);
    if (day === undefined) return node;
    const { orders = 0, lines = 0, units = 0 } = taken.get(day) ?? {};
    return { ...node, ordersToday: orders, linesToday: lines, unitsToday: units };
  });
};

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
    { draft, own }: { readonly draft?: Strategy | undefined; readonly own?: OwnBasket | undefined } = {},
  ): Promise<DecisionInputs> => {
    const skus = [...new Set(request.lines.map((line) => line.sku))];
    const { view } = deps;
    const [offers, facts, prices, strategy] = await Promise.all([
      view.stockOnOffer(skus, own),
      view.factsOf(skus),
      view.pricesOf(skus),
      draft ?? view.strategyFor(request),
    ]);
    const weeklyDemand = keepsWeeks(strategy) ? await view.weeklyDemandOf(skus) : [];
    const holding = new Set<string>(offers.map(({ nodeId }) => nodeId));
    const known = await view.nodes([...holding]);
    const at = deps.now();
    const wanted = new Set<string>(skus);
    const nodes = known.map((node) => offeredNodeAt(node, at, wanted));
    return {
      at,
      request,
      nodes: await withLoads(view, nodes, holding, strategy, at),
      offers: offers.filter(({ available }) => available > 0),
      items: Object.fromEntries(skus.map((sku) => [sku, facts.get(sku) ?? { grams: 0 }])),
      tariff: DEFAULT_TARIFF,
      strategy,
      ...(prices.length === 0 ? {} : { prices }),
      ...(weeklyDemand.length === 0 ? {} : { weeklyDemand }),
    };
  };
