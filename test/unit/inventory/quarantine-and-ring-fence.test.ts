import { moveOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { makeMoveStock } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeReadAvailability } from '../../../shared/inventory/application/read-stock.ts';
import { makeSetRingFence } from '../../../shared/inventory/application/set-ring-fence.ts';
import { aCell, aClock, anArrival, aNode, aPlan } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';

const OPERATOR = { type: 'operator', name: 'key ops' } as const;
const mug = aCell('MUG', 'DC');
const reason = 'a broken pallet';

const house = async (units = 5) => {
  const { ledger, history } = makeInMemoryStock();
  const now = aClock();
  const known = { knownSkus: async () => new Set([mug.sku]), knownNodes: async () => new Set([mug.nodeId]) };
  const deps = { ledger, now, catalogue: known, network: known };
  await ledger.commit({ at: now(), changes: [anArrival(mug, units)] });
  const moveStock = makeMoveStock(deps);
  return {
    history,
    move: (body: Parameters<typeof moveOf>[1]) => moveStock(moveOf(mug, body), OPERATOR),
    fence: makeSetRingFence(deps),
    readAvailability: makeReadAvailability({ ledger, now }),
    reserve: makeReservePlan({ ledger, now, grouping: aGrouping(ledger, now), baskets: NO_BASKETS }),
  };
};

describe('quarantine', () => {
  it('takes units out of what is offered, once under a key, and gives them back', async () => {
    const { move, readAvailability } = await house();
    const away = { kind: 'quarantine', key: 'q1', quantity: 3, reason } as const;
    await move(away);
    expect(await move(away)).toMatchObject({ value: { onHand: 2, quarantined: 3 } });
    expect(await readAvailability([mug.sku])).toEqual([{ ...mug, available: 2 }]);
    expect(await move({ kind: 'clear', key: 'q1', quantity: 1, reason: 'passed' })).toMatchObject({
      value: { onHand: 3, quarantined: 2 },
    });
  });

  it('is emptied by a write-off that leaves on hand alone', async () => {
    const { move, history } = await house();
    await move({ kind: 'quarantine', key: 'q1', quantity: 3, reason });
    const gone = await move({
      kind: 'writeOff',
      from: 'quarantine',
      key: 'w1',
      quantity: 3,
      reason: 'scrapped',
    });
    expect(gone).toMatchObject({ value: { onHand: 2, quarantined: 0 } });
    const { items } = await history.listMovements(mug, { limit: 1, cursor: undefined });
    expect(items).toMatchObject([
      { kind: 'writeOff', onHandDelta: 0, quarantinedDelta: -3, actor: 'key ops', reason: 'scrapped' },
    ]);
  });

  it('gives and takes no more than there is', async () => {
    const { move } = await house(1);
    expect(await move({ kind: 'quarantine', key: 'a', quantity: 2, reason })).toEqual({
      ok: false,
      refusal: { type: 'notThatManyOnHand', onHand: 1 },
    });
    await move({ kind: 'quarantine', key: 'b', quantity: 1, reason });
    expect(await move({ kind: 'clear', key: 'c', quantity: 2, reason })).toEqual({
      ok: false,
      refusal: { type: 'notThatManyInQuarantine', quarantined: 1 },
    });
  });
});

describe('a ring-fence', () => {
  const fenced = (units: number, key = `f${units}`) => ({ cell: mug, key, units, reason: 'for the launch' });

  it('is told beside what is available, which stays the whole number', async () => {
    const { fence, readAvailability } = await house();
    expect(await fence(fenced(2), OPERATOR)).toMatchObject({ value: { onHand: 5, ringFence: 2 } });
    expect(await readAvailability([mug.sku])).toEqual([{ ...mug, available: 5, ringFenced: 2 }]);
    await fence(fenced(9), OPERATOR);
    expect(await readAvailability([mug.sku])).toEqual([{ ...mug, available: 5, ringFenced: 5 }]);
    await fence(fenced(0), OPERATOR);
    expect(await readAvailability([mug.sku])).toEqual([{ ...mug, available: 5 }]);
  });

  it('has its effect once under a key', async () => {
    const { fence } = await house();
    await fence(fenced(2), OPERATOR);
    await fence(fenced(4), OPERATOR);
    expect(await fence(fenced(2), OPERATOR)).toMatchObject({ value: { ringFence: 4 } });
  });

  it('keeps no claim from its units: routing decides whose they are', async () => {
    const { fence, reserve } = await house();
    await fence(fenced(5), OPERATOR);
    expect(await reserve(aPlan([['DC', 'MUG', 5]]))).toMatchObject({ value: { outcome: 'reserved' } });
  });

  it('is refused to a node that speaks for another', async () => {
    const { fence } = await house();
    const store = { type: 'node', name: 'key s', nodeId: aNode('STORE') } as const;
    expect(await fence(fenced(1), store)).toEqual({ ok: false, refusal: { type: 'notYourNode' } });
  });
});
