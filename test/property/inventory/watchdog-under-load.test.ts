import fc from 'fast-check';
import { makeReceiveStock, makeSetOnHand } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import { basketUseCases, wishes } from '../../support/inventory/basket-house.ts';
import {
  aBasket,
  aCell,
  aClock,
  anArrival,
  anOrder,
  aNode,
  aPlan,
  aReservation,
} from '../../support/inventory/builders.ts';
import { clientOf, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { makeWatchdog } from '../../support/inventory/watchdog.ts';

const CELLS = [aCell('MUG', 'A'), aCell('MUG', 'B'), aCell('CUP', 'A'), aCell('POT', 'B')];
const OPERATOR = { type: 'operator', name: 'key ops' } as const;

const cell = fc.constantFrom(...CELLS);
const order = fc.integer({ min: 1, max: 6 });
/** Orders up to this one were baskets before. */
const BASKETS = 3;
const basket = fc.integer({ min: 1, max: BASKETS });
const step = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), cell, key: fc.nat(99), quantity: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('count' as const), cell, key: fc.nat(99), quantity: fc.integer({ min: 36, max: 60 }) }),
  fc.record({ do: fc.constant('reserve' as const), order, rows: fc.array(fc.tuple(cell, fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 3 }) }),
  fc.record({ do: fc.constant('release' as const), order }),
  fc.record({ do: fc.constant('hold' as const), basket, cell, minutes: fc.integer({ min: 1, max: 3 }), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constantFrom('bind' as const, 'drop' as const, 'free' as const), basket }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ do: fc.constant('ship' as const), order, node: fc.constantFrom('A', 'B') }),
); // prettier-ignore
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A store whose every call of the watchdog is preceded by what others do meanwhile. */
const house = async (meanwhile: readonly Step[], isHot: boolean) => {
  const memory = new MemoryDynamo();
  const tick = aClock();
  let waitedMs = 0;
  const now = () => new Date(Date.parse(tick()) + waitedMs).toISOString();
  const table = { client: clientOf(async (command) => memory.execute(command)), tableName: 'inventory' };
  const ledger = makeDynamoStockLedger({ ...table, cellsPerEntry: 2, wait: async () => undefined });
  const shop = basketUseCases({ ledger, due: makeDynamoDueClaims(table) }, now, CELLS, isHot);
  const known = { knownSkus: async () => new Set(CELLS.map(({ sku }) => sku)), knownNodes: async () => new Set(CELLS.map(({ nodeId }) => nodeId)) }; // prettier-ignore
  const adjusting = { ledger, now, catalogue: known, network: known };
  for (const each of CELLS) await ledger.commit({ at: now(), changes: [anArrival(each, 20)] });

  const perform = async (next: Step): Promise<void> => {
    switch (next.do) {
      case 'receive':
        await makeReceiveStock(adjusting)({ ...next, key: `k${next.key}` }, OPERATOR);
        return;
      case 'count':
        await makeSetOnHand(adjusting)(
          { cell: next.cell, key: `c${next.key}`, onHand: next.quantity, reason: 'count' },
          OPERATOR,
        );
        return;
      case 'reserve': {
        const plan = aPlan(next.rows.map(([{ sku, nodeId }, quantity]) => [nodeId, sku, quantity]), next.order); // prettier-ignore
        await shop.reserve(next.order > BASKETS ? plan : { ...plan, basketId: aBasket(next.order) });
        return;
      }
      case 'release':
        await shop.release({ reservationId: aReservation(next.order), cause: 'cancelled' });
        return;
      case 'hold':
        await shop.hold({
          basketId: aBasket(next.basket),
          minutes: next.minutes,
          lines: wishes([next.cell, next.quantity]),
        });
        return;
      case 'bind':
        await shop.bind({ basketId: aBasket(next.basket), orderId: anOrder(next.basket), again: true });
        return;
      case 'drop':
        await shop.drop(aBasket(next.basket));
        return;
      case 'free':
        await shop.free(aBasket(next.basket), anOrder(next.basket));
        return;
      case 'wait':
        waitedMs += next.minutes * 60_000;
        return;
      case 'ship': {
        const reservationId = aReservation(next.order);
        const nodeId = aNode(next.node);
        const found = await ledger.findReservation(reservationId);
        const shipped = (found?.lines ?? []).filter((line) => line.nodeId === nodeId);
        await makeBookShipment({ ledger, now })({
          fulfilmentOrderId: fulfilmentOrderIdOf(reservationId, nodeId),
          reservationId,
          nodeId,
          shipped,
          short: [],
        });
      }
    }
  };

  const queue = [...meanwhile];
  const watched = clientOf(async (command) => {
    const next = queue.shift();
    if (next !== undefined) await perform(next);
    return memory.execute(command);
  });
  const watchdog = makeWatchdog({ client: watched, tableName: 'inventory' }, now);
  return { memory, watchdog, queue };
};

describe('the watchdog over a store that is sold from', () => {
  it('never takes work in flight for an error, whatever happens between any two of its reads', async () => {
    let lookedAt = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 60 }),
        fc.boolean(),
        async (steps, isHot) => {
          const { watchdog, memory } = await house(steps, isHot);
          const { run } = await watchdog.run();
          lookedAt += run.lookedAt;
          const findings = [...memory.items.values()].filter((item) => item['entity'] === 'finding');
          expect(findings).toEqual([]);
          expect(run).toMatchObject({ found: 0, open: 0 });
        },
      ),
      { numRuns: 150 },
    );
    // Otherwise nothing was torn, and nothing is shown.
    expect(lookedAt).toBeGreaterThan(100);
  });

  it('finds what is broken all the same, in this run or in one that is left in peace', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), fc.integer({ min: 1, max: 9 }), async (steps, isHot, units) => {
        const { watchdog, memory, queue } = await house(steps, isHot);
        const key = 'SKU#MUG\nNODE#A';
        const position = memory.items.get(key);
        memory.items.set(key, { ...position, reserved: Number(position?.['reserved']) + units, freeUnits: Number(position?.['freeUnits']) - units });
        const first = await watchdog.run();
        queue.splice(0);
        const second = await watchdog.run();
        expect(first.run.found + second.run.found).toBe(1);
        expect(memory.items.get(key)).toHaveProperty('frozen');
      }), // prettier-ignore
      { numRuns: 60 },
    );
  });
});
