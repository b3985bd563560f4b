import type { FulfilmentOrderId, NodeId, ReservationId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LineQuantity, Settlement } from '../domain/reservation.ts';
import type { SettlementRefusal } from '../domain/settle-reservation.ts';
import type { Clock, StockLedger } from './ports.ts';
import { settleNode } from './settle.ts';

export type BookShipmentCommand = {
  readonly fulfilmentOrderId: FulfilmentOrderId;
  readonly reservationId: ReservationId;
  readonly nodeId: NodeId;
  readonly shipped: readonly LineQuantity[];
  /** What the node could not find: released, and written off on hand. */
  readonly short: readonly LineQuantity[];
};

export type BookShipmentOutcome = {
  readonly outcome: 'booked' | 'alreadySettled';
  /** How the claim at this node ended: with this shipment, or with what came before it. */
  readonly settlement: Pick<Settlement, 'cause' | 'by' | 'at'>;
};

export type BookShipmentRefusal = SettlementRefusal | { readonly type: 'unknownReservation' };

/** Takes what left the node out of on hand and reserved, once for a fulfilment order. */
export const makeBookShipment =
  (deps: { readonly ledger: StockLedger; readonly now: Clock }) =>
  async (command: BookShipmentCommand): Promise<Result<BookShipmentOutcome, BookShipmentRefusal>> => {
    const reservation = await deps.ledger.findReservation(command.reservationId);
    if (reservation === undefined || reservation.status !== 'held')
      return refuse({ type: 'unknownReservation' });
    const settled = await settleNode(deps, reservation, (_, at) => ({
      nodeId: command.nodeId,
      cause: 'shipped',
      by: command.fulfilmentOrderId,
      at,
      shipped: command.shipped,
      writtenOff: command.short,
    }));
    if (!settled.ok) return settled;
    const { cause, by, at } = settled.value.settlement;
    return ok({
      outcome: settled.value.isNew ? 'booked' : 'alreadySettled',
      settlement: { cause, by, at },
    });
  };
