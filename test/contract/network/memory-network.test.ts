import { describeNetworkStore } from '../../support/network/network-store.contract.ts';
import { makeMemoryNetwork } from '../../support/network/memory-network.ts';

describeNetworkStore('in memory', async () => {
  const network = makeMemoryNetwork();
  return { network, factTypes: async () => network.facts.map((fact) => fact.detailType) };
});
