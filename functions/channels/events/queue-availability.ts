import { stockChanged } from '../../../shared/contracts/inventory/events.ts';
import { coalescingConsumer } from '../../../shared/platform/lambda/coalescing-consumer.ts';
import { queueAvailability } from '../queue-availability.deps.ts';

/** All that a batch tells of is one thing to do: shops take many SKUs in one message. */
export const handler = coalescingConsumer(
  stockChanged,
  { partsOf: ({ positions }) => positions, keyOf: () => 'the batch' },
  (changes) => queueAvailability()(changes),
);
