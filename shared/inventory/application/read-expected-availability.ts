import type { Day } from '../../kernel/day.ts';
import { dayOf } from '../../kernel/day.ts';
import type { NodeId, Sku } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { expectedAvailability, type NodeAvailability } from '../domain/supply/expected-availability.ts';
import type { Clock, StockLedger, SupplyOrders } from './ports.ts';

/** Where a node is, as far as it is known. */
export type NodePlace = { readonly country?: string | undefined; readonly region?: string | undefined };

type Sums = { readonly available: number; readonly promisable: number };
export type ExpectedAvailability = Sums & {
  readonly sku: Sku;
  readonly by: Day;
  readonly nodes: readonly (NodeAvailability & NodePlace)[];
  /** Nodes of one country and region together; those whose place nobody has said are a group of their own. */
  readonly regions: readonly (NodePlace & Sums & { readonly nodeIds: readonly NodeId[] })[];
};

const sumsOf = (nodes: readonly NodeAvailability[]): Sums => ({
  available: nodes.reduce((sum, node) => sum + node.available, 0),
  promisable: nodes.reduce((sum, node) => sum + node.promisable, 0),
});

const regionsOf = (nodes: ExpectedAvailability['nodes']): ExpectedAvailability['regions'] => {
  const groups = new Map<string, (NodeAvailability & NodePlace)[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.country ?? '', node.region ?? '']);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].map((group) => ({
    country: group[0]?.country,
    region: group[0]?.region,
    ...sumsOf(group),
    nodeIds: group.map(({ nodeId }) => nodeId),
  }));
};

/** What can be promised of a SKU by a day (UTC; today when not named): at each node, in each region, and in all. */
export const makeReadExpectedAvailability =
  (deps: {
    readonly ledger: Pick<StockLedger, 'listPositions'>;
    readonly supply: Pick<SupplyOrders, 'listExpected'>;
    readonly places: () => Promise<ReadonlyMap<NodeId, NodePlace>>;
    readonly now: Clock;
  }) =>
  async (sku: Sku, by?: Day): Promise<Result<ExpectedAvailability, { readonly type: 'dayIsPast' }>> => {
    const today = dayOf(deps.now());
    if (by !== undefined && by < today) return refuse({ type: 'dayIsPast' });
    const days = { today, by: by ?? today };
    const [positions, supply, places] = await Promise.all([
      deps.ledger.listPositions(sku),
      deps.supply.listExpected(sku),
      deps.places(),
    ]);
    const nodes = expectedAvailability(positions, supply, days).map((node) => ({
      ...node,
      ...places.get(node.nodeId),
    }));
    return ok({ sku, by: days.by, ...sumsOf(nodes), nodes, regions: regionsOf(nodes) });
  };
