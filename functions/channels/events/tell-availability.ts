import { stockChanged } from '../../../shared/contracts/inventory/events.ts';
import { coalescingConsumer } from '../../../shared/platform/lambda/coalescing-consumer.ts';
import { deps } from '../deps.ts';

export const handler = coalescingConsumer(
  stockChanged,
  { partsOf: ({ positions }) => positions, keyOf: ({ sku }) => sku },
  (changes) => deps.tellAvailability()(changes[0].sku, changes),
);
