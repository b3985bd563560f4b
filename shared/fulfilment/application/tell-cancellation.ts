import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import type { FulfilmentOrderStore, NodeNotifier, WorkPlaces } from './ports.ts';

/**
 * Tells a node that its work is called off; one without endpoint finds the work gone when it polls. Throws when the
 * node cannot be reached: the work is called off all the same, the message comes again.
 */
export const makeTellCancellation =
  (deps: {
    readonly store: Pick<FulfilmentOrderStore, 'find'>;
    readonly places: WorkPlaces;
    readonly notifier: NodeNotifier;
  }) =>
  async (fulfilmentOrderId: FulfilmentOrderId): Promise<void> => {
    const work = await deps.store.find(fulfilmentOrderId);
    if (work?.state.status !== 'cancelled') return;
    const place = await deps.places.findNode(work.nodeId);
    if (place?.endpoint !== undefined) await deps.notifier.tell(place.endpoint, work);
  };
