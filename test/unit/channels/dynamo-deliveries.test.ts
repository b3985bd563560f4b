import { randomBytes } from 'node:crypto';
import { makeDeliveryTranslation } from '../../../shared/channels/adapters/delivery-translation.ts';
import { makeDynamoConnectionList } from '../../../shared/channels/adapters/dynamo/dynamo-connection-list.ts';
import { makeDynamoDeliveryClaim } from '../../../shared/channels/adapters/dynamo/dynamo-delivery-claim.ts';
import { makeDynamoDeliveryLog } from '../../../shared/channels/adapters/dynamo/dynamo-delivery-log.ts';
import { makeDynamoToldShipments } from '../../../shared/channels/adapters/dynamo/dynamo-told-shipments.ts';
import { translators } from '../../../shared/channels/adapters/translators.ts';
import { makeTranslateDelivery } from '../../../shared/channels/application/translate-delivery.ts';
import type { Delivery } from '../../../shared/channels/domain/delivery.ts';
import type { TableChange } from '../../../shared/platform/lambda/stream-handler.ts';
import { readExample } from '../../support/channels/examples.ts';
import { memoryAwsCall } from '../../support/channels/memory-aws-call.ts';
import { makeMemoryIntake } from '../../support/channels/memory-intake.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const aDelivery = (over: Partial<Delivery> = {}): Delivery => ({
  deliveryId: 'dlv_1',
  channel: 'shopify',
  connection: 'main',
  topic: 'orders/create',
  receivedAt: '2026-11-23T10:00:00.000Z',
  ...over,
});

const makeStore = () => {
  const dynamo = new MemoryDynamo();
  const changes: TableChange[] = [];
  dynamo.onWrite = (before, after) =>
    changes.push({ name: before === undefined ? 'INSERT' : 'MODIFY', before, after });
  const table = { client: memoryClient(dynamo), tableName: 'channels' };
  return {
    dynamo,
    changes,
    claim: makeDynamoDeliveryClaim(memoryAwsCall(dynamo), 'channels'),
    log: makeDynamoDeliveryLog(table),
    list: makeDynamoConnectionList(table),
    told: makeDynamoToldShipments(table),
  };
};

const ORDER = Buffer.from(readExample('shopify', 'order.beyond-2-53.json'));

const makeTranslation = (store: ReturnType<typeof makeStore>) => {
  const intake = makeMemoryIntake();
  const translate = makeTranslateDelivery({
    translatorOf: (channel) => translators[channel],
    intake,
    deliveries: store.log,
  });
  return { intake, run: makeDeliveryTranslation(translate, () => undefined) };
};

describe('the store of deliveries', () => {
  it('keeps one of fifty copies that come at once', async () => {
    const { claim, dynamo } = makeStore();
    const kept = await Promise.all(Array.from({ length: 50 }, () => claim.keep(aDelivery(), ORDER)));
    expect(kept.filter((outcome) => outcome === 'kept')).toHaveLength(1);
    expect(kept.filter((outcome) => outcome === 'keptBefore')).toHaveLength(49);
    expect(dynamo.items.size).toBe(1);
  });

  it.each([
    ['an order', ORDER, 1],
    ['what needs parts', randomBytes(1_200_000), 4],
    ['nothing', Buffer.alloc(0), 1],
  ])('gives back every byte of %s', async (_, body, items) => {
    const { claim, log, dynamo } = makeStore();
    expect(await claim.keep(aDelivery(), body)).toBe('kept');
    expect(dynamo.items.size).toBe(items);
    expect(Buffer.compare((await log.readBody('dlv_1')) ?? Buffer.from('-'), body)).toBe(0);
  });

  it('refuses what is too large for one transaction and writes nothing', async () => {
    const { claim, dynamo } = makeStore();
    expect(await claim.keep(aDelivery(), randomBytes(4_000_000))).toBe('tooLarge');
    expect(dynamo.items.size).toBe(0);
  });

  it('shows a delivery as received until its outcome is there, and the first outcome stays', async () => {
    const { claim, log } = makeStore();
    await claim.keep(aDelivery(), ORDER);
    expect(await log.find('dlv_1')).toEqual({ ...aDelivery(), status: 'received' });
    await log.recordOutcome(aDelivery(), { status: 'ignored', reason: 'a test order' });
    await log.recordOutcome(aDelivery(), { status: 'refused', reason: 'something else' });
    expect(await log.find('dlv_1')).toEqual({ ...aDelivery(), status: 'ignored', reason: 'a test order' });
    expect(await log.find('dlv_2')).toBeUndefined();
  });

  it("lists a connection's deliveries newest first, page by page", async () => {
    const { log } = makeStore();
    for (const minute of [1, 2, 3])
      await log.recordOutcome(
        aDelivery({ deliveryId: `dlv_${minute}`, receivedAt: `2026-11-23T10:0${minute}:00.000Z` }),
        { status: 'refused', reason: 'no' },
      );
    await log.recordOutcome(aDelivery({ connection: 'other' }), { status: 'refused', reason: 'no' });
    const ref = { channel: 'shopify', connection: 'main' } as const;
    const first = await log.list(ref, { limit: 2, cursor: undefined });
    const second = await log.list(ref, { limit: 2, cursor: first.cursor });
    const ids = [...first.items, ...second.items].map((item) => item.deliveryId);
    expect(ids).toEqual(['dlv_3', 'dlv_2', 'dlv_1']);
    await expect(log.list(ref, { limit: 2, cursor: 'nonsense' })).rejects.toThrow('is not a cursor');
    const other = { channel: 'shopify', connection: 'other' } as const;
    await expect(log.list(other, { limit: 2, cursor: first.cursor })).rejects.toThrow('is not a cursor');
  });
});

describe('the list of connections', () => {
  it('names those that are told things', async () => {
    const { list } = makeStore();
    await list.add({ channel: 'shopify', connection: 'main' }, true);
    await list.add({ channel: 'woocommerce', connection: 'quiet' }, false);
    expect(await list.tellable()).toEqual([{ channel: 'shopify', connection: 'main' }]);
  });
});

describe('shipments told', () => {
  it('are remembered', async () => {
    const { told } = makeStore();
    expect(await told.wasTold('ord_1.1.DC')).toBe(false);
    await told.recordTold('ord_1.1.DC', '2026-11-23T10:00:00.000Z');
    expect(await told.wasTold('ord_1.1.DC')).toBe(true);
  });
});

describe('the translation of deliveries', () => {
  it('makes an order of a stored delivery and says so on it', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    await store.claim.keep(aDelivery(), ORDER);
    await run(store.changes);
    expect([...intake.orders.keys()]).toEqual(['9200000000000000123']);
    expect(await store.log.find('dlv_1')).toMatchObject({ status: 'accepted' });
  });

  it('reads the body as the base64 that a stream record carries', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    await store.claim.keep(aDelivery(), ORDER);
    await run(
      store.changes.map((change) => ({
        ...change,
        after: {
          ...change.after,
          body: Buffer.from(change.after?.['body'] as Uint8Array).toString('base64'),
        },
      })),
    );
    expect(intake.orders.size).toBe(1);
  });

  it('puts a body of several parts together', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    const note = randomBytes(600_000).toString('base64');
    const body = JSON.stringify({ ...(JSON.parse(ORDER.toString()) as object), id: 77, note });
    await store.claim.keep(aDelivery(), Buffer.from(body));
    await run(store.changes);
    expect([...intake.orders.keys()]).toEqual(['77']);
  });

  it('lets what cannot be an order pass by, with its reason, and goes on to the next', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    await store.claim.keep(aDelivery({ deliveryId: 'dlv_0' }), Buffer.from('{"id":1}'));
    await store.claim.keep(aDelivery(), ORDER);
    await run(store.changes);
    expect(await store.log.find('dlv_0')).toMatchObject({
      status: 'refused',
      reason: expect.any(String) as unknown,
    });
    expect(intake.orders.size).toBe(1);
  });

  it('changes nothing when a batch comes again, and throws what is a fault of ours', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    await store.claim.keep(aDelivery(), ORDER);
    const batch = [...store.changes];
    await run(batch);
    await run(batch);
    expect(await store.log.find('dlv_1')).toMatchObject({ status: 'accepted' });
    const failing = makeTranslateDelivery({
      translatorOf: (channel) => translators[channel],
      intake: { ...intake, place: async () => Promise.reject(new Error('orders are away')) },
      deliveries: store.log,
    });
    await expect(makeDeliveryTranslation(failing, () => undefined)(batch)).rejects.toThrow('orders are away');
  });

  it('ignores an end of an order that is not known, and takes one that is', async () => {
    const store = makeStore();
    const { intake, run } = makeTranslation(store);
    const deleted = aDelivery({ deliveryId: 'dlv_d', channel: 'woocommerce', topic: 'order.deleted' });
    await store.claim.keep(deleted, Buffer.from('{"id":90210}'));
    await run(store.changes);
    expect(await store.log.find('dlv_d')).toMatchObject({ status: 'ignored' });
    expect(intake.orders.size).toBe(0);
  });
});
