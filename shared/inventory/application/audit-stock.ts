import {
  auditExpiry,
  auditGroup,
  auditPosition,
  auditReservation,
  openReservationsOf,
  type Violation,
} from '../domain/audit.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import { NO_UNITS, type Counters } from '../domain/position.ts';
import type { Doubt } from '../domain/proof.ts';
import { expiredUnitsOf, hasExpired } from '../domain/soft-claims.ts';
import { addCounters, type SheetPage } from '../domain/trial-balance.ts';
import type { Books, StorePage, StoreRequest, UnreadableItem } from './books-ports.ts';
import type { Clock } from './ports.ts';

export type AuditPage = SheetPage & {
  readonly positionsChecked: number;
  readonly movementsChecked: number;
  readonly reservationsChecked: number;
  /** What breaks a rule by itself. A cell among it is also `suspected`: it has to be proven before it is believed. */
  readonly violations: readonly Violation[];
  readonly doubts: readonly Doubt[];
  readonly cursor: string | undefined;
};

const sumsOf = (movements: StorePage['movements']): readonly (Cell & Counters)[] => {
  const sums = new Map<string, Cell & Counters>();
  for (const movement of movements) {
    const { sku, nodeId } = movement;
    const key = cellKey(movement);
    sums.set(key, { sku, nodeId, ...addCounters(sums.get(key) ?? NO_UNITS, movement) });
  }
  return [...sums.values()];
};

const unreadableDoubt = ({ key, problem }: UnreadableItem): Doubt => ({
  about: { type: 'item', key },
  violation: { subject: `item ${key}`, rule: 'every entry can be read', detail: problem },
});

const doubtsOf = (page: StorePage, nowMs: number): readonly Doubt[] => [
  ...page.reservations.flatMap((reservation) =>
    auditReservation(reservation, nowMs).map((violation): Doubt => {
      const { reservationId } = reservation;
      return { about: { type: 'reservation', reservationId }, violation };
    }),
  ),
  ...page.groups.flatMap((group) =>
    auditGroup(group, nowMs).map((violation): Doubt => ({
      about: { type: 'group', groupId: group.groupId },
      violation,
    })),
  ),
  ...page.unreadable.filter(({ cell }) => cell === undefined).map(unreadableDoubt),
];

/**
 * Checks one page of the store. Whether counters equal movements and open claims shows when all pages are added up
 * (`makeTrialBalance`): what they are is handed out for that.
 */
export const makeAuditStock =
  (deps: { readonly books: Pick<Books, 'scan'>; readonly now: Clock }) =>
  async (request: StoreRequest): Promise<AuditPage> => {
    const page = await deps.books.scan(request);
    const ofCells = page.positions.flatMap(auditPosition);
    const unreadableCells = page.unreadable.flatMap(({ cell }) => cell ?? []);
    const at = deps.now();
    const doubts = doubtsOf(page, Date.parse(at));
    const overdue = page.positions.flatMap((position) => auditExpiry(position, Date.parse(at)));
    return {
      positionsChecked: page.positions.length,
      movementsChecked: page.movements.length,
      reservationsChecked: page.reservations.length,
      violations: [...ofCells, ...overdue, ...doubts.map(({ violation }) => violation)],
      doubts,
      positions: page.positions.map((position) => ({ ...position, expired: expiredUnitsOf(position, at) })),
      movements: sumsOf(page.movements),
      openReservations: page.reservations
        .filter(({ softUntil }) => softUntil === undefined || !hasExpired(softUntil, at))
        .flatMap(openReservationsOf),
      suspected: [
        ...page.positions.filter((position) => auditPosition(position).length > 0),
        ...unreadableCells,
      ].map(({ sku, nodeId }) => ({ sku, nodeId })),
      cursor: page.cursor,
    };
  };
