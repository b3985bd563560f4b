import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import { accept, cancel, reject, ship, type Answerer, type ShipmentSaid } from '../domain/answer-work.ts';
import type { RejectionReason } from '../domain/fulfilment-order.ts';
import { changeWork, type ChangeDeps, type ChangeResult } from './change-work.ts';

type Answer = { readonly fulfilmentOrderId: FulfilmentOrderId; readonly answerer: Answerer };

/** The node takes the work. */
export const makeAcceptWork =
  (deps: ChangeDeps) =>
  (command: Answer): Promise<ChangeResult> =>
    changeWork(deps, command.fulfilmentOrderId, (work, at) => accept(work, command.answerer, at));

/** The node will not do the work, said before or after taking it. */
export const makeRejectWork =
  (deps: ChangeDeps) =>
  (command: Answer & { readonly reason: Exclude<RejectionReason, 'silence'> }): Promise<ChangeResult> =>
    changeWork(deps, command.fulfilmentOrderId, (work, at) =>
      reject(work, command.answerer, command.reason, at),
    );

/** The node has shipped; what is missing is short. */
export const makeRecordShipment =
  (deps: ChangeDeps) =>
  (command: Answer & { readonly shipment: ShipmentSaid }): Promise<ChangeResult> =>
    changeWork(deps, command.fulfilmentOrderId, (work, at) =>
      ship(work, command.answerer, command.shipment, at),
    );

/**
 * The order calls work off. What has shipped stays shipped, and the order hears of it as a shipment. Throws when some
 * of the work is not there yet (its routing is still on the way) or keeps changing: the request has to come again.
 */
export const makeCancelWork =
  (deps: ChangeDeps) =>
  async (ids: readonly FulfilmentOrderId[]): Promise<void> => {
    const unfinished: string[] = [];
    for (const id of ids) {
      const result = await changeWork(deps, id, cancel);
      if (!result.ok && result.refusal.type !== 'contradicts')
        unfinished.push(`${id}: ${result.refusal.type}`);
    }
    if (unfinished.length > 0) throw new Error(`not called off yet: ${unfinished.join(', ')}`);
  };
