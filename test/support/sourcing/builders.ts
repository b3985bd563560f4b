import {
  DEFAULT_STRATEGY,
  DEFAULT_TARIFF,
  type DecisionInputs,
  type ItemFacts,
  type OfferedNode,
  type OrderToSource,
  type Rule,
  type Strategy,
} from '../../../shared/sourcing/index.ts';

export const BOSTON = { latitude: 42.36, longitude: -71.06 };
export const CHICAGO = { latitude: 41.88, longitude: -87.63 };
export const SEATTLE = { latitude: 47.61, longitude: -122.33 };

export const aNode = (nodeId: string, over: Partial<OfferedNode> = {}): OfferedNode => ({
  nodeId,
  type: 'warehouse',
  status: 'active',
  priority: 100,
  costs: { perShipment: 100, perUnit: 50 },
  ...over,
});

export const aStrategy = (rules: readonly Rule[], over: Partial<Strategy> = {}): Strategy => ({
  ...DEFAULT_STRATEGY,
  strategyId: 'tested',
  version: 1,
  rules,
  ...over,
});

/** BOS is near, CHI further, SEA far: an order for Massachusetts, a mug of one kilogram, worth 10.00 each. */
export const someInputs = (
  over: {
    readonly stock?: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly nodes?: readonly OfferedNode[];
    readonly request?: Partial<OrderToSource>;
    readonly strategy?: Strategy;
    readonly ringFenced?: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly weeklyDemand?: DecisionInputs['weeklyDemand'];
    readonly prices?: DecisionInputs['prices'];
    readonly items?: Readonly<Record<string, Partial<ItemFacts>>>;
  } = {},
): DecisionInputs => {
  const { stock = { BOS: { MUG: 5 }, CHI: { MUG: 5 }, SEA: { MUG: 5 } } } = over;
  const request: OrderToSource = {
    revision: 1,
    orderType: 'consumer',
    shipComplete: false,
    lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }],
    shipTo: { country: 'US', region: 'MA' },
    excludedNodes: [],
    ...over.request,
  };
  return {
    at: '2026-11-23T09:30:00.000Z',
    request,
    nodes: over.nodes ?? [
      aNode('BOS', { position: BOSTON, country: 'US', region: 'MA' }),
      aNode('CHI', { position: CHICAGO, country: 'US', region: 'IL' }),
      aNode('SEA', { position: SEATTLE, country: 'US', region: 'WA' }),
    ],
    offers: Object.entries(stock).flatMap(([nodeId, skus]) =>
      Object.entries(skus).map(([sku, available]) => {
        const ringFenced = over.ringFenced?.[nodeId]?.[sku];
        return { sku, nodeId, available, ...(ringFenced === undefined ? {} : { ringFenced }) };
      }),
    ),
    items: Object.fromEntries(
      request.lines.map(({ sku }) => [sku, { grams: 1_000, value: 1_000, ...over.items?.[sku] }]),
    ),
    tariff: DEFAULT_TARIFF,
    strategy: over.strategy ?? DEFAULT_STRATEGY,
    ...(over.prices === undefined ? {} : { prices: over.prices }),
    ...(over.weeklyDemand === undefined ? {} : { weeklyDemand: over.weeklyDemand }),
  };
};
