import type { Instant } from '../../../shared/kernel/instant.ts';
import type { SupplyId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { Books } from '../../../shared/inventory/application/books-ports.ts';
import type {
  DatedMovement,
  DueClaims,
  Page,
  PageRequest,
  StockHistory,
  StockLedger,
  SupplyOrders,
} from '../../../shared/inventory/application/ports.ts';
import type { StoredPosition } from '../../../shared/inventory/domain/audit.ts';
import type { ClaimGroup } from '../../../shared/inventory/domain/claim-group.ts';
import { cellKey, isSameCell, type Cell } from '../../../shared/inventory/domain/cell.ts';
import {
  deltasOf,
  type CellChange,
  type LedgerEntry,
} from '../../../shared/inventory/domain/ledger-entry.ts';
import {
  emptyPosition,
  freeOf,
  type Counters,
  type SoftUnits,
} from '../../../shared/inventory/domain/position.ts';
import type { ClaimId, Reservation } from '../../../shared/inventory/domain/reservation.ts';
import {
  expectedOf,
  isOpen,
  openSupplyOf,
  type SupplyOrder,
} from '../../../shared/inventory/domain/supply/supply-order.ts';
import { addCounters } from '../../../shared/inventory/domain/trial-balance.ts';

export type InMemoryStock = {
  readonly ledger: StockLedger;
  readonly history: StockHistory;
  readonly due: DueClaims;
  readonly books: Books;
  readonly supply: SupplyOrders;
};

const unitsUntil = ({ soft = [] }: Pick<StoredPosition, 'soft'>, until: Instant): number | undefined =>
  soft.find((each) => each.until === until)?.units;

/** What is true of soft claims when they are changed: enough are there, and none ends where all have lapsed. */
const softPasses = (known: StoredPosition | undefined, { soft = [], lapse }: CellChange): boolean =>
  soft.every(({ until, units }) =>
    units < 0
      ? (unitsUntil(known ?? {}, until) ?? -1) >= -units
      : known?.lapsedTo === undefined || known.lapsedTo < until,
  ) &&
  (lapse === undefined ||
    ((known?.lapsedTo ?? '') <= lapse.to &&
      lapse.expired.every(({ until, units }) => unitsUntil(known ?? {}, until) === units)));

const softAfter = (known: StoredPosition, change: CellChange): Pick<StoredPosition, 'soft' | 'lapsedTo'> => {
  const left = new Map((known.soft ?? []).map(({ until, units }) => [until, units]));
  for (const { until, units } of change.soft ?? []) left.set(until, (left.get(until) ?? 0) + units);
  for (const { until } of change.lapse?.expired ?? []) left.delete(until);
  const soft = [...left].sort().map(([until, units]): SoftUnits => ({ until, units }));
  const lapsedTo = change.lapse?.to ?? known.lapsedTo;
  return { ...(soft.length === 0 ? {} : { soft }), ...(lapsedTo === undefined ? {} : { lapsedTo }) };
};

const pageOf = <Entry>(sorted: readonly Entry[], page: PageRequest): Page<Entry> => {
  const start = Number(page.cursor ?? 0);
  const end = start + page.limit;
  return { items: sorted.slice(start, end), cursor: end < sorted.length ? String(end) : undefined };
};

/** The stock of record in memory: what the application is tested against; it passes the contract of the real one. */
export const makeInMemoryStock = (): InMemoryStock => {
  const positions = new Map<string, StoredPosition>();
  const movements: (DatedMovement & { readonly cell: Cell })[] = [];
  const keys = new Set<string>();
  const reservations = new Map<ClaimId, Reservation>();
  const groups = new Map<string, ClaimGroup>();
  const orders = new Map<SupplyId, SupplyOrder>();
  const toldAsOf = new Map<string, string>();

  const movementsOf = (cell: Cell): readonly DatedMovement[] =>
    movements
      .filter((movement) => isSameCell(movement.cell, cell))
      .map(({ cell: _, ...movement }) => movement)
      .sort((a, b) => (`${a.at}#${a.movementId}` < `${b.at}#${b.movementId}` ? 1 : -1));
  const keyOf = (change: CellChange): string => `${cellKey(change.cell)}#${change.onceKey ?? ''}`;
  const passes = (change: CellChange): boolean => {
    const known = positions.get(cellKey(change.cell));
    const deltas = deltasOf(change);
    if (!softPasses(known, change)) return false;
    switch (change.guard.type) {
      case 'free':
        return known !== undefined && known.frozen === undefined && known.freeUnits >= change.guard.atLeast;
      case 'covered':
        return (['onHand', 'reserved', 'quarantined', 'inTransit'] as const).every(
          (counter) => deltas[counter] >= 0 || (known?.[counter] ?? 0) + deltas[counter] >= 0,
        );
      case 'countedFrom':
        return (
          known?.onHand === change.guard.position?.onHand &&
          known?.safetyStock === change.guard.position?.safetyStock
        );
      case 'toldFrom':
        return (
          known?.onHand === change.guard.position?.onHand &&
          toldAsOf.get(cellKey(change.cell)) === change.guard.position?.asOf
        );
      case 'ringFenceIs':
        return (known?.ringFence ?? 0) === change.guard.ringFence;
      case 'thawed':
        return known !== undefined && known.frozen === undefined;
      case 'frozen':
        return known?.frozen !== undefined;
      case 'isStill':
        return JSON.stringify(known) === JSON.stringify(change.guard.position);
    }
  };

  const frozenAfter = (known: StoredPosition, { freeze }: CellChange): Pick<StoredPosition, 'frozen'> => {
    const frozen = freeze ?? known.frozen;
    return frozen === undefined || frozen === 'lifted' ? {} : { frozen };
  };

  const corrected = (counters: Counters, known: StoredPosition): Counters => addCounters(counters, known, -1);

  const apply = (entry: LedgerEntry): void => {
    for (const change of entry.changes) {
      const { cell } = change;
      const known = positions.get(cellKey(cell)) ?? { ...emptyPosition(cell), freeUnits: 0 };
      const deltas =
        change.setsCounters === undefined ? deltasOf(change) : corrected(change.setsCounters, known);
      positions.set(cellKey(cell), {
        sku: cell.sku,
        nodeId: cell.nodeId,
        onHand: known.onHand + deltas.onHand,
        reserved: known.reserved + deltas.reserved,
        safetyStock: known.safetyStock + deltas.safetyStock,
        quarantined: known.quarantined + deltas.quarantined,
        inTransit: known.inTransit + deltas.inTransit,
        ringFence: known.ringFence + deltas.ringFence,
        freeUnits:
          change.setsCounters === undefined ? known.freeUnits + freeOf(deltas) : freeOf(change.setsCounters),
        version: known.version + 1,
        ...frozenAfter(known, change),
        ...softAfter(known, change),
      });
      movements.push(...change.movements.map((movement) => ({ ...movement, at: entry.at, cell })));
      if (change.onceKey !== undefined) keys.add(keyOf(change));
      if (change.told !== undefined) toldAsOf.set(cellKey(cell), change.told.asOf ?? entry.at);
    }
    const changed = [
      ...(entry.reservation === undefined ? [] : [entry.reservation]),
      ...(entry.members ?? []),
    ];
    for (const { after } of changed) reservations.set(after.reservationId, after);
    if (entry.supply !== undefined) orders.set(entry.supply.after.supplyId, entry.supply.after);
    for (const { after } of entry.groups ?? []) groups.set(after.groupId, after);
  };

  return {
    ledger: {
      cellsPerEntry: 33,
      commit: async (entry) => {
        const { reservation } = entry;
        const stored = reservation && reservations.get(reservation.after.reservationId);
        const reservationMoved = reservation !== undefined && stored?.version !== reservation.expectedVersion;
        const guardFailed = entry.changes.filter((change) => !passes(change)).map(({ cell }) => cell);
        const keyUsed = entry.changes
          .filter((change) => change.onceKey !== undefined && keys.has(keyOf(change)))
          .map(({ cell }) => cell);
        const moved = [
          ...(entry.members ?? [])
            .filter(
              ({ after, expectedVersion }) =>
                reservations.get(after.reservationId)?.version !== expectedVersion,
            )
            .map(({ after }) => after.reservationId),
          ...(entry.groups ?? [])
            .filter(({ after, expected }) => (groups.get(after.groupId)?.status ?? 'absent') !== expected)
            .map(({ after }) => after.groupId),
          ...(entry.supply === undefined ||
          orders.get(entry.supply.after.supplyId)?.version === entry.supply.before?.version
            ? []
            : [entry.supply.after.supplyId]),
        ];
        if (reservationMoved || moved.length > 0 || guardFailed.length > 0 || keyUsed.length > 0) {
          const softAt = entry.changes
            .filter((change) => change.guard.type === 'free' && !passes(change))
            .map(({ cell }) => cell)
            .filter((cell) => positions.get(cellKey(cell))?.soft !== undefined);
          return refuse({ type: 'refused', reservationMoved, moved, guardFailed, softAt, keyUsed });
        }
        apply(entry);
        return ok(undefined);
      },
      findReservation: async (reservationId) => reservations.get(reservationId),
      findReservations: async (ids) => ids.flatMap((id) => reservations.get(id) ?? []),
      findGroups: async (ids) => ids.flatMap((id) => groups.get(id) ?? []),
      findPositions: async (cells) =>
        cells.flatMap((cell) => positions.get(cellKey(cell)) ?? []).map(({ freeUnits: _, ...rest }) => rest),
      listPositions: async (sku) =>
        [...positions.values()]
          .filter((position) => position.sku === sku)
          .sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1))
          .map(({ freeUnits: _, ...rest }) => rest),
    },
    supply: {
      find: async (supplyId) => orders.get(supplyId),
      listOpen: async ({ nodeId, kind }, page) =>
        pageOf(
          [...orders.values()]
            .filter(isOpen)
            .map(openSupplyOf)
            .filter((open) => kind === undefined || open.kind === kind)
            .filter(
              (open) =>
                nodeId === undefined ||
                open.nodeId === nodeId ||
                (open.kind === 'transfer' && open.originId === nodeId),
            )
            .sort((a, b) => (a.supplyId < b.supplyId ? -1 : 1)),
          page,
        ),
      listExpected: async (sku) =>
        [...orders.values()].flatMap(expectedOf).filter((expected) => expected.sku === sku),
    },
    history: {
      listMovements: async (cell, page) => {
        return pageOf(movementsOf(cell), page);
      },
    },
    books: {
      scan: async ({ skipsHistoryOf }) => ({
        positions: [...positions.values()],
        movements: movements
          .filter(({ cell }) => skipsHistoryOf?.(cell.sku) !== true)
          .map(({ cell, ...movement }) => ({ ...cell, ...deltasOf({ movements: [movement] }) })),
        reservations: [...reservations.values()],
        groups: [...groups.values()],
        unreadable: [],
        cursor: undefined,
      }),
      readPosition: async (cell) => {
        const position = positions.get(cellKey(cell));
        return { position, positionProblem: undefined, version: position?.version ?? 0 };
      },
      readMovements: async (cell) => ({
        movements: movementsOf(cell),
        unreadable: [],
        cursor: undefined,
      }),
      readReservations: async (ids) => ({
        reservations: ids.flatMap((id) => reservations.get(id) ?? []),
        unreadable: [],
      }),
      isReadable: async () => true,
    },
    due: {
      shards: 1,
      listDue: async (_, at, page) => {
        const all = [...positions.values()].flatMap(({ sku, nodeId, soft = [] }) =>
          soft.filter(({ until }) => until <= at).map(({ until }) => ({ until, cell: { sku, nodeId } })),
        );
        const sorted = all.sort((a, b) => (a.until < b.until ? -1 : 1)).map(({ cell }) => cell);
        const start = Number(page.cursor ?? 0);
        const end = start + page.limit;
        return { items: sorted.slice(start, end), cursor: end < sorted.length ? String(end) : undefined };
      },
    },
  };
};
