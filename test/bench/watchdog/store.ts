import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import type { CellChange } from '../../../shared/inventory/domain/ledger-entry.ts';
import { makeRandom } from '../../../shared/sourcing/index.ts';
import { aCell, anArrival, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { clientOf, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import type { Victim } from '../../support/inventory/corruptions.ts';

const NODES = 20;
const CELLS_PER_ENTRY = 33;
const SPARED = 200;
const START_MS = Date.parse('2026-11-23T00:00:00.000Z');

const cellAt = (index: number): Cell =>
  aCell(
    `SKU-${String(Math.floor(index / NODES)).padStart(6, '0')}`,
    `N-${String(index % NODES).padStart(2, '0')}`,
  );

/**
 * A store of `cells` cells, SKUs at 20 nodes, each with `receipts` movements and every tenth with an open claim, made by
 * the real use cases. `sell` is what goes on meanwhile: a claim is made, or one that is open ends.
 */
export const makeStore = async (
  cells: number,
  receipts: number,
  seed: number,
  say: (text: string) => void,
) => {
  const memory = new MemoryDynamo();
  const random = makeRandom(seed);
  let ticks = 0;
  const now = (): string => new Date(START_MS + (ticks += 100)).toISOString();
  const ledger = makeDynamoStockLedger({
    client: clientOf(async (command) => memory.execute(command)),
    tableName: 'inventory',
    wait: async () => undefined,
  });
  for (let receipt = 0; receipt < receipts; receipt += 1) {
    for (let start = 0; start < cells; start += CELLS_PER_ENTRY) {
      const changes = Array.from(
        { length: Math.min(CELLS_PER_ENTRY, cells - start) },
        (_, index): CellChange =>
          anArrival(cellAt(start + index), 10 + random.below(20), `receipt-${receipt}`),
      );
      await ledger.commit({ at: now(), changes });
    }
    say(`${receipt + 1} of ${receipts} receipts of ${cells.toLocaleString('en')} cells`);
  }
  const grouping = aGrouping(ledger, now);
  const reserve = makeReservePlan({ ledger, now, grouping, baskets: NO_BASKETS });
  const release = makeReleaseReservation({ ledger, now, grouping });
  const victims: Victim[] = [];
  let orders = 0;
  const claim = async (index: number): Promise<number> => {
    const { sku, nodeId } = cellAt(index);
    orders += 1;
    await reserve(aPlan([[nodeId, sku, 1 + random.below(3)]], orders));
    return orders;
  };
  const open: number[] = [];
  for (let index = 0; index < cells; index += 10) {
    const number = await claim(index);
    // Every twentieth claim is left alone: its cell may be corrupted later, and nothing else happens there.
    if (index % SPARED === 0) victims.push({ memory, cell: cellAt(index), claim: aReservation(number) });
    else open.push(number);
  }
  const sell = async (): Promise<void> => {
    const index = random.below(cells);
    if (random.next() < 0.5 && index % SPARED !== 0) open.push(await claim(index));
    else {
      const [ended] = open.splice(random.below(open.length), 1);
      if (ended !== undefined) await release({ reservationId: aReservation(ended), cause: 'cancelled' });
    }
  };
  return { memory, now, victims, sell };
};
