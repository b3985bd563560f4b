import type { StockLedger, SupplyOrders } from '../../../shared/inventory/application/ports.ts';
import { announceSupply } from '../../../shared/inventory/domain/supply/announce-supply.ts';
import { closeSupply } from '../../../shared/inventory/domain/supply/close-supply.ts';
import { departTransfer } from '../../../shared/inventory/domain/supply/depart-transfer.ts';
import { receiveSupply } from '../../../shared/inventory/domain/supply/receive-supply.ts';
import type { SupplyDecision } from '../../../shared/inventory/domain/supply/supply-decision.ts';
import type { SupplyOrder } from '../../../shared/inventory/domain/supply/supply-order.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { aCell, aNode, anArrival, aPurchase, aSku, aSupplyId, aTransfer } from './builders.ts';

const AT = '2026-11-23T09:00:00.000Z';
const ACTOR = 'key ops';
const mug = aCell('MUG', 'DC');

const decided = (decision: Result<SupplyDecision, unknown>): Required<SupplyDecision> => {
  if (!decision.ok || decision.value.entry === undefined) throw new Error('a test decides something');
  return { order: decision.value.order, entry: decision.value.entry };
};
const announced = (said: Parameters<typeof announceSupply>[0], known?: SupplyOrder) =>
  decided(announceSupply(said, known, AT));

/** What every place where supply orders lie must do, whatever it is made of. `make` hands out an empty one. */
export const describeSupplyOrders = (
  name: string,
  make: () => Promise<{ readonly ledger: StockLedger; readonly supply: SupplyOrders }>,
): void => {
  describe(`the supply orders ${name}`, () => {
    it('are found as they were written, and by what their cells may expect', async () => {
      const { ledger, supply } = await make();
      const { order, entry } = announced(aPurchase('PO-1', 'DC', { MUG: 5, CUP: 2 }));
      expect(await supply.find(order.supplyId)).toBeUndefined();
      expect(await ledger.commit(entry)).toEqual({ ok: true });
      expect(await supply.find(order.supplyId)).toEqual(order);
      expect(await supply.listExpected(mug.sku)).toEqual([
        { ...mug, supplyId: order.supplyId, kind: 'purchase', status: 'announced', expectedOn: '2026-12-01', units: 5 },
      ]); // prettier-ignore
    });

    it('keep a day that nobody knows as unknown', async () => {
      const { ledger, supply } = await make();
      const { order, entry } = announced({
        ...aPurchase('PO-1', 'DC', { MUG: 5 }),
        expectedOn: undefined,
      });
      await ledger.commit(entry);
      expect((await supply.find(order.supplyId))?.expectedOn).toBeUndefined();
      expect(await supply.listExpected(mug.sku)).toMatchObject([{ units: 5, expectedOn: undefined }]);
    });

    it('refuse what was decided on an order that has moved, and leave cells alone', async () => {
      const { ledger, supply } = await make();
      const { order, entry } = announced(aPurchase('PO-1', 'DC', { MUG: 5 }));
      await ledger.commit(entry);
      expect(await ledger.commit(entry)).toMatchObject({ refusal: { moved: [order.supplyId] } });
      const receive = (key: string) =>
        decided(
          receiveSupply(order, { key, lines: [{ sku: mug.sku, quantity: 2, quarantined: 1 }] }, ACTOR, AT),
        );
      expect(await ledger.commit(receive('a').entry)).toEqual({ ok: true });
      expect(await ledger.commit(receive('b').entry)).toMatchObject({
        refusal: { moved: [order.supplyId], guardFailed: [] },
      });
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 1, quarantined: 1 }]);
      expect(await supply.listExpected(mug.sku)).toMatchObject([{ units: 3 }]);
    });

    it('take a transfer out of what is free at its origin, all lines or none', async () => {
      const { ledger, supply } = await make();
      const here = aCell('MUG', 'STORE');
      await ledger.commit({ at: AT, changes: [anArrival(mug, 4), anArrival(aCell('CUP', 'DC'), 1)] });
      const { order, entry } = announced(aTransfer('TR-1', 'DC', 'STORE', { MUG: 3, CUP: 2 }));
      await ledger.commit(entry);
      const departs = (units: Record<string, number>) =>
        decided(
          departTransfer(
            order,
            {
              lines: Object.entries(units).map(([sku, quantity]) => ({ sku: aSku(sku), quantity })),
              expectedOn: '2026-12-05',
            },
            ACTOR,
            AT,
          ),
        );
      expect(await ledger.commit(departs({ MUG: 3, CUP: 2 }).entry)).toMatchObject({
        refusal: { moved: [], guardFailed: [aCell('CUP', 'DC')] },
      });
      const left = departs({ MUG: 3 });
      expect(await ledger.commit(left.entry)).toEqual({ ok: true });
      expect(await ledger.findPositions([mug])).toMatchObject([{ onHand: 1, inTransit: 0 }]);
      expect(await ledger.findPositions([here])).toMatchObject([{ onHand: 0, inTransit: 3 }]);
      expect(await supply.listExpected(mug.sku)).toMatchObject([
        { nodeId: 'STORE', status: 'inTransit', expectedOn: '2026-12-05', units: 3 },
      ]);
      expect(await supply.listExpected(aSku('CUP'))).toEqual([]);
      const lost = decided(closeSupply(left.order, { outcome: 'short', reason: 'stolen' }, ACTOR, AT));
      expect(await ledger.commit(lost.entry)).toEqual({ ok: true });
      expect(await ledger.findPositions([here])).toMatchObject([{ onHand: 0, inTransit: 0 }]);
      expect(await supply.listExpected(mug.sku)).toEqual([]);
    });

    it('forget what a cell expected when a later revision drops its line', async () => {
      const { ledger, supply } = await make();
      const { order, entry } = announced(aPurchase('PO-1', 'DC', { MUG: 5, CUP: 2 }));
      await ledger.commit(entry);
      const next = announced({ ...aPurchase('PO-1', 'DC', { CUP: 3 }), revision: 2 }, order);
      expect(await ledger.commit(next.entry)).toEqual({ ok: true });
      expect(await supply.listExpected(mug.sku)).toEqual([]);
      expect(await supply.listExpected(aSku('CUP'))).toMatchObject([{ units: 3 }]);
    });

    it('hold as many lines as they may have, at every step', async () => {
      const { ledger, supply } = await make();
      const units = (count: number, each: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`SKU-${index}`, each]));
      const take = async (decision: ReturnType<typeof decided>) => {
        expect(await ledger.commit(decision.entry)).toEqual({ ok: true });
        return decision.order;
      };
      const lines = Object.keys(units(30, 1)).map((sku) => ({ sku: aSku(sku), quantity: 3, quarantined: 1 }));
      const largest = await take(announced(aPurchase('PO-1', 'DC', units(90, 3))));
      const begun = await take(decided(receiveSupply(largest, { key: 'a', lines }, ACTOR, AT)));
      const delayed = { ...aPurchase('PO-1', 'DC', units(90, 3)), revision: 2, expectedOn: '2027-01-01' };
      const later = await take(announced(delayed, begun));
      await take(decided(closeSupply(later, { outcome: 'short', reason: 'bankrupt' }, ACTOR, AT)));
      const transfer = await take(announced(aTransfer('TR-1', 'DC', 'STORE', units(19, 2))));
      const leaves = { lines: undefined, expectedOn: '2027-01-01' };
      const underWay = await take(decided(departTransfer(transfer, leaves, ACTOR, AT)));
      await take(decided(closeSupply(underWay, { outcome: 'short', reason: 'sunk' }, ACTOR, AT)));
      expect(await supply.listExpected(aSku('SKU-0'))).toEqual([]);
    });

    it('are listed while they are open, by number, page by page, by node and kind', async () => {
      const { ledger, supply } = await make();
      const { order, entry } = announced(aPurchase('PO-2', 'STORE', { MUG: 5 }));
      await ledger.commit(entry);
      await ledger.commit(announced(aTransfer('TR-1', 'DC', 'STORE', { MUG: 3 })).entry);
      await ledger.commit(announced(aPurchase('PO-1', 'DC', { MUG: 1 })).entry);
      const all = async (filter: Parameters<SupplyOrders['listOpen']>[0], limit = 1) => {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await supply.listOpen(filter, { limit, cursor });
          found.push(...page.items.map(({ supplyId }) => supplyId));
          cursor = page.cursor;
        } while (cursor !== undefined);
        return found;
      };
      expect(await all({ nodeId: undefined, kind: undefined })).toEqual(['PO-1', 'PO-2', 'TR-1']);
      expect(await all({ nodeId: aNode('DC'), kind: undefined })).toEqual(['PO-1', 'TR-1']);
      expect(await all({ nodeId: aNode('STORE'), kind: 'transfer' })).toEqual(['TR-1']);
      const cancelled = decided(closeSupply(order, { outcome: 'cancelled', reason: 'dear' }, ACTOR, AT));
      await ledger.commit(cancelled.entry);
      expect(await all({ nodeId: undefined, kind: 'purchase' })).toEqual(['PO-1']);
      expect(await supply.find(aSupplyId('PO-2'))).toMatchObject({ status: 'cancelled', reason: 'dear' });
    });
  });
};
