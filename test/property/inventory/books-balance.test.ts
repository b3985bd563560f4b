import fc from 'fast-check';
import { makeReceiveStock, makeSetOnHand } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeAuditStock } from '../../../shared/inventory/application/audit-stock.ts';
import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { cellKey } from '../../../shared/inventory/domain/cell.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import { aCell, aClock, aNode, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const CELLS = [aCell('MUG', 'A'), aCell('MUG', 'B'), aCell('CUP', 'A')];
const OPERATOR = { type: 'operator', name: 'key ops' } as const;

const cellIndex = fc.nat(CELLS.length - 1);
const step = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), cell: cellIndex, key: fc.nat(5), quantity: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('reserve' as const), order: fc.nat(5), rows: fc.array(fc.tuple(cellIndex, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }) }),
  fc.record({ do: fc.constant('release' as const), order: fc.nat(5), node: fc.constantFrom('A', 'B', undefined), outOfStock: fc.boolean() }),
  fc.record({ do: fc.constant('ship' as const), order: fc.nat(5), node: fc.constantFrom('A', 'B'), short: fc.nat(2) }),
); // prettier-ignore
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const house = (isHot = false) => {
  const { ledger, history, books } = makeInMemoryStock();
  const now = aClock();
  const known = { knownSkus: async () => new Set(CELLS.map(({ sku }) => sku)), knownNodes: async () => new Set(CELLS.map(({ nodeId }) => nodeId)) }; // prettier-ignore
  const grouping = aGrouping(ledger, now, isHot);
  const adjusting = { ledger, now, catalogue: known, network: known };
  const receive = makeReceiveStock(adjusting);
  const reserve = makeReservePlan({ ledger, now, grouping, baskets: NO_BASKETS });
  const release = makeReleaseReservation({ ledger, now, grouping });
  const book = makeBookShipment({ ledger, now });

  const run = async (next: Step): Promise<void> => {
    switch (next.do) {
      case 'receive': {
        const cell = CELLS[next.cell];
        if (cell !== undefined)
          await receive({ cell, key: `k${next.key}`, quantity: next.quantity }, OPERATOR);
        return;
      }
      case 'reserve': {
        const rows = next.rows.flatMap(([index, quantity]) => {
          const cell = CELLS[index];
          return cell === undefined ? [] : [[cell.nodeId, cell.sku, quantity] as const];
        });
        await reserve(aPlan(rows, next.order + 1));
        return;
      }
      case 'release':
        await release({
          reservationId: aReservation(next.order + 1),
          nodeId: next.node === undefined ? undefined : aNode(next.node),
          cause: 'rejected',
          reason: next.outOfStock ? 'outOfStock' : undefined,
        });
        return;
      case 'ship': {
        const reservationId = aReservation(next.order + 1);
        const nodeId = aNode(next.node);
        const lines = ((await ledger.findReservation(reservationId))?.lines ?? []).filter(
          (line) => line.nodeId === nodeId,
        );
        const shortOf = (quantity: number) => Math.min(next.short, quantity);
        await book({
          fulfilmentOrderId: fulfilmentOrderIdOf(reservationId, nodeId),
          reservationId,
          nodeId,
          shipped: lines.map((line) => ({ ...line, quantity: line.quantity - shortOf(line.quantity) })),
          short: lines.map((line) => ({ ...line, quantity: shortOf(line.quantity) })),
        });
      }
    }
  };
  return { run, history, books, now, setOnHand: makeSetOnHand(adjusting) };
};

describe('the books of stock', () => {
  it('balance after any sequence of commands, and after any interleaving of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }),
        fc.boolean(),
        async (waves, isHot) => {
          const { run, history, books, now } = house(isHot);
          for (const wave of waves) await Promise.all(wave.map(run));
          const page = await makeAuditStock({ books, now })({ limit: 100, cursor: undefined });
          expect(page.violations).toEqual([]);
          for (const position of page.positions) {
            const claimed = page.openReservations
              .filter((open) => cellKey(open) === cellKey(position))
              .reduce((sum, open) => sum + open.quantity, 0);
            expect(position.reserved).toBe(claimed);
            const { items } = await history.listMovements(position, { limit: 1000, cursor: undefined });
            expect(items.reduce((sum, movement) => sum + movement.onHandDelta, 0)).toBe(position.onHand);
            expect(items.reduce((sum, movement) => sum + movement.reservedDelta, 0)).toBe(position.reserved);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('show a count below what is reserved', async () => {
    const { run, books, now, setOnHand } = house();
    await run({ do: 'receive', cell: 0, key: 1, quantity: 5 });
    await run({ do: 'reserve', order: 0, rows: [[0, 3]] });
    await setOnHand({ cell: aCell('MUG', 'A'), key: 'c', onHand: 1, reason: 'count' }, OPERATOR);
    const page = await makeAuditStock({ books, now })({ limit: 100, cursor: undefined });
    expect(page.violations).toEqual([
      { subject: 'position A#MUG', rule: 'reserved units are on hand', detail: 'reserved 3 of 1 on hand' },
    ]);
  });
});
