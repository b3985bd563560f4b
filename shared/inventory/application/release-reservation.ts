import type { NodeId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { closeClaim } from '../domain/claim-plan.ts';
import type { ClaimId, Reservation, ReservedLine, SettlementCause } from '../domain/reservation.ts';
import { settlementAt } from '../domain/settle-reservation.ts';
import type { Clock, StockLedger } from './ports.ts';
import type { Grouping } from './grouping.ts';
import { settleNode } from './settle.ts';
import { undoClaim } from './undo-claim.ts';

export type ReleaseCommand = {
  readonly reservationId: ClaimId;
  /** Absent: at every node. */
  readonly nodeId?: NodeId | undefined;
  readonly cause: Exclude<SettlementCause, 'shipped'>;
  /** `outOfStock`: the node says that the units are not there, so they leave on hand too. */
  readonly reason?: string | undefined;
};

export type ReleaseOutcome = {
  readonly outcome: 'released' | 'alreadySettled';
  /** What this call set free (nothing when it was settled before). */
  readonly released: readonly Pick<ReservedLine, 'nodeId' | 'lineId' | 'sku' | 'quantity'>[];
};

type Deps = {
  readonly ledger: StockLedger;
  readonly now: Clock;
  readonly grouping: Pick<Grouping, 'claimTogether'>;
};

/**
 * The claim as it can be settled. One that is not held is closed first, so that nobody goes on claiming under it: what
 * half of a plan has claimed was never promised, and goes back to where it was.
 */
const closed = async (deps: Deps, reservationId: ClaimId): Promise<Reservation> => {
  for (;;) {
    const found = await deps.ledger.findReservation(reservationId);
    if (found?.status === 'held') return found;
    if (found?.status === 'grouped') {
      await deps.grouping.claimTogether([reservationId]);
      continue;
    }
    if (found?.status === 'claiming' || found?.status === 'undoing') {
      await undoClaim(deps, found);
      continue;
    }
    const entry = closeClaim(reservationId, found, deps.now());
    const written = await deps.ledger.commit(entry);
    if (written.ok) return entry.reservation.after;
  }
};

const takesOff = (command: ReleaseCommand): boolean => command.reason === 'outOfStock';

/** Releases what remains of that one reservation (at that node), once. */
export const makeReleaseReservation =
  (deps: Deps) =>
  async (command: ReleaseCommand): Promise<ReleaseOutcome> => {
    let reservation = await closed(deps, command.reservationId);
    const nodes =
      command.nodeId === undefined
        ? [...new Set(reservation.lines.map((line) => line.nodeId))]
        : [command.nodeId];
    const released: ReleaseOutcome['released'][number][] = [];
    for (const nodeId of nodes) {
      if (settlementAt(reservation, { nodeId }) !== undefined && isComplete(reservation, nodeId)) continue;
      const settled = await settleNode(deps, reservation, (current, at) => ({
        nodeId,
        cause: command.cause,
        by: command.reservationId,
        at,
        shipped: [],
        writtenOff: takesOff(command)
          ? current.lines
              .filter((line) => line.nodeId === nodeId)
              .map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }))
          : [],
      }));
      if (!settled.ok) throw new BrokenInvariant('a release asks for no more than is reserved');
      reservation = settled.value.reservation;
      if (settled.value.isNew) {
        released.push(
          ...reservation.lines
            .filter((line) => line.nodeId === nodeId)
            .map(({ lineId, sku, quantity }) => ({ nodeId, lineId, sku, quantity })),
        );
      }
    }
    return { outcome: released.length > 0 ? 'released' : 'alreadySettled', released };
  };

const isComplete = (reservation: Reservation, nodeId: NodeId): boolean =>
  reservation.lines.every((line) => line.nodeId !== nodeId || line.quantity === line.shipped + line.released);
