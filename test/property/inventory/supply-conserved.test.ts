import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoStockHistory } from '../../../shared/inventory/adapters/dynamo-stock-history.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeDynamoSupplyOrders } from '../../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeMoveStock, makeReceiveStock } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeAuditStock } from '../../../shared/inventory/application/audit-stock.ts';
import type { DatedMovement } from '../../../shared/inventory/application/ports.ts';
import { makeReadExpectedAvailability } from '../../../shared/inventory/application/read-expected-availability.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { makeSetRingFence } from '../../../shared/inventory/application/set-ring-fence.ts';
import { makeAnnounceSupply } from '../../../shared/inventory/application/supply/announce-supply.ts';
import { makeCloseSupply } from '../../../shared/inventory/application/supply/close-supply.ts';
import { makeDepartTransfer } from '../../../shared/inventory/application/supply/depart-transfer.ts';
import { makeReceiveSupply } from '../../../shared/inventory/application/supply/receive-supply.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import { deltasOf } from '../../../shared/inventory/domain/ledger-entry.ts';
import { emptyPosition } from '../../../shared/inventory/domain/position.ts';
import { isOpen } from '../../../shared/inventory/domain/supply/supply-order.ts';
import { aCell, aClock, aPlan, aPurchase, aSupplyId, aTransfer } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock, type InMemoryStock } from '../../support/inventory/in-memory-stock.ts';
import { clientOf, memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const OPERATOR = { type: 'operator', name: 'key ops' } as const;
const NODES = ['A', 'B'];
const SKUS = ['MUG', 'CUP'];
const CELLS = NODES.flatMap((node) => SKUS.map((sku) => aCell(sku, node)));

const ORDERS = ['TR-1', 'TR-2', 'PO-1'] as const;
const order = fc.constantFrom(...ORDERS);
const units = fc.integer({ min: 1, max: 4 });
const cell = fc.constantFrom(...CELLS);
const key = fc.constantFrom('a', 'b', 'c', 'late');
const reason = 'as drawn';

const step = fc.oneof(
  fc.record({ do: fc.constant('receive' as const), cell, key, quantity: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('reserve' as const), order: fc.nat(3), cell, quantity: units }),
  fc.record({ do: fc.constantFrom('quarantine' as const, 'clear' as const, 'scrap' as const), cell, key, quantity: units }),
  fc.record({ do: fc.constant('fence' as const), cell, key, units: fc.nat(3) }),
  fc.record({ do: fc.constant('announce' as const), order, revision: fc.integer({ min: 1, max: 3 }), mugs: units, cups: fc.nat(4) }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('depart' as const), order, left: fc.option(units, { nil: undefined }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('arrive' as const), order, key, sku: fc.constantFrom(...SKUS), quantity: units, unfit: fc.boolean() }) },
  fc.record({ do: fc.constant('close' as const), order, outcome: fc.constantFrom('cancelled' as const, 'short' as const) }),
); // prettier-ignore
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const stockIn = (client: DynamoDBDocumentClient) => {
  const table = { client, tableName: 'inventory' };
  return {
    ledger: makeDynamoStockLedger(table),
    history: makeDynamoStockHistory(table),
    books: makeDynamoBooks(table),
    supply: makeDynamoSupplyOrders(table),
  };
};

const onDynamo = () => stockIn(memoryClient(new MemoryDynamo()));

/** Every third transaction is lost on the way there, every fifth answer on the way back. */
const onLossyDynamo = () => {
  const table = new MemoryDynamo();
  let transactions = 0;
  return stockIn(
    clientOf(async (command) => {
      if (!(command instanceof TransactWriteCommand)) return table.execute(command);
      transactions += 1;
      if (transactions % 3 === 0) throw new Error('lost on the way there');
      const answer = table.execute(command);
      if (transactions % 5 === 0) throw new Error('lost on the way back');
      return answer;
    }),
  );
};

/** Whoever gets no answer asks again, as every caller of ours does. */
const untilAnswered = async (ask: () => Promise<unknown>, tries = 9): Promise<unknown> => {
  try {
    return await ask();
  } catch (error) {
    if (tries === 0) throw error;
    return untilAnswered(ask, tries - 1);
  }
};

const house = (make: () => Omit<InMemoryStock, 'due'>) => {
  const { ledger, history, books, supply } = make();
  const now = aClock();
  const known = {
    knownSkus: async () => new Set(CELLS.map(({ sku }) => sku)),
    knownNodes: async () => new Set(CELLS.map(({ nodeId }) => nodeId)),
  };
  const deps = { ledger, supply, now, catalogue: known, network: known };
  const receive = makeReceiveStock(deps);
  const move = makeMoveStock(deps);
  const fence = makeSetRingFence(deps);
  const reserve = makeReservePlan({ ledger, now, grouping: aGrouping(ledger, now), baskets: NO_BASKETS });
  const announce = makeAnnounceSupply(deps);
  const depart = makeDepartTransfer(deps);
  const arrive = makeReceiveSupply(deps);
  const close = makeCloseSupply(deps);

  const tell = async (next: Step): Promise<unknown> => {
    switch (next.do) {
      case 'receive':
        return receive(next, OPERATOR);
      case 'reserve':
        return reserve(aPlan([[next.cell.nodeId, next.cell.sku, next.quantity]], next.order + 1));
      case 'quarantine':
        return move({ ...next, kind: 'quarantine', difference: -next.quantity, quarantined: next.quantity }, OPERATOR); // prettier-ignore
      case 'clear':
        return move({ ...next, kind: 'clear', difference: next.quantity, quarantined: -next.quantity }, OPERATOR); // prettier-ignore
      case 'scrap':
        return move({ ...next, kind: 'writeOff', difference: 0, quarantined: -next.quantity }, OPERATOR);
      case 'fence':
        return fence({ ...next, reason }, OPERATOR);
      case 'announce': {
        const lines = { MUG: next.mugs, ...(next.cups === 0 ? {} : { CUP: next.cups }) };
        const [from, to] = next.order === 'TR-1' ? (['A', 'B'] as const) : (['B', 'A'] as const);
        const said =
          next.order === 'PO-1' ? aPurchase('PO-1', 'B', lines) : aTransfer(next.order, from, to, lines);
        return announce({ ...said, revision: next.revision });
      }
      case 'depart': {
        const lines = next.left === undefined ? undefined : [{ sku: aCell('MUG').sku, quantity: next.left }];
        return depart(aSupplyId(next.order), { lines, expectedOn: undefined }, OPERATOR);
      }
      case 'arrive': {
        const { sku } = aCell(next.sku);
        const line = { sku, quantity: next.quantity, quarantined: next.unfit ? 1 : 0 };
        return arrive(aSupplyId(next.order), { key: next.key, lines: [line] }, OPERATOR);
      }
      case 'close':
        return close(aSupplyId(next.order), { outcome: next.outcome, reason }, OPERATOR);
    }
  };
  const run = (next: Step) => untilAnswered(() => tell(next));
  return { run, ledger, history, books, supply, now };
};
type House = ReturnType<typeof house>;

const historyOf = async ({ history }: House, of: Cell): Promise<readonly DatedMovement[]> =>
  (await history.listMovements(of, { limit: 1000, cursor: undefined })).items;

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** Every counter of every cell is the sum of its movements, and none is below zero. */
const checkCells = async (it: House): Promise<void> => {
  for (const one of CELLS) {
    const [position = emptyPosition(one)] = await it.ledger.findPositions([one]);
    const movements = await historyOf(it, one);
    expect(position).toMatchObject(deltasOf({ movements }));
    expect(new Set(movements.map(({ movementId }) => movementId)).size).toBe(movements.length);
  }
  const page = await makeAuditStock(it)({ limit: 1000, cursor: undefined });
  // Damage is a fact: promised units may be quarantined, which the books report until the claim ends.
  expect(page.violations.filter(({ rule }) => rule !== 'reserved units are on hand')).toEqual([]);
};

/** What left an origin has arrived, is in transit, or is missing with a reason: in its order and in the cells alike. */
const checkOrders = async (it: House): Promise<void> => {
  const orders = (await Promise.all(ORDERS.map((one) => it.supply.find(aSupplyId(one))))).flatMap((one) => one ?? []); // prettier-ignore
  for (const one of orders) {
    for (const line of one.lines) {
      const movements = (await Promise.all(NODES.map((node) => historyOf(it, aCell(line.sku, node)))))
        .flat()
        .filter(({ document }) => document === one.supplyId);
      const { onHand, quarantined, inTransit } = deltasOf({ movements });
      const arrived = deltasOf({ movements: movements.filter(({ kind }) => kind === 'transferIn' || kind === 'receive') }); // prettier-ignore
      expect(arrived.onHand + arrived.quarantined).toBe(line.received);
      expect(line.received).toBeLessThanOrEqual(one.kind === 'transfer' ? line.departed : line.quantity);
      if (one.kind === 'purchase') continue;
      const underWay = isOpen(one) ? line.departed - line.received : 0;
      expect(inTransit).toBe(underWay);
      const missing = one.status === 'short' ? line.missing : 0;
      expect(onHand + quarantined + inTransit + missing).toBe(0);
      expect(line.departed).toBe(line.received + underWay + missing);
    }
  }
  for (const one of CELLS) {
    const [position = emptyPosition(one)] = await it.ledger.findPositions([one]);
    const expected = (await it.supply.listExpected(one.sku)).filter(({ nodeId }) => nodeId === one.nodeId);
    const underWay = expected.filter(({ status }) => status === 'inTransit').map((supply) => supply.units);
    expect(position.inTransit).toBe(sum(underWay));
  }
};

/** Whatever is promised by a day exists, or was ordered from a supplier and has not come: no unit is promised twice. */
const checkPromises = async (it: House): Promise<void> => {
  for (const { sku } of SKUS.map((one) => aCell(one))) {
    const read = makeReadExpectedAvailability({ ...it, places: async () => new Map() });
    const promised = await read(sku, '2027-01-01');
    const positions = await it.ledger.listPositions(sku);
    const ordered = (await it.supply.listExpected(sku)).filter(({ kind }) => kind === 'purchase');
    const held = positions.map(({ onHand, inTransit }) => onHand + inTransit);
    const most = sum(held) + sum(ordered.map((supply) => supply.units));
    expect(promised.ok ? promised.value.promisable : Number.NaN).toBeLessThanOrEqual(most);
  }
};

describe.each([
  { name: 'in memory', make: makeInMemoryStock, numRuns: 300 },
  { name: 'on DynamoDB (in memory)', make: onDynamo, numRuns: 60 },
  { name: 'on DynamoDB that loses answers (in memory)', make: onLossyDynamo, numRuns: 60 },
])('supply and quarantine $name', ({ make, numRuns }) => {
  it('neither lose nor make a unit, in any interleaving and with any repetition', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8, size: 'max' }),
        async (waves) => {
          const it = house(make);
          for (const order of ORDERS) await it.run({ do: 'announce', order, revision: 1, mugs: 3, cups: 1 });
          for (const one of CELLS) await it.run({ do: 'receive', cell: one, key: 'late', quantity: 4 });
          for (const wave of waves) await Promise.all(wave.map(it.run));
          // Everything once more, from the end: what was late or repeated has had its effect, or may have it now.
          for (const next of [...waves.flat()].reverse()) await it.run(next);
          await checkCells(it);
          await checkOrders(it);
          await checkPromises(it);
        },
      ),
      { numRuns },
    );
  });
});
