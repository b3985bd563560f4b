import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoProofStore } from '../../../shared/inventory/adapters/dynamo-proof-store.ts';
import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import {
  makeMoveStock,
  makeReceiveStock,
  makeSetOnHand,
} from '../../../shared/inventory/application/adjust-stock.ts';
import { makeSetRingFence } from '../../../shared/inventory/application/set-ring-fence.ts';
import { makeReadExpectedAvailability } from '../../../shared/inventory/application/read-expected-availability.ts';
import { makeAnnounceSupply } from '../../../shared/inventory/application/supply/announce-supply.ts';
import { makeCloseSupply } from '../../../shared/inventory/application/supply/close-supply.ts';
import { makeDepartTransfer } from '../../../shared/inventory/application/supply/depart-transfer.ts';
import { makeReceiveSupply } from '../../../shared/inventory/application/supply/receive-supply.ts';
import { makeDynamoSupplyOrders } from '../../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeAuditStock } from '../../../shared/inventory/application/audit-stock.ts';
import { makeFreezeCell } from '../../../shared/inventory/application/freeze-cell.ts';
import { makeMendCell } from '../../../shared/inventory/application/mend-cell.ts';
import { makeProveCell, makeReadCell } from '../../../shared/inventory/application/prove-cell.ts';
import { makeReportFinding } from '../../../shared/inventory/application/report-finding.ts';
import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import {
  makeReadInbound,
  makeSetReorderPoint,
  makeWatchReorderPoint,
} from '../../../shared/inventory/application/watch-reorder-point.ts';
import { makeWatchShelf } from '../../../shared/inventory/application/watch-shelf.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import { aStillClock, basketUseCases, wishes } from '../../support/inventory/basket-house.ts';
import {
  aBasket,
  aCell,
  anArrival,
  aNode,
  aPlan,
  aPurchase,
  aReservation,
  aTransfer,
} from '../../support/inventory/builders.ts';
import { makeFeedHouse } from '../../support/inventory/feed-house.ts';
import { MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { meteredClient } from '../../support/inventory/metered-dynamo.ts';

const README = readFileSync(join(__dirname, '../../../shared/inventory/README.md'), 'utf8');
const OPERATOR = { type: 'operator', name: 'key ops' } as const;
const NODES = ['A', 'B', 'C'];
const ONE = aPlan([['A', 'MUG', 1]]);
const THREE = aPlan(NODES.map((node) => [node, 'MUG', 1]));
const mug = aCell('MUG', 'A');
const page = { limit: 50, cursor: undefined };
const BASKET = { basketId: aBasket(1), orderId: ONE.orderId, again: true };

/** A feed of 33 rows, as many as a transaction takes. */
const SKUS = Array.from({ length: 33 }, (_, index) => `SKU${index}`);
const toldOf = (units: number) => ['sku,onHand', ...SKUS.map((sku) => `${sku},${units}`)].join('\n');
const FIRST = { sequence: 1, nodeId: 'A', asOf: '2026-11-23T06:00:00.000Z' };
const NEXT = { sequence: 2, nodeId: 'A', asOf: '2026-11-23T07:00:00.000Z' };
const TASK = aCell('SKU0', 'A');

/** A feed that is sent but not applied yet, so that what applying it costs is counted by itself. */
const sendOnly = async ({ feeds }: House, about: typeof FIRST, units: number) => {
  const header = { kind: 'snapshot' as const, stream: 'stock', ...about, nodeId: aNode(about.nodeId) };
  const opened = await feeds.openFeed(header, OPERATOR);
  const feedId = opened.ok ? opened.value.feedId : '';
  return feeds.takeChunk({ feedId, chunk: 1, firstRow: 2, text: toldOf(units) }, OPERATOR);
};

const TO_C = aTransfer('TR-1', 'A', 'C', { MUG: 2 });
const FROM_ACME = aPurchase('PO-1', 'A', { MUG: 5 });
const house = async () => {
  const { client, meter } = meteredClient(new MemoryDynamo());
  const table = { client, tableName: 'inventory' };
  const history = makeDynamoStockHistory(table);
  const supply = makeDynamoSupplyOrders(table);
  const clock = aStillClock();
  const { now } = clock;
  const stock = { ledger: makeDynamoStockLedger(table), due: makeDynamoDueClaims(table) };
  const baskets = basketUseCases(
    stock,
    now,
    NODES.map((node) => aCell('MUG', node)),
  );
  const { ledger } = baskets;
  const known = {
    knownSkus: async () => new Set([mug.sku]),
    knownNodes: async () => new Set(NODES.map(aNode)),
  };
  const adjusting = { ledger, now, catalogue: known, network: known };
  const ordering = { ...adjusting, supply };
  const depart = makeDepartTransfer(ordering);
  const receiveSupply = makeReceiveSupply(ordering);
  const close = makeCloseSupply(ordering);
  await ledger.commit({ at: now(), changes: NODES.map((node) => anArrival(aCell('MUG', node), 9)) });
  const watching = {
    ledger,
    points: makeDynamoReorderPoints(table),
    readInbound: makeReadInbound(supply),
    now,
  };
  const all = (units: number) => () => ledger.commit({ at: now(), changes: NODES.map((node) => anArrival(aCell('MUG', node), units, `${units}`)) }); // prettier-ignore
  const book = makeBookShipment({ ledger, now });
  const books = makeDynamoBooks(table);
  const proofs = makeDynamoProofStore({ ...table, newId: () => 'attempt', nowMs: Date.now });
  const readCell = makeReadCell({ books, ledger, pause: async () => undefined });
  const off = {
    subject: 'position A#MUG',
    cell: mug,
    violations: [{ subject: 'position A#MUG', rule: 'reserved = open claims', detail: 'reserved 1' }],
  };
  return {
    ...baskets,
    prove: () => makeProveCell({ readCell })(mug),
    freeze: () => makeFreezeCell({ ledger, now })({ cell: mug, reason: 'in doubt', actor: 'ops' }),
    mend: () =>
      makeMendCell({ readCell, ledger, proofs, now })({
        cell: mug,
        trust: 'history',
        onHand: 7,
        reason: 'counted',
        actor: 'ops',
        isDryRun: false,
      }),
    report: () => makeReportFinding({ proofs, ledger, now })('proof-1', off),
    lastProof: () => Promise.all([proofs.lastRun(), proofs.openFindings()]),
    meter,
    pass: clock.pass,
    holdOne: (number: number, quantity: number) =>
      baskets.hold({ basketId: aBasket(number), minutes: 5, lines: wishes([mug, quantity]) }),
    book: () =>
      book({
        fulfilmentOrderId: fulfilmentOrderIdOf(aReservation(1), aNode('A')),
        reservationId: aReservation(1),
        nodeId: aNode('A'),
        shipped: ONE.considered,
        short: [],
      }),
    receive: makeReceiveStock(adjusting),
    count: makeSetOnHand(adjusting),
    move: makeMoveStock(adjusting),
    fence: makeSetRingFence(adjusting),
    emptied: all(-9),
    filled: all(1),
    look: makeWatchShelf({ ledger, shelves: makeDynamoShelves(table), now }),
    setPoint: makeSetReorderPoint({ ...watching, catalogue: known, network: known }),
    watch: makeWatchReorderPoint(watching),
    supply,
    announce: makeAnnounceSupply(ordering),
    depart: () => depart(TO_C.supplyId, { lines: undefined, expectedOn: undefined }, OPERATOR),
    arrive: () =>
      receiveSupply(
        FROM_ACME.supplyId,
        { key: 'k', lines: [{ sku: mug.sku, quantity: 1, quarantined: 0 }] },
        OPERATOR,
      ),
    close: () => close(TO_C.supplyId, { outcome: 'short', reason: 'lost' }, OPERATOR),
    readExpected: makeReadExpectedAvailability({ ...ordering, places: async () => new Map() }),
    audit: makeAuditStock({ books: makeDynamoBooks(table), now }),
    history,
    feeds: makeFeedHouse(now, { skus: SKUS, nodes: NODES }, table),
  };
};
type House = Awaited<ReturnType<typeof house>>;

/** What is done first, and what is counted. */
const PATTERNS: Readonly<Record<string, readonly [before: (it: House) => Promise<unknown>, counted: (it: House) => Promise<unknown>]>> = {
  'claim a plan of one cell': [async () => undefined, (it) => it.reserve(ONE)],
  'claim a plan of three cells': [async () => undefined, (it) => it.reserve(THREE)],
  'find a claim that is held': [(it) => it.reserve(ONE), (it) => it.reserve(ONE)],
  'book a shipment of one cell': [(it) => it.reserve(ONE), (it) => it.book()],
  'release a reservation of one cell': [(it) => it.reserve(ONE), (it) => it.release({ reservationId: aReservation(1), nodeId: aNode('A'), cause: 'rejected' })],
  'hold a basket of one cell': [async () => undefined, (it) => it.holdOne(1, 1)],
  'extend a basket of one cell': [(it) => it.holdOne(1, 1), (it) => it.extend(aBasket(1), 9)],
  'bind a basket of one cell to its order': [(it) => it.holdOne(1, 1), (it) => it.bind(BASKET)],
  'release a basket of one cell': [(it) => it.holdOne(1, 1), (it) => it.drop(aBasket(1))],
  'claim a plan of one cell in exchange for its basket': [async (it) => { await it.holdOne(1, 1); await it.bind(BASKET); }, (it) => it.reserve({ ...ONE, basketId: aBasket(1) })],
  'claim where a basket has expired': [async (it) => { await it.holdOne(1, 9); it.pass(5); }, (it) => it.reserve(ONE)],
  'what routing may plan with, for one SKU and a basket': [(it) => it.holdOne(1, 1), (it) => it.availability([mug.sku], BASKET)],
  'sweep, when nothing is due (eventually consistent)': [(it) => it.holdOne(1, 1), (it) => it.sweep()],
  'sweep one cell': [async (it) => { await it.holdOne(1, 1); it.pass(5); }, (it) => it.sweep()],
  'receive units': [async () => undefined, (it) => it.receive({ cell: mug, key: 'k', quantity: 1 }, OPERATOR)],
  'count a cell': [async () => undefined, (it) => it.count({ cell: mug, key: 'k', onHand: 3, reason: 'count' }, OPERATOR)],
  'move units into quarantine': [async () => undefined, (it) => it.move({ cell: mug, kind: 'quarantine', key: 'k', difference: -1, quarantined: 1 }, OPERATOR)],
  'set a ring-fence': [async () => undefined, (it) => it.fence({ cell: mug, key: 'k', units: 3, reason: 'launch' }, OPERATOR)],
  'announce an order of one line': [async () => undefined, (it) => it.announce(FROM_ACME)],
  'receive units of an order, one line': [(it) => it.announce(FROM_ACME), (it) => it.arrive()],
  'a transfer of one line leaves': [(it) => it.announce(TO_C), (it) => it.depart()],
  'close a transfer of one line short': [(it) => it.announce(TO_C).then(() => it.depart()), (it) => it.close()],
  'find an order': [(it) => it.announce(FROM_ACME), (it) => it.supply.find(FROM_ACME.supplyId)],
  'list open orders (eventually consistent)': [(it) => it.announce(FROM_ACME), (it) => it.supply.listOpen({ nodeId: undefined, kind: undefined }, page)],
  'what can be promised of a SKU by a day': [(it) => it.announce(FROM_ACME), (it) => it.readExpected(mug.sku)],
  'look at a SKU that a node has begun or ceased to have': [async () => undefined, (it) => it.look(mug.sku)],
  'say that a SKU is back in stock': [async (it) => { await it.emptied(); await it.look(mug.sku); await it.filled(); }, (it) => it.look(mug.sku)],
  'say that a reorder point is crossed': [async (it) => { await it.setPoint({ cell: mug, reorderPoint: 5 }, OPERATOR); await it.emptied(); }, (it) => it.watch(mug)],
  'read a SKU at every node': [async () => undefined, (it) => it.readStock(mug.sku)],
  'what routing may plan with, for one SKU': [async () => undefined, (it) => it.availability([mug.sku])],
  'list a cell\'s movements (eventually consistent)': [async () => undefined, (it) => it.history.listMovements(mug, page)],
  'audit a page of the store (eventually consistent)': [async () => undefined, (it) => it.audit(page)],
  'prove a cell with one claim': [(it) => it.reserve(ONE), (it) => it.prove()],
  'freeze a cell': [async () => undefined, (it) => it.freeze()],
  'mend a cell with one claim': [(it) => it.reserve(ONE), (it) => it.mend()],
  'report a broken cell': [async () => undefined, (it) => it.report()],
  'the last run and its findings': [async () => undefined, (it) => it.lastProof()],
  'open a feed': [async () => undefined, (it) => it.feeds.openFeed({ kind: 'snapshot', stream: 's', ...FIRST, nodeId: aNode('A') }, OPERATOR)],
  'take a chunk of a feed': [(it) => sendOnly(it, FIRST, 1), (it) => it.feeds.takeChunk({ feedId: 'stock.1.A', chunk: 2, firstRow: 35, text: toldOf(1) }, OPERATOR)],
  'apply 33 rows that open their cells': [(it) => sendOnly(it, FIRST, 50), (it) => it.feeds.work()],
  'apply 33 rows that change their cells': [(it) => it.feeds.send(FIRST, toldOf(50)).then(() => sendOnly(it, NEXT, 49)), (it) => it.feeds.work()],
  'apply 33 rows that change nothing': [(it) => it.feeds.send(FIRST, toldOf(50)).then(() => sendOnly(it, NEXT, 50)), (it) => it.feeds.work()],
  'read how far a feed has come': [(it) => it.feeds.send(FIRST, toldOf(1)), (it) => it.feeds.feeds.find('stock.1.A')],
  'list the rows of a feed worth a word': [(it) => it.feeds.send(FIRST, toldOf(1)), (it) => it.feeds.notes('stock.1.A')],
  'list cells to be counted (eventually consistent)': [async () => undefined, (it) => it.feeds.countTasks.list(undefined, page)],
  'submit a count that is applied': [(it) => it.feeds.send(FIRST, toldOf(50)).then(() => it.feeds.send(NEXT, 'sku,onHand\nSKU0,9')), (it) => it.feeds.submitCount(TASK, 9, OPERATOR)],
  'list the drifting cells of a node (eventually consistent)': [async () => undefined, (it) => it.feeds.drift.list(aNode('A'), page)],
}; // prettier-ignore

const rows = README.split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^[\d.]+$/.test(cells[3] ?? ''))
  .map(([, pattern = '', calls = '', reads = '', writes = '']) => ({ pattern, calls, reads, writes }));

describe('the access patterns of the inventory table', () => {
  it('are all in the README, and nothing else is', () => {
    expect(rows.map(({ pattern }) => pattern)).toEqual(Object.keys(PATTERNS));
  });

  it.each(rows)('cost what the README says: $pattern', async ({ pattern, calls, reads, writes }) => {
    const [before, counted] = PATTERNS[pattern] ?? [];
    const it = await house();
    await before?.(it);
    Object.assign(it.meter, { calls: [], readUnits: 0, writeUnits: 0 });
    await counted?.(it);
    expect(it.meter).toEqual({
      calls: calls.split(', '),
      readUnits: Number(reads),
      writeUnits: Number(writes),
    });
  });
});
