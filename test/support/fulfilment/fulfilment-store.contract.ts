import type {
  FulfilmentOrderStore,
  FulfilmentQueries,
  WorkFilter,
} from '../../../shared/fulfilment/application/ports.ts';
import { accept, reject, ship, type DecisionResult } from '../../../shared/fulfilment/domain/answer-work.ts';
import type { FulfilmentOrder } from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import { nodeId, orderId } from '../../../shared/contracts/scalars.ts';
import { aLine, aWork, DC_EAST, LATER, ORDER, STORE_5, workIdAt } from './builders.ts';

type Subject = {
  readonly store: FulfilmentOrderStore;
  readonly queries: FulfilmentQueries;
};

const operator = { by: 'operator' } as const;
const decided = (decision: DecisionResult): FulfilmentOrder => {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.type}`);
  return decision.value.work;
};
const accepted = (work: FulfilmentOrder) => decided(accept(work, operator, LATER));
const rejected = (work: FulfilmentOrder) => decided(reject(work, operator, 'noCapacity', LATER));
const shipped = (work: FulfilmentOrder) =>
  decided(
    ship(
      work,
      operator,
      { lines: [aLine('1', 1)], tracking: { carrier: 'UPS', number: '1Z999AA10123456784' } },
      LATER,
    ),
  );

/** What every keeper of fulfilment orders does, whatever it is made of. */
export const describeFulfilmentStore = (name: string, make: () => Promise<Subject>): void => {
  describe(`fulfilment store: ${name}`, () => {
    it('finds what was created, and nothing else', async () => {
      const { store } = await make();
      await store.create(aWork());

      expect(await store.find(workIdAt('DC-EAST'))).toEqual(aWork());
      expect(await store.find(workIdAt('DC-WEST'))).toBeUndefined();
    });

    it('creates work once', async () => {
      const { store } = await make();

      expect(await store.create(aWork())).toBe('created');
      expect(await store.create(aWork({}, LATER))).toBe('exists');
      expect((await store.find(aWork().fulfilmentOrderId))?.requestedAt).toBe(aWork().requestedAt);
    });

    it('leaves work that has moved on as it is when it is created again', async () => {
      const { store } = await make();
      await store.create(aWork());
      await store.save(accepted(aWork()));

      expect(await store.create(aWork())).toBe('exists');
      expect((await store.find(aWork().fulfilmentOrderId))?.state.status).toBe('accepted');
    });

    it.each([
      ['accepted', accepted],
      ['rejected', rejected],
      ['shipped', shipped],
    ])('gives %s work back as it was saved', async (_status, become) => {
      const { store } = await make();
      await store.create(aWork());
      const next = become(aWork());

      expect(await store.save(next)).toBe('saved');
      expect(await store.find(next.fulfilmentOrderId)).toEqual(next);
    });

    it('takes one of two decisions that were made on the same version', async () => {
      const { store } = await make();
      await store.create(aWork());
      const outcomes = await Promise.all([store.save(accepted(aWork())), store.save(rejected(aWork()))]);

      expect([...outcomes].sort()).toEqual(['overtaken', 'saved']);
      expect((await store.find(aWork().fulfilmentOrderId))?.version).toBe(aWork().version + 1);
    });

    it('saves nothing of work that was never created', async () => {
      const { store } = await make();

      expect(await store.save(accepted(aWork()))).toBe('overtaken');
      expect(await store.find(aWork().fulfilmentOrderId)).toBeUndefined();
    });

    it('leaves a callback without moving the work on, and a decision made before it still stands', async () => {
      const { store } = await make();
      await store.create(aWork());
      const next = accepted(aWork());

      expect(await store.leaveToken(aWork().fulfilmentOrderId, { token: 't-1', for: 'answer' })).toEqual(
        aWork(),
      );
      expect(await store.save(next)).toBe('saved');
      expect(await store.leaveToken(next.fulfilmentOrderId, { token: 't-2', for: 'shipment' })).toEqual(next);
      expect((await store.find(next.fulfilmentOrderId))?.version).toBe(next.version);
    });

    it('leaves no callback with work that does not exist', async () => {
      const { store } = await make();

      expect(await store.leaveToken(workIdAt('DC-WEST'), { token: 't-1', for: 'answer' })).toBeUndefined();
      expect(await store.find(workIdAt('DC-WEST'))).toBeUndefined();
    });

    it('lists the work of one order, whatever has become of it', async () => {
      const { store, queries } = await make();
      await store.create(aWork());
      await store.create(aWork({ nodeId: STORE_5 }));
      await store.save(shipped(aWork()));

      expect(await queries.listByOrder(ORDER)).toMatchObject([
        { nodeId: DC_EAST, status: 'partlyShipped', lines: [{ shipped: 1 }, { shipped: 0 }] },
        { nodeId: STORE_5, status: 'requested', lines: [{ shipped: 0 }, { shipped: 0 }] },
      ]);
      expect(await queries.listByOrder(orderId.parse('ord_01h9v6q0x4m8c2k7r5t3w1y9zz'))).toEqual([]);
    });

    const fill = async (store: FulfilmentOrderStore): Promise<readonly FulfilmentOrder[]> => {
      const all = Array.from({ length: 7 }, (_, index) =>
        aWork({ fulfilmentOrderId: workIdAt('DC-EAST', 9 - index) }, `2026-11-23T09:3${index}:00.000Z`),
      );
      for (const work of all) await store.create(work);
      for (const work of all.slice(0, 2)) await store.save(accepted(work));
      for (const work of all.slice(2, 4)) await store.save(rejected(work));
      await store.create(aWork({ nodeId: STORE_5 }));
      return all;
    };
    const readAll = async (queries: FulfilmentQueries, filter: WorkFilter, limit: number) => {
      const seen: FulfilmentOrder[] = [];
      let cursor: string | undefined;
      do {
        const page = await queries.listByNode({ nodeId: DC_EAST, filter, limit, cursor });
        if (!page.ok) throw new Error(page.refusal.type);
        expect(page.value.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.value.items);
        cursor = page.value.cursor;
      } while (cursor !== undefined);
      return seen.map((work) => work.fulfilmentOrderId);
    };

    it.each([1, 2, 3, 50])(
      'lists the open work of a node once, oldest first, %i at a time',
      async (limit) => {
        const { store, queries } = await make();
        const all = await fill(store);
        const open = [...all.slice(0, 2), ...all.slice(4)].map((work) => work.fulfilmentOrderId);

        expect(await readAll(queries, 'open', limit)).toEqual(open);
      },
    );

    it.each([1, 2, 50])('lists the work of one status, %i at a time', async (limit) => {
      const { store, queries } = await make();
      const all = await fill(store);
      const idsOf = (from: number, to?: number) => all.slice(from, to).map((work) => work.fulfilmentOrderId);

      expect(await readAll(queries, 'accepted', limit)).toEqual(idsOf(0, 2));
      expect(await readAll(queries, 'rejected', limit)).toEqual(idsOf(2, 4));
      expect(await readAll(queries, 'requested', limit)).toEqual(idsOf(4));
      expect(await readAll(queries, 'shipped', limit)).toEqual([]);
    });

    it('lists nothing for a node without work, and refuses a cursor that it did not make', async () => {
      const { queries } = await make();
      const ask = (cursor: string | undefined) =>
        queries.listByNode({ nodeId: nodeId.parse('DC-WEST'), filter: 'open', limit: 5, cursor });

      expect(await ask(undefined)).toEqual({ ok: true, value: { items: [], cursor: undefined } });
      expect(await ask('not a cursor')).toEqual({ ok: false, refusal: { type: 'notACursor' } });
    });
  });
};
