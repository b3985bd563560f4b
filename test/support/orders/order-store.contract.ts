import { instantOf } from '../../../shared/kernel/instant.ts';
import { deriveOrderId } from '../../../shared/orders/adapters/derive-order-id.ts';
import type { OrderQueries, OrderStore, OrderSummary } from '../../../shared/orders/application/ports.ts';
import { requestCancellation } from '../../../shared/orders/domain/cancel-order.ts';
import { endBackorders } from '../../../shared/orders/domain/end-backorders.ts';
import { contentOf } from '../../../shared/orders/domain/move-units.ts';
import type { Order } from '../../../shared/orders/domain/order.ts';
import { placeOrder } from '../../../shared/orders/domain/place-order.ts';
import { recordRouting } from '../../../shared/orders/domain/route-order.ts';
import { AT, aChannelOrder, aLine, aStatedOrder, LATER, node, theSku, valueOf } from './builders.ts';

type Subject = { readonly store: OrderStore; readonly queries: OrderQueries };

const orderNumbered = (number: number, lines = [aLine()]) =>
  aChannelOrder(
    { channelOrderId: `order-${number}`, placedAt: instantOf(Date.parse(AT) + number * 60_000) },
    lines,
  );

const put = async (store: OrderStore, stated = orderNumbered(0), key?: string): Promise<Order> => {
  const orderId = deriveOrderId(stated);
  const { order: after, facts } = valueOf(placeOrder(orderId, stated, AT));
  const claim = key === undefined ? undefined : { key, bodyHash: JSON.stringify(stated), orderId };
  return valueOf(await store.write({ before: undefined, after, facts, stated: aStatedOrder(stated), claim }));
};

/** Routes all of the order: to the node, or to the backorders. */
const route = async (
  store: OrderStore,
  before: Order,
  to?: string,
  cancelAfterDays: number | null = null,
): Promise<Order> => {
  const considered = contentOf(before.lines, 'open');
  const shipments = to === undefined ? [] : [{ nodeId: node(to), lines: considered }];
  const routing = { revision: before.revision, considered, shipments, cancelAfterDays };
  const { decided } = valueOf(recordRouting(before, routing, LATER));
  if (!decided.changed) throw new Error('the routing changes nothing');
  return valueOf(await store.write({ before, after: decided.order, facts: decided.facts }));
};

/** What every keeper of orders does, whatever it is made of. */
export const describeOrderStore = (name: string, make: () => Promise<Subject>): void => {
  describe(`order store: ${name}`, () => {
    it('gives an order back as it was written', async () => {
      const { store, queries } = await make();
      const stated = orderNumbered(0, [
        aLine({ discount: 5, tax: 7 }),
        aLine({ lineId: '2', sku: 'Tasse/ä #2', quantity: 1, requiresShipping: false }),
      ]);
      const order = await route(store, await put(store, stated), 'DC-EAST');

      expect(await store.find(order.orderId)).toEqual(order);
      expect(await store.findWithStated(order.orderId)).toEqual({ order, stated: aStatedOrder(stated) });
      expect(await queries.findShipping(order.orderId)).toEqual({ shipTo: stated.shipTo });
      expect(await store.find(deriveOrderId(orderNumbered(9)))).toBeUndefined();
      expect(await queries.findHistory(deriveOrderId(orderNumbered(9)))).toBeUndefined();
    });

    it('lets one of many through that place the same order at once', async () => {
      const { store } = await make();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => put(store).then(String, () => 'stale')),
      );

      expect(answers.filter((answer) => answer !== 'stale')).toHaveLength(1);
    });

    it('refuses a change that was decided on an earlier state, and keeps nothing of it', async () => {
      const { store, queries } = await make();
      const before = await put(store);
      await route(store, before);
      const late = valueOf(requestCancellation(before, 'late', LATER));

      expect(await store.write({ before, after: late.order, facts: [] })).toEqual({
        ok: false,
        refusal: { type: 'stale' },
      });
      expect((await store.find(before.orderId))?.cancellation).toBeUndefined();
      const history = await queries.findHistory(before.orderId);
      expect(history?.timeline.map(({ version, type }) => [version, type])).toEqual([
        [1, 'OrderPlaced.v1'],
        [2, 'OrderBackordered.v1'],
      ]);
    });

    it('takes a change without facts', async () => {
      const { store } = await make();
      const before = await put(store);
      const after = { ...before, version: 2, channelVersion: 7 };

      expect(await store.write({ before, after, facts: [] })).toEqual({ ok: true, value: after });
      expect(await store.write({ before, after, facts: [] })).toMatchObject({ ok: false });
      expect(await store.find(before.orderId)).toEqual(after);
    });

    it('holds an idempotency key for one body, with an order and without', async () => {
      const { store } = await make();
      const first = await put(store, orderNumbered(1), 'caller#key');
      const { orderId } = first;
      const claim = { key: 'caller#key', bodyHash: JSON.stringify(orderNumbered(1)), orderId };

      await expect(put(store, orderNumbered(2), 'caller#key')).rejects.toThrow('keyReused');
      expect(await store.find(deriveOrderId(orderNumbered(2)))).toBeUndefined();
      expect(await store.keepClaim(claim, AT)).toMatchObject({ ok: true });
      expect(await store.keepClaim({ ...claim, bodyHash: 'other' }, AT)).toEqual({
        ok: false,
        refusal: { type: 'keyReused' },
      });
    });

    it('lists newest first, every order once, over pages of any size', async () => {
      const { store, queries } = await make();
      for (let number = 0; number < 23; number += 1) {
        const order = await put(store, orderNumbered(number));
        if (number % 3 === 0) await route(store, order, 'DC-EAST');
      }
      for (const limit of [1, 7, 23, 50]) {
        const seen: OrderSummary[] = [];
        let cursor: string | undefined;
        do {
          const page = valueOf(await queries.list({}, { limit, cursor }));
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.cursor;
        } while (cursor !== undefined);
        expect(seen.map((summary) => summary.channelOrderId)).toEqual(
          Array.from({ length: 23 }, (_, index) => `order-${22 - index}`),
        );
      }
    });

    it('filters by status, channel, node and time', async () => {
      const { store, queries } = await make();
      await put(store, orderNumbered(1));
      await route(store, await put(store, orderNumbered(2)), 'DC-EAST');
      await route(store, await put(store, orderNumbered(3)), 'DC-WEST');
      await route(store, await put(store, orderNumbered(4)));
      const listed = async (filter: Parameters<OrderQueries['list']>[0]) =>
        valueOf(await queries.list(filter, { limit: 10, cursor: undefined })).items.map((each) =>
          Number(each.channelOrderId.replace('order-', '')),
        );

      expect(await listed({ status: 'placed' })).toEqual([1]);
      expect(await listed({ status: 'inFulfilment' })).toEqual([3, 2]);
      expect(await listed({ status: 'backordered' })).toEqual([4]);
      expect(await listed({ status: 'shipped' })).toEqual([]);
      expect(await listed({ node: 'DC-WEST' })).toEqual([3]);
      expect(await listed({ channel: 'woocommerce' })).toEqual([]);
      expect(await listed({ from: orderNumbered(2).placedAt, to: orderNumbered(3).placedAt })).toEqual([
        3, 2,
      ]);
      expect(await listed({ from: orderNumbered(3).placedAt, to: orderNumbered(2).placedAt })).toEqual([]);
    });

    it('refuses a cursor that it did not make', async () => {
      const { queries } = await make();

      expect(await queries.list({}, { limit: 5, cursor: '"?"' })).toEqual({
        ok: false,
        refusal: { type: 'notACursor' },
      });
    });

    it('knows the orders that wait for a routing, oldest first', async () => {
      const { store, queries } = await make();
      const [second, first] = [await put(store, orderNumbered(2)), await put(store, orderNumbered(1))];
      await route(store, await put(store, orderNumbered(3)), 'DC-EAST');

      expect(await queries.listWaitingSince(LATER, 10)).toEqual([first.orderId, second.orderId]);
      expect(await queries.listWaitingSince(LATER, 1)).toEqual([first.orderId]);
      expect(await queries.listWaitingSince(AT, 10)).toEqual([]);
    });

    it('knows the backorders of a SKU, oldest first, until they are gone', async () => {
      const { store, queries } = await make();
      const second = await route(store, await put(store, orderNumbered(2)));
      const first = await route(store, await put(store, orderNumbered(1)));
      const red = theSku('MUG-RED');

      expect(await queries.listBackorders(red, 10)).toEqual([first.orderId, second.orderId]);
      expect(await queries.listBackorders(red, 1)).toEqual([first.orderId]);
      expect(await queries.listBackorders(theSku('MUG-BLUE'), 10)).toEqual([]);

      const { order: after } = valueOf(requestCancellation(first, 'gone', LATER));
      valueOf(await store.write({ before: first, after, facts: [] }));
      expect(await queries.listBackorders(red, 10)).toEqual([second.orderId]);
    });

    it('lists backorders of urgent and high orders first and of low ones last, oldest first among equals', async () => {
      const { store, queries } = await make();
      const priorities = [undefined, 'low', 'high', 'urgent', undefined] as const;
      const ids: string[] = [];
      for (const [index, priority] of priorities.entries()) {
        const asked = { ...orderNumbered(index + 1), priority };
        ids.push((await route(store, await put(store, asked))).orderId);
      }
      const [first, low, high, urgent, last] = ids;
      expect(await queries.listBackorders(theSku('MUG-RED'), 10)).toEqual([urgent, high, first, last, low]);
    });

    it('knows the orders whose backorders end, first ended first, until nothing of them waits', async () => {
      const { store, queries } = await make();
      const later = await route(store, await put(store, orderNumbered(1)), undefined, 3);
      const sooner = await route(store, await put(store, orderNumbered(2)), undefined, 2);
      await route(store, await put(store, orderNumbered(3)));
      const day = (days: number) => instantOf(Date.parse(LATER) + days * 86_400_000);

      expect(await queries.listEndingBackorders(day(1), 10)).toEqual([]);
      expect(await queries.listEndingBackorders(day(2), 10)).toEqual([sooner.orderId]);
      expect(await queries.listEndingBackorders(day(3), 10)).toEqual([sooner.orderId, later.orderId]);
      expect(await queries.listEndingBackorders(day(3), 1)).toEqual([sooner.orderId]);

      const ended = endBackorders(sooner, day(2));
      if (!ended.changed) throw new Error('nothing ends');
      valueOf(await store.write({ before: sooner, after: ended.order, facts: ended.facts }));
      expect(await queries.listEndingBackorders(day(3), 10)).toEqual([later.orderId]);
    });

    it('finds the backorders of an order with more SKUs than a transaction has actions', async () => {
      const { store, queries } = await make();
      const lines = Array.from({ length: 250 }, (_, index) =>
        aLine({ lineId: String(index), sku: `SKU-${index}`, quantity: 1 }),
      );
      const wide = await route(store, await put(store, orderNumbered(1, lines)));

      expect(await queries.listBackorders(theSku('SKU-249'), 10)).toEqual([wide.orderId]);
      expect(await queries.listBackorders(theSku('SKU-250'), 10)).toEqual([]);

      const { order: after } = valueOf(requestCancellation(wide, 'gone', LATER));
      valueOf(await store.write({ before: wide, after, facts: [] }));
      expect(await queries.listBackorders(theSku('SKU-249'), 10)).toEqual([]);
    });

    it('hands out every order once for the audit', async () => {
      const { store, queries } = await make();
      const put5 = await Promise.all([1, 2, 3, 4, 5].map((number) => put(store, orderNumbered(number))));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = valueOf(await queries.listAll({ limit: 4, cursor }));
        seen.push(...page.items.map((order) => order.orderId));
        cursor = page.cursor;
      } while (cursor !== undefined);

      expect(seen.sort()).toEqual(put5.map((order) => order.orderId).sort());
    });
  });
};
