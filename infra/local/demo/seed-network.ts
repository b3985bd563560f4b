import { importCsv, type ImportSummary } from '../../../console/cli/import/import-file.ts';
import type { ApiClient } from '../../../console/cli/api-client.ts';
import type { Partners } from '../partners/start-partners.ts';
import { itemsCsv, type DemoItem } from './catalogue.ts';
import { inParallel } from './in-parallel.ts';
import { DEMO_NODES, nodesCsv } from './network.ts';
import { stockCsv, type DemoStock } from './stock-plan.ts';

const allTaken = (what: string, { rejected }: ImportSummary): void => {
  const [first] = rejected;
  if (first !== undefined) throw new Error(`${what}: row ${first.row} was rejected: ${first.reason}`);
};

/** Nodes, items and counted stock over the import endpoints; then a key for each node. */
export const seedNetwork = async (
  api: ApiClient,
  partners: Partners,
  network: {
    readonly items: readonly DemoItem[];
    readonly stock: readonly DemoStock[];
    readonly key: string;
  },
): Promise<void> => {
  const { items, stock, key } = network;
  const nodes = nodesCsv(partners.nodeEndpoint);
  allTaken('nodes', await importCsv(api, { path: '/v1/nodes', dryRun: false }, [nodes]));
  allTaken('items', await importCsv(api, { path: '/v1/items', dryRun: false }, [itemsCsv(items)]));
  allTaken('stock', await importCsv(api, { path: '/v1/stock', dryRun: false, key }, [stockCsv(stock)]));
  await inParallel(DEMO_NODES, 4, async ({ nodeId, polls }) => {
    const body = { scope: 'node', nodeId, label: `demo: ${nodeId}` };
    const issued = await api.call<{ key: string }>({ method: 'POST', path: '/v1/keys', body });
    partners.nodes.giveKey(nodeId, issued.body.key);
    if (polls) partners.nodes.poll(nodeId);
  });
};
