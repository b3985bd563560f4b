import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeClaimTogether } from '../../../shared/inventory/application/claim-together.ts';
import { claimNext, openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { askForGroup } from '../../../shared/inventory/domain/group-claims.ts';
import type { ClaimId, Reservation } from '../../../shared/inventory/domain/reservation.ts';
import { aCell, anArrival, aPlan } from '../../support/inventory/builders.ts';
import { MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { isWanted, measure, quantile, type BenchOptions, type Measure } from '../measures.ts';
import { makeRandom } from '../../../shared/sourcing/index.ts';
import { VirtualClock, VirtualTable } from './virtual-cloud.ts';

const HOT = aCell('DROP', 'DC');
const HOT_KEY = 'SKU#DROP';
/** What one partition key of DynamoDB takes in a second. */
const UNITS_PER_SECOND = 1_000;
const REQUESTS_PER_SECOND = 10_000;
/** One call to DynamoDB within its region, as its users see it. */
const CALL_MS = 4;
/** How long claims are gathered before they are made together. */
const GATHER_MS = 22;
/** More ask than there are units, so that the end of the sale is part of it. */
const DEMAND = 1.1;

const atMs = (ms: number): string => new Date(Date.parse('2026-11-23T09:00:00.000Z') + ms).toISOString();

const draftOf = (number: number): Reservation => {
  const draft = openClaim(aPlan([['DC', 'DROP', 1]], number), undefined, atMs(0));
  if (!draft.ok) throw new Error('a plan of one unit is sound');
  return draft.value;
};

const stockUp = async (memory: MemoryDynamo, units: number): Promise<void> => {
  const ledger = makeDynamoStockLedger({
    client: { send: async (c: unknown) => memory.execute(c) } as never,
    tableName: 'inventory',
  });
  await ledger.commit({ at: atMs(0), changes: [anArrival(HOT, units)] });
};

type Sale = {
  readonly hotUnits: number;
  readonly accepted: number;
  readonly soldOutMs: number;
  /** When as many had asked as there are units: nobody can sell out earlier. */
  readonly idealMs: number;
  readonly waits: readonly number[];
  readonly conflicts: number;
  readonly throttled: number;
};

/** The sale through Switchyard's own code: requests say that they wait, whoever gathers makes their claims together. */
const sellInGroups = async (units: number, seed: number): Promise<Sale> => {
  const clock = new VirtualClock();
  const table = new VirtualTable(clock, CALL_MS, UNITS_PER_SECOND);
  await stockUp(table.memory, units);
  const random = makeRandom(seed);
  const now = () => atMs(clock.nowMs);
  const wait = (attempt: number) => clock.wait(random.next() * 15 * 2 ** attempt);
  const ledger = makeDynamoStockLedger({ client: table.client, tableName: 'inventory', wait });
  let groups = 0;
  const claimTogether = makeClaimTogether({ ledger, now, newGroupId: () => `g${(groups += 1)}` });

  let waiting: { readonly id: ClaimId; readonly since: number }[] = [];
  const waits: number[] = [];
  let soldOutMs = 0;
  table.memory.onWrite = (before, after) => {
    if (after?.['pk'] !== HOT_KEY || after['entity'] !== 'position') return;
    if (Number(after['reserved']) > Number(before?.['reserved'] ?? 0)) soldOutMs = clock.nowMs;
  };

  const requests = Math.ceil(units * DEMAND);
  let arrivalMs = 0;
  let idealMs = 0;
  for (let number = 1; number <= requests; number += 1) {
    arrivalMs += random.exponential(1_000 / REQUESTS_PER_SECOND);
    if (number === units) idealMs = arrivalMs;
    clock.at(arrivalMs, () => {
      const asked = askForGroup(draftOf(number), now());
      void ledger.commit(asked).then(() => {
        waiting.push({ id: asked.reservation.after.reservationId, since: clock.nowMs });
      });
    });
  }
  // Gathering goes on while earlier gatherings are still being claimed: they do not disturb each other.
  for (let startMs = GATHER_MS; startMs < arrivalMs + 10 * GATHER_MS; startMs += GATHER_MS) {
    clock.at(startMs, () => {
      const gathered = waiting;
      waiting = [];
      if (gathered.length === 0) return;
      waits.push(...gathered.map(({ since }) => clock.nowMs - since));
      void claimTogether(gathered.map(({ id }) => id));
    });
  }
  const opening = table.written.get(HOT_KEY) ?? 0;
  await clock.run();
  const held = [...table.memory.items.values()].filter(
    (item) => item['entity'] === 'reservation' && item['status'] === 'held',
  );
  return {
    hotUnits: (table.written.get(HOT_KEY) ?? 0) - opening,
    accepted: held.length,
    soldOutMs,
    idealMs,
    waits,
    conflicts: table.conflicts,
    throttled: table.throttled,
  };
};

/** Write units on the hot key for one accepted claim by the ordinary transaction, metered on the real adapter. */
const transactionUnits = async (): Promise<number> => {
  const clock = new VirtualClock();
  const table = new VirtualTable(clock, CALL_MS, Number.MAX_SAFE_INTEGER);
  await stockUp(table.memory, 100);
  const ledger = makeDynamoStockLedger({ client: table.client, tableName: 'inventory' });
  clock.at(0, () => {
    void (async () => {
      for (let number = 1; number <= 100; number += 1) {
        await ledger.commit(claimNext(draftOf(number), ledger.cellsPerEntry, atMs(clock.nowMs)));
      }
    })();
  });
  await clock.run();
  return (table.written.get(HOT_KEY) ?? 0) / 100;
};

/**
 * A sale by counters that each take `UNITS_PER_SECOND` single conditional updates a second, first come first served,
 * run on the table's own conditions. A request that finds its counter sold out asks the next one.
 */
const sellByCounters = (units: number, shards: number, seed: number) => {
  const memory = new MemoryDynamo();
  const random = makeRandom(seed);
  const used = new Array<number>(shards).fill(0);
  for (let shard = 0; shard < shards; shard += 1) {
    memory.items.set(`S${shard}\nS`, { pk: `S${shard}`, sk: 'S', freeUnits: units / shards });
  }
  let accepted = 0;
  let soldOutMs = 0;
  let idealMs = 0;
  let arrivalMs = 0;
  for (let request = 1; accepted < units; request += 1) {
    arrivalMs += random.exponential(1_000 / REQUESTS_PER_SECOND);
    if (request === units) idealMs = arrivalMs;
    const first = random.below(shards);
    for (let attempt = 0; attempt < shards; attempt += 1) {
      const shard = (first + attempt) % shards;
      used[shard] = (used[shard] ?? 0) + 1;
      // The write is done when its counter's budget has come so far; a full queue is what makes the sale late.
      const doneMs = Math.max(arrivalMs, ((used[shard] ?? 0) / UNITS_PER_SECOND) * 1_000);
      const isAccepted = isTaken(memory, shard);
      if (isAccepted) {
        accepted += 1;
        soldOutMs = Math.max(soldOutMs, doneMs);
        break;
      }
    }
  }
  return { unitsPerAccepted: Math.max(...used) / accepted, overIdeal: soldOutMs / idealMs };
};

const isTaken = (memory: MemoryDynamo, shard: number): boolean => {
  try {
    memory.execute(
      new UpdateCommand({
        TableName: 'inventory',
        Key: { pk: `S${shard}`, sk: 'S' },
        UpdateExpression: 'ADD freeUnits :less',
        ConditionExpression: 'freeUnits >= :one',
        ExpressionAttributeValues: { ':one': 1, ':less': -1 },
      }),
    );
    return true;
  } catch {
    return false;
  }
};

/** I2: the sale of one hot SKU, in groups and by its peers, on a virtual clock. */
export const measureHotSku = async (options: BenchOptions): Promise<readonly Measure[]> => {
  if (!isWanted(options, 'I2')) return [];
  const units = 50_000;
  options.progress(`I2: selling ${units} units in groups`);
  const sale = await sellInGroups(units, options.seed);
  if (sale.accepted !== units) throw new Error(`sold ${sale.accepted} of ${units}`);
  options.progress('I2: selling by the peers');
  const transaction = await transactionUnits();
  const single = sellByCounters(units, 1, options.seed);
  const sharded = sellByCounters(units, 10, options.seed);
  const facts = { n: units, seed: options.seed };
  return [
    measure({
      ...facts,
      id: 'I2.hotWritesPerUnit',
      value: sale.hotUnits / sale.accepted,
      unit: 'write units',
      goal: '<= 0.02',
      peers: {
        transaction,
        conditionalUpdate: single.unitsPerAccepted,
        tenShards: sharded.unitsPerAccepted,
      },
      note: `all writes under the SKU's partition key, the kept movements and failed attempts included; ${sale.conflicts} conflicts, ${sale.throttled} throttles. A shard or a single update keeps no movement`,
    }),
    measure({
      ...facts,
      id: 'I2.selloutOverIdeal',
      value: sale.soldOutMs / sale.idealMs,
      unit: 'ratio',
      goal: '<= 1.01',
      peers: {
        transaction: (units * transaction * 1_000) / UNITS_PER_SECOND / sale.idealMs,
        conditionalUpdate: single.overIdeal,
        tenShards: sharded.overIdeal,
      },
      note: `virtual clock; ${CALL_MS} ms a call, ${UNITS_PER_SECOND} write units a second a key; ideal: when as many have asked as there are units, ${Math.round(sale.idealMs)} ms. Transaction: at the key's full rate, conflicts not counted`,
    }),
    measure({
      ...facts,
      id: 'I2.waitP99',
      value: quantile(sale.waits, 0.99),
      unit: 'ms',
      goal: '<= 25',
      peers: {},
      note: `from waiting to being gathered (every ${GATHER_MS} ms); median ${quantile(sale.waits, 0.5).toFixed(1)} ms`,
    }),
  ];
};
