import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  makeDynamoDecisionLog,
  makeDynamoDecisionQueries,
} from '../../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { makeDynamoRejections } from '../../../shared/sourcing/adapters/dynamo-rejections.ts';
import { makeDynamoStrategies } from '../../../shared/sourcing/adapters/dynamo-strategies.ts';
import { makeGetDecision, makeListDecisions } from '../../../shared/sourcing/application/read-decisions.ts';
import {
  makeActivateStrategy,
  makeDraftStrategy,
} from '../../../shared/sourcing/application/manage-strategies.ts';
import { decisionRecord } from '../../../shared/contracts/sourcing/decision.ts';
import { decideAgain } from '../../../console/cli/read-decisions.ts';
import { addVersion, newHead } from '../../../shared/sourcing/domain/strategy/strategy-head.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { aStrategy } from '../../support/sourcing/builders.ts';
import { aRecord, largestRecord } from '../../support/sourcing/records.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const table = () => ({ client: memoryClient(new MemoryDynamo()), tableName: 'sourcing' });

/** As DynamoDB weighs an item: attribute names and values in UTF-8, bytes as they are. */
const bytesOf = (item: Record<string, unknown>): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + name.length + (value instanceof Uint8Array ? value.length : Buffer.byteLength(String(value))),
    0,
  );

const recordOf = (name: string, at: string) => aRecord(ORDER, name, at);

describe('decisions in the table', () => {
  it('are found by their id and listed by their order, oldest first', async () => {
    const where = table();
    const [late, early] = [
      recordOf('a', '2026-11-23T10:00:00.000Z'),
      recordOf('b', '2026-11-23T09:00:00.000Z'),
    ];
    await makeDynamoDecisionLog(where).keep(late);
    await makeDynamoDecisionLog(where).keep(early);
    const decisions = makeDynamoDecisionQueries(where);
    expect(await decisions.find(late.decisionId)).toEqual(late);
    expect(await decisions.find(`${ORDER}.9.a`)).toBeUndefined();
    const listed = await makeListDecisions({ decisions })(ORDER);
    expect(listed.map(({ decisionId }) => decisionId)).toEqual([early.decisionId, late.decisionId]);
  });

  it('come out the same again on the other side of the API, and a changed one does not', async () => {
    const where = table();
    await makeDynamoDecisionLog(where).keep(recordOf('a', '2026-11-23T10:00:00.000Z'));
    const answer = await makeGetDecision({ decisions: makeDynamoDecisionQueries(where) })(`${ORDER}.1.a`);
    const record = decisionRecord.parse(JSON.parse(JSON.stringify(answer.ok ? answer.value : {})));
    expect(decideAgain(record)).toMatchObject({ inputsIntact: true, sameDecision: true });
    const forged = { ...record, inputs: { ...record.inputs, offers: record.inputs.offers.slice(1) } };
    expect(decideAgain(forged)).toMatchObject({ inputsIntact: false, sameDecision: false });
  });
});

describe('a decision that does not fit into one item', () => {
  it('lies in parts, none of them too large, and is found and listed whole', async () => {
    const memory = memoryClient(new MemoryDynamo());
    const bytes: number[] = [];
    const client = {
      send: (command: Parameters<typeof memory.send>[0]) => {
        if (command instanceof PutCommand) bytes.push(bytesOf(command.input.Item ?? {}));
        return memory.send(command);
      },
    } as typeof memory;
    const where = { client, tableName: 'sourcing' };
    const [large, small] = [largestRecord(ORDER, 'large'), recordOf('a', '2026-11-23T11:00:00.000Z')];
    await makeDynamoDecisionLog(where).keep(large);
    await makeDynamoDecisionLog(where).keep(small);

    expect(bytes.length).toBeGreaterThan(2);
    expect(Math.max(...bytes)).toBeLessThan(400 * 1_024);
    const decisions = makeDynamoDecisionQueries(where);
    const found = await decisions.find(large.decisionId);
    expect(isDeepStrictEqual(found, large)).toBe(true);
    expect((await decisions.listOfOrder(ORDER)).map(({ decisionId }) => decisionId)).toEqual([
      large.decisionId,
      small.decisionId,
    ]);
  });

  it('was not written at all as long as a part of it is missing', async () => {
    const memory = memoryClient(new MemoryDynamo());
    let puts = 0;
    const client = {
      send: (command: Parameters<typeof memory.send>[0]) => {
        if (command instanceof PutCommand && (puts += 1) === 2) throw new Error('throttled');
        return memory.send(command);
      },
    } as typeof memory;
    const where = { client, tableName: 'sourcing' };
    const large = largestRecord(ORDER, 'large');
    await expect(makeDynamoDecisionLog(where).keep(large)).rejects.toThrow('throttled');
    expect(await makeDynamoDecisionQueries(where).find(large.decisionId)).toBeUndefined();
    await makeDynamoDecisionLog(where).keep(large);
    expect(await makeDynamoDecisionQueries(where).find(large.decisionId)).toMatchObject({ orderId: ORDER });
  });
});

it('decisions that were kept before there was a dictionary are read as they were written', async () => {
  const where = table();
  const { inputs, decision, ...head } = recordOf('old', '2026-11-23T10:00:00.000Z');
  const keys = { pk: `ORDER#${ORDER}`, sk: `DECISION#${head.decisionId}` };
  const record = gzipSync(JSON.stringify({ inputs, decision }));
  await where.client.send(new PutCommand({ TableName: 'sourcing', Item: { ...keys, ...head, record } }));
  expect(await makeDynamoDecisionQueries(where).find(head.decisionId)).toEqual({ ...head, inputs, decision });
});

describe('strategies in the table', () => {
  const {
    strategyId: _,
    version: __,
    ...draft
  } = aStrategy([{ id: 'one', strength: 'hard', type: 'maxShipments', most: 1 }]);

  it('are active once activated, in the version that was', async () => {
    const strategies = makeDynamoStrategies(table());
    await makeDraftStrategy({ strategies })('s', draft);
    await makeDraftStrategy({ strategies })('s', { ...draft, name: 'second' });
    expect(await strategies.listInForce()).toEqual([]);
    await makeActivateStrategy({ strategies, now: () => '2026-11-23T09:00:00.000Z' })('s', 1);
    expect(await strategies.listInForce()).toEqual([{ strategy: { ...draft, strategyId: 's', version: 1 } }]);
    expect(await strategies.findVersion('s', 2)).toMatchObject({ name: 'second' });
    expect((await strategies.listHeads()).map(({ latest, active }) => [latest, active])).toEqual([[2, 1]]);
  });

  it('are written by one of two who write at once', async () => {
    const strategies = makeDynamoStrategies(table());
    const head = addVersion(newHead('s'));
    const saved = [draft, { ...draft, name: 'other' }].map((each) =>
      strategies.save(head, { ...each, strategyId: 's', version: 1 }),
    );
    expect((await Promise.all(saved)).sort()).toEqual([false, true]);
    expect(await strategies.save(head)).toBe(false);
  });
});

describe('rejections in the table', () => {
  it('count once, and are found back to a moment over midnight', async () => {
    const now = (): number => Date.parse('2026-11-23T00:30:00.000Z');
    const rejections = makeDynamoRejections({ ...table(), now });
    const told = [
      { nodeId: 'A', fulfilmentOrderId: 'f1', at: '2026-11-22T23:50:00.000Z' },
      { nodeId: 'A', fulfilmentOrderId: 'f1', at: '2026-11-22T23:50:00.000Z' },
      { nodeId: 'B', fulfilmentOrderId: 'f2', at: '2026-11-23T00:10:00.000Z' },
      { nodeId: 'B', fulfilmentOrderId: 'f3', at: '2026-11-22T20:00:00.000Z' },
    ];
    for (const each of told) await rejections.keep(each);
    const found = await rejections.since('2026-11-22T23:30:00.000Z');
    expect(found.map(({ fulfilmentOrderId }) => fulfilmentOrderId).sort()).toEqual(['f1', 'f2']);
  });
});
