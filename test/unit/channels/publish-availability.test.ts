import { makeQueueAvailability } from '../../../shared/channels/application/queue-availability.ts';
import { shareReads } from '../../../shared/channels/application/read-sellable.ts';
import type { PublicationMessage } from '../../../shared/channels/application/publication-ports.ts';
import { makePublicationWorld, SHOP } from '../../support/channels/publication-world.ts';
import { aCell, aSku } from '../../support/inventory/builders.ts';

const mug = aSku('MUG');
const changed = (...skus: readonly string[]): PublicationMessage => ({
  type: 'changed',
  ...SHOP,
  skus: skus.map(aSku),
});
const AT = '2026-11-25T10:00:00.000Z';
const once = (message: PublicationMessage) => ({ message, isRepeated: false });

describe('publishing what a shop may sell', () => {
  it('tells the sum over nodes, once, however many messages there are', async () => {
    const world = makePublicationWorld();
    world.put(aCell('MUG', 'DC'), 5);
    world.put(aCell('MUG', 'STORE'), 2);
    await world.workOff(SHOP, Array.from({ length: 100 }, () => once(changed('MUG')))); // prettier-ignore
    await world.workOff(SHOP, [once(changed('MUG'))]);
    expect(world.shown.get(mug)).toBe(7);
    expect(world.calls).toEqual([['MUG']]);
  });

  it('tells many SKUs in calls of as many as the shop takes', async () => {
    const world = makePublicationWorld();
    const skus = ['A', 'B', 'C', 'D', 'E'];
    for (const sku of skus) world.put(aCell(sku), 1);
    await world.workOff(SHOP, [once(changed(...skus))]);
    expect(world.calls.map((call) => call.length)).toEqual([3, 2]);
  });

  it('says nothing of a SKU that no node ever held', async () => {
    const world = makePublicationWorld();
    await world.workOff(SHOP, [once(changed('MUG'))]);
    expect(world.calls).toEqual([]);
  });

  it('tells again what was begun before: whether it arrived is not known', async () => {
    const faults = [{ error: new Error('no answer'), lost: true }];
    const world = makePublicationWorld({ faults });
    world.put(aCell('MUG'), 5);
    await world.workOff(SHOP, [once(changed('MUG'))]).catch(() => undefined);
    faults.push({ error: new Error('no answer'), lost: true });
    world.put(aCell('MUG'), 3);
    await expect(world.workOff(SHOP, [once(changed('MUG'))])).rejects.toThrow('no answer');
    world.put(aCell('MUG'), 5);
    await world.workOff(SHOP, [{ message: changed('MUG'), isRepeated: true }]);
    expect(world.shown.get(mug)).toBe(5);
  });

  it('buries what the shop refuses and tells the rest', async () => {
    const world = makePublicationWorld({ refuses: new Set([aSku('BAD')]) });
    world.put(aCell('BAD'), 1);
    world.put(aCell('MUG'), 2);
    expect(await world.publish({ ref: SHOP, skus: [aSku('BAD'), mug] })).toEqual({
      told: 1,
      refused: 1,
      left: 0,
    });
    expect(world.buried).toEqual([{ type: 'refused', sku: 'BAD', status: 422 }]);
    expect(world.shown).toEqual(new Map([[mug, 2]]));
  });

  it('leaves to the next turn what finds no time in this one, unsure of it or not', async () => {
    const world = makePublicationWorld({ secondsPerCall: 20 });
    const skus = Array.from({ length: 9 }, (_, index) => aSku(`S${index}`));
    for (const sku of skus) world.put(aCell(sku), 1);
    await world.workOff(SHOP, [
      once({ type: 'changed', ...SHOP, skus: skus.slice(0, 8) }),
      { message: { type: 'changed', ...SHOP, skus: skus.slice(8) }, isRepeated: true },
    ]);
    expect(world.calls).toHaveLength(2);
    expect(world.queue).toEqual([
      { type: 'changed', ...SHOP, skus: ['S8'], isUnsure: true },
      { type: 'changed', ...SHOP, skus: ['S6', 'S7'] },
    ]);
    await world.workOff(SHOP, world.queue.splice(0).map(once));
    expect(world.shown.size).toBe(9);
  });

  it('does not tell an older figure when a newer one was told', async () => {
    const world = makePublicationWorld();
    world.put(aCell('MUG'), 2);
    await world.policies.save({ channel: 'shopify', quota: 1 }, AT);
    const newer = { sku: mug, available: 9, version: 7, isLimited: true, policyVersion: 1 };
    await world.published.claim(SHOP, [newer], new Set(), AT);
    await world.workOff(SHOP, [{ message: changed('MUG'), isRepeated: true }]);
    expect(world.calls).toEqual([]);
  });

  it('says nothing while a policy holds the figure still, whichever process looks', async () => {
    const world = makePublicationWorld();
    await world.policies.save({ channel: 'shopify', quota: 4 }, AT);
    for (const units of [9, 8, 7]) {
      world.put(aCell('MUG'), units);
      await world.workOff(SHOP, [once(changed('MUG'))]);
      world.changeProcess();
    }
    expect(world.calls).toEqual([['MUG']]);
    world.put(aCell('MUG'), 3);
    await world.workOff(SHOP, [once(changed('MUG'))]);
    expect(world.shown.get(mug)).toBe(3);
  });

  it('tells a limit anew that was lifted meanwhile', async () => {
    const world = makePublicationWorld();
    world.put(aCell('MUG'), 9);
    const limit = { channel: 'shopify', sku: mug } as const;
    const publish = () => world.publish({ ref: SHOP, skus: [mug] });
    await world.policies.save({ ...limit, quota: 4 }, AT);
    await publish();
    await world.policies.withdraw(limit, AT);
    await publish();
    expect(world.shown.get(mug)).toBe(9);
    await world.policies.save({ ...limit, quota: 4 }, AT);
    await publish();
    expect(world.shown.get(mug)).toBe(4);
  });
});

describe('a changed policy', () => {
  it('of a SKU is told as a change of that SKU', async () => {
    const world = makePublicationWorld();
    world.put(aCell('MUG'), 20);
    await world.policies.save({ channel: 'shopify', sku: mug, quota: 4 }, AT);
    await world.settled();
    expect(world.queue).toEqual([changed('MUG')]);
    await world.workOff(SHOP, world.queue.splice(0).map(once));
    expect(world.shown.get(mug)).toBe(4);
    await world.policies.withdraw({ channel: 'shopify', sku: mug }, '2026-11-25T10:01:00.000Z');
    await world.settled();
    await world.workOff(SHOP, world.queue.splice(0).map(once));
    expect(world.shown.get(mug)).toBe(20);
  });

  it('of another shop is not told here', async () => {
    const world = makePublicationWorld();
    const other = { channel: 'shopify', connection: 'other' } as const;
    await world.policies.save({ ...other, sku: mug, quota: 4 }, AT);
    await world.settled();
    expect(world.queue).toEqual([]);
  });

  it('of all SKUs is told by a resync', async () => {
    const world = makePublicationWorld();
    for (const sku of ['A', 'B', 'C']) world.put(aCell(sku), 10);
    await world.policies.save({ channel: 'shopify', quota: 4 }, AT);
    await world.settled();
    while (world.queue.length > 0) await world.workOff(SHOP, world.queue.splice(0, 1).map(once));
    expect([...world.shown.values()]).toEqual([4, 4, 4]);
  });
});

describe('a resync', () => {
  const worldOfFive = async () => {
    const world = makePublicationWorld({ notSold: new Set([aSku('E')]), refuses: new Set([aSku('D')]) });
    for (const sku of ['A', 'B', 'C', 'D', 'E']) world.put(aCell(sku), 10);
    await world.publish({ ref: SHOP, skus: ['A', 'B', 'C'].map(aSku) });
    world.shown.set(aSku('B'), 99);
    world.shown.set(aSku('C'), undefined);
    return world;
  };

  it('repairs what differs, page by page, and reports how many', async () => {
    const world = await worldOfFive();
    const { resyncId } = await world.startResync(SHOP);
    await world.settled();
    while (world.queue.length > 0) await world.workOff(SHOP, world.queue.splice(0, 1).map(once));
    expect(await world.resyncs.find(SHOP, resyncId)).toMatchObject({
      status: 'done',
      page: 3,
      compared: 4,
      repaired: 2,
      refused: 1,
    });
    expect(['A', 'B', 'C'].map((sku) => world.shown.get(aSku(sku)))).toEqual([10, 10, 10]);
  });

  it('counts a page once when its message comes twice, and goes on to its end', async () => {
    const world = await worldOfFive();
    const { resyncId } = await world.startResync(SHOP);
    await world.settled();
    const [first] = world.queue;
    if (first === undefined) throw new Error('a resync begins with a message');
    const done = () => world.resyncs.find(SHOP, resyncId).then((resync) => resync?.status === 'done');
    await world.workOff(SHOP, [once(first), { message: first, isRepeated: true }]);
    for (let turns = 0; turns < 20 && !(await done()); turns += 1)
      await world.workOff(SHOP, world.queue.splice(0, 1).map(once));
    expect(await world.resyncs.find(SHOP, resyncId)).toMatchObject({ status: 'done', compared: 4 });
  });

  it('is begun once while it is under way', async () => {
    const world = makePublicationWorld();
    const first = await world.startResync(SHOP);
    expect(await world.startResync(SHOP)).toEqual(first);
  });
});

describe('shops that are told in one turn', () => {
  it('share what is read of a SKU', async () => {
    const read: (readonly string[])[] = [];
    const shared = shareReads(async (skus) => {
      read.push(skus);
      return skus.map((sku) => ({ ...aCell(sku), available: 1, version: 1 }));
    });
    await Promise.all([shared([mug]), shared([mug, aSku('CUP')])]);
    expect(await shared([mug])).toMatchObject([{ sku: 'MUG', available: 1 }]);
    expect(read).toEqual([['MUG'], ['CUP']]);
  });
});

describe('changes of stock', () => {
  it('are one message a shop, of the SKUs of which what can be sold has changed', async () => {
    const sent: PublicationMessage[] = [];
    const queueAvailability = makeQueueAvailability({
      list: { tellable: async () => [SHOP, { channel: 'woocommerce', connection: 'eu' }] },
      queue: { send: async (messages) => void sent.push(...messages) },
    });
    await queueAvailability([
      { sku: mug, available: 4, previousAvailable: 5 },
      { sku: mug, available: 3, previousAvailable: 4 },
      { sku: aSku('SAME'), available: 3, previousAvailable: 3 },
    ]);
    expect(sent).toEqual([
      { type: 'changed', channel: 'shopify', connection: 'main', skus: ['MUG'] },
      { type: 'changed', channel: 'woocommerce', connection: 'eu', skus: ['MUG'] },
    ]);
  });
});
