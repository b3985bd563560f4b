import {
  auditPosition,
  auditReservation,
  openReservationsOf,
  type OpenReservation,
  type Violation,
} from '../domain/audit.ts';
import type { Position } from '../domain/position.ts';
import type { Clock, PageRequest, StockHistory } from './ports.ts';

export type AuditPage = {
  readonly positionsChecked: number;
  readonly violations: readonly Violation[];
  readonly positions: readonly Pick<Position, 'sku' | 'nodeId' | 'onHand' | 'reserved'>[];
  readonly openReservations: readonly OpenReservation[];
  readonly cursor: string | undefined;
};

/**
 * Checks one page of the store. Whether a position's reserved units equal its open reservations shows when all pages
 * are summed up: both sides are handed out for that.
 */
export const makeAuditStock =
  (deps: { readonly history: Pick<StockHistory, 'scanBooks'>; readonly now: Clock }) =>
  async (page: PageRequest): Promise<AuditPage> => {
    const books = await deps.history.scanBooks(page);
    const nowMs = Date.parse(deps.now());
    return {
      positionsChecked: books.positions.length,
      violations: [
        ...books.positions.flatMap(auditPosition),
        ...books.reservations.flatMap((reservation) => auditReservation(reservation, nowMs)),
      ],
      positions: books.positions.map(({ sku, nodeId, onHand, reserved }) => ({
        sku,
        nodeId,
        onHand,
        reserved,
      })),
      openReservations: books.reservations.flatMap(openReservationsOf),
      cursor: books.cursor,
    };
  };
