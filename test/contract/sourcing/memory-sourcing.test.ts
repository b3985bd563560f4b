import { describeCapacityStore } from '../../support/sourcing/capacity-store.contract.ts';
import { memorySourcing } from '../../support/sourcing/memory-sourcing.ts';
import { describeReleaseStores } from '../../support/sourcing/release-store.contract.ts';

describeCapacityStore('in memory', async () => memorySourcing().capacity);
describeReleaseStores('in memory', async () => memorySourcing());
