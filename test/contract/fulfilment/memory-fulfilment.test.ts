import { describeFulfilmentStore } from '../../support/fulfilment/fulfilment-store.contract.ts';
import { makeMemoryFulfilment } from '../../support/fulfilment/memory-fulfilment.ts';

describeFulfilmentStore('in memory', async () => {
  const store = makeMemoryFulfilment();
  return { store, queries: store };
});
