import type {
  DatedMovement,
  DueClaims,
  StockHistory,
  StockLedger,
} from '../../../shared/inventory/application/ports.ts';
import { claimNext, openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { freeze, thaw } from '../../../shared/inventory/domain/freeze-cell.ts';
import { move } from '../../../shared/inventory/domain/adjust-stock.ts';
import { deltasOf } from '../../../shared/inventory/domain/ledger-entry.ts';
import { emptyPosition, NO_UNITS } from '../../../shared/inventory/domain/position.ts';
import { setRingFence } from '../../../shared/inventory/domain/set-ring-fence.ts';
import { askForGroup, countGroups, formGroup } from '../../../shared/inventory/domain/group-claims.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import type { StoredPosition } from '../../../shared/inventory/domain/audit.ts';
import { bindBasket, extendBasket, holdBasket } from '../../../shared/inventory/domain/basket-claim.ts';
import { lapse } from '../../../shared/inventory/domain/lapse-claims.ts';
import { softUnitsOf } from '../../../shared/inventory/domain/soft-claims.ts';
import { aBasket, aCell, aLine, anArrival, anOrder, aPlan, aReservation } from './builders.ts';

const AT = '2026-11-23T09:00:00.000Z';
const SOON = '2026-11-23T09:30:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';

const everyMovement = async (history: StockHistory, cell: Cell): Promise<readonly DatedMovement[]> => {
  const movements: DatedMovement[] = [];
  let cursor: string | undefined;
  do {
    const page = await history.listMovements(cell, { limit: 9, cursor });
    movements.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return movements;
};

const dueCells = async (due: DueClaims, at: string): Promise<readonly Cell[]> => {
  const cells: Cell[] = [];
  for (let shard = 0; shard < due.shards; shard += 1) {
    let cursor: string | undefined;
    do {
      const page = await due.listDue(shard, at, { limit: 1, cursor });
      cells.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return cells;
};

/** What every stock of record must do, whatever it is made of. `make` hands out an empty one. */
export const describeStockLedger = (
  name: string,
  make: () => Promise<{
    readonly ledger: StockLedger;
    readonly history: StockHistory;
    readonly due: DueClaims;
  }>,
): void => {
  const mug = aCell('MUG', 'DC');
  const cup = aCell('CUP', 'DC');

  const basketOf = (quantity: number, until: string, number = 1) => {
    const line = { lineId: aLine('1'), sku: mug.sku, quantity };
    const lines = [{ ...line, nodeId: mug.nodeId }];
    return holdBasket({ reservationId: aBasket(number), considered: [line], lines, until }, AT);
  };

  const claim = (rows: Parameters<typeof aPlan>[0], number = 1) => {
    const opened = openClaim(aPlan(rows, number), undefined, AT);
    if (!opened.ok) throw new Error('the plan of a test is sound');
    return claimNext(opened.value, 33, AT);
  };

  describe(`the stock ledger ${name}`, () => {
    it('keeps units that arrive, at a cell that was not known', async () => {
      const { ledger } = await make();
      expect(await ledger.commit({ at: AT, changes: [anArrival(mug, 7)] })).toEqual({ ok: true });
      expect(await ledger.findPositions([mug, cup])).toEqual([
        { ...mug, ...NO_UNITS, onHand: 7, version: 1 },
      ]);
    });

    it('changes a cell once under a key, and says which key was used', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 7)] });
      expect(await ledger.commit({ at: LATER, changes: [anArrival(mug, 7), anArrival(cup, 1)] })).toEqual({
        ok: false,
        refusal: {
          type: 'refused',
          reservationMoved: false,
          moved: [],
          guardFailed: [],
          softAt: [],
          keyUsed: [mug],
        },
      });
      expect(await ledger.findPositions([mug, cup])).toMatchObject([{ onHand: 7 }]);
    });

    it('claims what is free and no more, in all cells or none', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 2), anArrival(cup, 1)] });
      const tooMuch = await ledger.commit(claim([['DC', 'MUG', 2], ['DC', 'CUP', 2]])); // prettier-ignore
      expect(tooMuch).toMatchObject({ ok: false, refusal: { guardFailed: [cup], reservationMoved: false } });
      expect(await ledger.findReservation(aReservation(1))).toBeUndefined();
      const claimed = claim([['DC', 'MUG', 2], ['DC', 'CUP', 1]]); // prettier-ignore
      expect(await ledger.commit(claimed)).toEqual({ ok: true });
      expect(await ledger.findReservation(aReservation(1))).toEqual(claimed.reservation.after);
      expect(await ledger.findPositions([mug, cup])).toEqual(
        expect.arrayContaining([
          { ...mug, ...NO_UNITS, onHand: 2, reserved: 2, version: 2 },
          { ...cup, ...NO_UNITS, onHand: 1, reserved: 1, version: 2 },
        ]),
      );
    });

    it('freezes and thaws a cell once, and refuses claims on it in between', async () => {
      const { ledger } = await make();
      const freezing = freeze(mug, 'counted twice', 'watch', AT);
      expect(await ledger.commit({ at: AT, changes: [freezing] })).toMatchObject({
        refusal: { guardFailed: [mug] },
      });
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      expect(await ledger.commit({ at: LATER, changes: [freezing] })).toEqual({ ok: true });
      expect(await ledger.commit({ at: LATER, changes: [freezing] })).toMatchObject({ ok: false });
      expect(await ledger.commit(claim([['DC', 'MUG', 1]]))).toMatchObject({
        refusal: { guardFailed: [mug] },
      });
      await ledger.commit({ at: LATER, changes: [anArrival(mug, 1, 'more')] });
      expect(await ledger.findPositions([mug])).toMatchObject([
        { onHand: 4, frozen: { reason: 'counted twice', since: AT } },
      ]);
      const thawing = thaw(mug, 'counted again', 'watch', LATER);
      expect(await ledger.commit({ at: LATER, changes: [thawing] })).toEqual({ ok: true });
      expect(await ledger.commit({ at: LATER, changes: [thawing] })).toMatchObject({ ok: false });
      expect((await ledger.findPositions([mug]))[0]).not.toHaveProperty('frozen');
      expect(await ledger.commit(claim([['DC', 'MUG', 4]]))).toEqual({ ok: true });
    });

    it('moves units into quarantine and out of it, never more than are there', async () => {
      const { ledger, history } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      const moves = (key: string, difference: number) =>
        ledger.commit({
          at: LATER,
          changes: [
            move({ cell: mug, kind: difference < 0 ? 'quarantine' : 'clear', key, difference, quarantined: -difference }, 'key ops'),
          ],
        }); // prettier-ignore
      expect(await moves('a', 1)).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await moves('b', -2)).toEqual({ ok: true });
      expect(await moves('b', -2)).toMatchObject({ ok: false });
      expect(await moves('c', -2)).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await moves('d', 1)).toEqual({ ok: true });
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 2, quarantined: 1 }]);
      expect(await ledger.commit(claim([['DC', 'MUG', 3]]))).toMatchObject({
        refusal: { guardFailed: [mug] },
      });
      expect(deltasOf({ movements: await everyMovement(history, mug) })).toEqual({
        ...NO_UNITS,
        onHand: 2,
        quarantined: 1,
      });
    });

    it('sets a ring-fence only over the figure that it was compared with', async () => {
      const { ledger } = await make();
      const fence = (key: string, units: number, known: number) =>
        ledger.commit({
          at: AT,
          changes: [
            setRingFence({ cell: mug, key, units, reason: 'launch' }, { ...emptyPosition(mug), ringFence: known }, 'key ops'),
          ],
        }); // prettier-ignore
      expect(await fence('a', 5, 1)).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await fence('a', 5, 0)).toEqual({ ok: true });
      expect(await fence('b', 2, 0)).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await fence('b', 0, 5)).toEqual({ ok: true });
      expect(await fence('c', 4, 0)).toEqual({ ok: true });
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 0, ringFence: 4 }]);
    });

    it('corrects a position only while it is what was read', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      const counters = { ...NO_UNITS, onHand: 7, ringFence: 2 };
      const correct = (known: StoredPosition | undefined) =>
        ledger.commit({
          at: LATER,
          changes: [
            {
              cell: mug,
              guard: { type: 'isStill', position: known, version: known?.version ?? 0 },
              setsCounters: counters,
              movements: [{ movementId: 'mend:1', kind: 'mend', onHandDelta: 4, reservedDelta: 0 }],
            },
          ],
        });
      const read = { ...mug, ...NO_UNITS, onHand: 3, freeUnits: 3, version: 1 };
      expect(await correct(undefined)).toMatchObject({ ok: false, refusal: { guardFailed: [mug] } });
      expect(await correct({ ...read, onHand: 4 })).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await correct({ ...read, ringFence: 1 })).toMatchObject({ refusal: { guardFailed: [mug] } });
      expect(await correct(read)).toEqual({ ok: true });
      expect(await ledger.findPositions([mug])).toEqual([{ ...mug, ...counters, version: 2 }]);
      expect(await ledger.commit(claim([['DC', 'MUG', 7]]))).toEqual({ ok: true });
    });

    it('holds units softly, moves their end, and makes them an order’s, as long as they are there', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      const held = basketOf(2, SOON);
      expect(await ledger.commit(held)).toEqual({ ok: true });
      expect(await ledger.commit(held)).toMatchObject({ refusal: { reservationMoved: true } });
      expect(await ledger.findPositions([mug])).toEqual([
        { ...mug, ...NO_UNITS, onHand: 3, reserved: 2, version: 2, soft: [{ until: SOON, units: 2 }] },
      ]);
      const extended = extendBasket(held.reservation.after, LATER, AT);
      expect(await ledger.commit(extended)).toEqual({ ok: true });
      expect(await ledger.findReservation(aBasket())).toEqual(extended.reservation.after);
      expect(await ledger.commit(bindBasket(held.reservation.after, anOrder(), AT))).toMatchObject({
        refusal: { reservationMoved: true, guardFailed: [mug] },
      });
      expect(await ledger.commit(bindBasket(extended.reservation.after, anOrder(), AT))).toEqual({
        ok: true,
      });
      expect((await ledger.findPositions([mug]))[0]).toMatchObject({ reserved: 2 });
      expect(softUnitsOf((await ledger.findPositions([mug]))[0] ?? {})).toBe(0);
    });

    it('takes what has expired off once, and takes no claim that ends before it afterwards', async () => {
      const { ledger, due } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 4)] });
      const held = basketOf(2, SOON);
      await ledger.commit(held);
      await ledger.commit(basketOf(1, LATER, 2));
      const [known] = await ledger.findPositions([mug]);
      const lapsing = known && lapse(known, SOON);
      if (lapsing === undefined) throw new Error('the claim of a test has expired');
      expect(await dueCells(due, SOON)).toEqual([mug]);
      expect(await dueCells(due, LATER)).toEqual([mug, mug]);
      expect(await ledger.commit({ at: LATER, changes: [lapsing] })).toEqual({ ok: true });
      expect(await ledger.commit({ at: LATER, changes: [lapsing] })).toMatchObject({
        refusal: { guardFailed: [mug] },
      });
      expect(await dueCells(due, SOON)).toEqual([]);
      expect(await ledger.findPositions([mug])).toMatchObject([
        { reserved: 1, lapsedTo: SOON, soft: [{ until: LATER, units: 1 }] },
      ]);
      expect(await ledger.commit(bindBasket(held.reservation.after, anOrder(), AT))).toMatchObject({
        refusal: { guardFailed: [mug], softAt: [] },
      });
      expect(await ledger.commit(basketOf(1, SOON, 3))).toMatchObject({
        refusal: { guardFailed: [mug], softAt: [mug] },
      });
    });

    it('says where a claim found too little that baskets hold units', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 2), anArrival(cup, 1)] });
      await ledger.commit(basketOf(2, SOON));
      expect(await ledger.commit(claim([['DC', 'MUG', 1], ['DC', 'CUP', 2]]))).toMatchObject({
        refusal: { guardFailed: [cup, mug], softAt: [mug] },
      }); // prettier-ignore
    });

    it('refuses a claim on a cell that nobody knows', async () => {
      const { ledger } = await make();
      expect(await ledger.commit(claim([['DC', 'MUG', 1]]))).toMatchObject({
        refusal: { guardFailed: [mug] },
      });
    });

    it('refuses a reservation that has moved', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 9)] });
      await ledger.commit(claim([['DC', 'MUG', 1]]));
      const again = await ledger.commit(claim([['DC', 'MUG', 1]]));
      expect(again).toMatchObject({ ok: false, refusal: { reservationMoved: true } });
      expect(await ledger.findPositions([mug])).toMatchObject([{ reserved: 1 }]);
    });

    it('refuses what would take a counter below zero', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 1)] });
      const out = await ledger.commit({
        at: AT,
        changes: [
          {
            cell: mug,
            movements: [{ movementId: 'out', kind: 'ship', onHandDelta: -1, reservedDelta: -1 }],
            guard: { type: 'covered' },
          },
        ],
      });
      expect(out).toMatchObject({ ok: false, refusal: { guardFailed: [mug] } });
    });

    it('takes a count only on the figures that it was compared with', async () => {
      const { ledger } = await make();
      const counted = (position: { onHand: number; safetyStock: number } | undefined, delta: number) =>
        ledger.commit({
          at: LATER,
          changes: [
            {
              cell: mug,
              movements: [
                {
                  movementId: `count:${delta}`,
                  kind: 'count',
                  onHandDelta: delta,
                  reservedDelta: 0,
                  safetyStockDelta: 2,
                },
              ],
              guard: { type: 'countedFrom', position },
            },
          ],
        });
      expect(await counted(undefined, 5)).toEqual({ ok: true });
      expect(await counted(undefined, 6)).toMatchObject({ ok: false, refusal: { guardFailed: [mug] } });
      expect(await counted({ onHand: 4, safetyStock: 2 }, 6)).toMatchObject({ ok: false });
      expect(await counted({ onHand: 5, safetyStock: 0 }, 6)).toMatchObject({ ok: false });
      expect(await counted({ onHand: 5, safetyStock: 2 }, 6)).toEqual({ ok: true });
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 11, safetyStock: 4, version: 2 }]);
    });

    it('groups a waiting claim once, and counts a group once', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 5)] });
      const draft = openClaim(aPlan([['DC', 'MUG', 2]]), undefined, AT);
      if (!draft.ok) throw new Error('the plan of a test is sound');
      const asked = askForGroup(draft.value, AT);
      await ledger.commit(asked);
      const waiting = [asked.reservation.after];
      const first = formGroup('g1', mug, waiting, AT);
      expect(await ledger.commit(first.entry)).toEqual({ ok: true });
      expect(await ledger.commit(formGroup('g2', mug, waiting, AT).entry)).toMatchObject({
        refusal: { moved: [aReservation(1)], reservationMoved: false },
      });
      const { entry, counted } = countGroups([first.group], 5, AT);
      expect(await ledger.commit(entry)).toEqual({ ok: true });
      expect(await ledger.commit(entry)).toMatchObject({ refusal: { moved: ['g1'] } });
      expect(await ledger.findGroups(['g1', 'g2'])).toEqual(counted);
      expect(await ledger.findPositions([mug])).toMatchObject([{ reserved: 2, version: 2 }]);
      expect(await ledger.findReservations([aReservation(1), aReservation(2)])).toMatchObject([
        { status: 'grouped', groupId: 'g1' },
      ]);
    });

    it('lists the positions of one SKU by node', async () => {
      const { ledger } = await make();
      await ledger.commit({
        at: AT,
        changes: [anArrival(aCell('MUG', 'B'), 1), anArrival(aCell('MUG', 'A'), 2), anArrival(cup, 3)],
      });
      expect((await ledger.listPositions(mug.sku)).map(({ nodeId, onHand }) => [nodeId, onHand])).toEqual([
        ['A', 2],
        ['B', 1],
      ]);
    });

    it('explains a position by its movements, newest first, page by page', async () => {
      const { ledger, history } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 5)] });
      await ledger.commit({ ...claim([['DC', 'MUG', 3]]), at: LATER });
      const first = await history.listMovements(mug, { limit: 1, cursor: undefined });
      const second = await history.listMovements(mug, { limit: 1, cursor: first.cursor });
      expect(first.items).toEqual([
        {
          movementId: `reserve:${aReservation(1)}:1`,
          kind: 'reserve',
          at: LATER,
          onHandDelta: 0,
          reservedDelta: 3,
          document: aReservation(1),
          actor: 'routing',
        },
      ]);
      expect(second.items).toMatchObject([{ kind: 'receive', at: AT, onHandDelta: 5 }]);
    });

    it('lets exactly as many of many racing claims win as there are units', async () => {
      const { ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 5)] });
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => ledger.commit(claim([['DC', 'MUG', 1]], index + 1))),
      );
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(5);
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 5, reserved: 5 }]);
    });
  });
};
