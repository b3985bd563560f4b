import { refuse, type Result } from '../../../kernel/result.ts';
import { announceSupply, type Announcement } from '../../domain/supply/announce-supply.ts';
import type { SupplyOrder } from '../../domain/supply/supply-order.ts';
import type { Catalogue, Network } from '../ports.ts';
import { changeSupply, type SupplyCommandRefusal, type SupplyDeps } from './change-supply.ts';

type Deps = SupplyDeps & { readonly catalogue: Catalogue; readonly network: Network };

const nameUnknown = async (deps: Deps, said: Announcement): Promise<SupplyCommandRefusal | undefined> => {
  const nodeIds = said.kind === 'transfer' ? [said.nodeId, said.originId] : [said.nodeId];
  const skus = said.lines.map(({ sku }) => sku);
  const [knownSkus, knownNodes] = await Promise.all([
    deps.catalogue.knownSkus(skus),
    deps.network.knownNodes(nodeIds),
  ]);
  const sku = skus.find((one) => !knownSkus.has(one));
  if (sku !== undefined) return { type: 'unknownSku', sku };
  const nodeId = nodeIds.find((one) => !knownNodes.has(one));
  return nodeId === undefined ? undefined : { type: 'unknownNode', nodeId };
};

/** Makes a purchase or transfer order known, or changes it by a later revision. Repeated or late, nothing changes. */
export const makeAnnounceSupply =
  (deps: Deps) =>
  async (said: Announcement): Promise<Result<SupplyOrder, SupplyCommandRefusal>> => {
    const unknown = await nameUnknown(deps, said);
    return unknown === undefined
      ? changeSupply(deps, said.supplyId, (known) => announceSupply(said, known, deps.now()))
      : refuse(unknown);
  };
