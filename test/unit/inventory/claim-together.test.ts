import { makeHeatGauge } from '../../../shared/inventory/adapters/heat-gauge.ts';
import { waitingClaimsIn } from '../../../shared/inventory/adapters/waiting-claims.ts';
import { makeClaimTogether } from '../../../shared/inventory/application/claim-together.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { askForGroup } from '../../../shared/inventory/domain/group-claims.ts';
import { aCell, aClock, anArrival, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const mug = aCell('MUG', 'DC');

const house = async (units: number) => {
  const { ledger } = makeInMemoryStock();
  const now = aClock();
  await ledger.commit({ at: now(), changes: [anArrival(mug, units)] });
  let commits = 0;
  const counting = { ...ledger, commit: (entry: Parameters<typeof ledger.commit>[0]) => { commits += entry.changes.length; return ledger.commit(entry); } }; // prettier-ignore
  const grouping = aGrouping(counting, now, true);
  const ask = async (number: number, quantity = 1): Promise<void> => {
    const draft = openClaim(aPlan([['DC', 'MUG', quantity]], number), undefined, now());
    if (draft.ok) await ledger.commit(askForGroup(draft.value, now()));
  };
  let ids = 0;
  return {
    ledger,
    ask,
    claimTogether: makeClaimTogether({ ledger: counting, now, newGroupId: () => `x${(ids += 1)}` }),
    reserve: makeReservePlan({ ledger: counting, now, grouping, baskets: NO_BASKETS }),
    release: makeReleaseReservation({ ledger: counting, now, grouping }),
    positionWrites: () => commits,
    statusOf: async (number: number) => (await ledger.findReservation(aReservation(number)))?.status,
    reserved: async () => (await ledger.findPositions([mug]))[0]?.reserved,
  };
};

describe('claiming together', () => {
  it('makes 250 claims with one write of their position', async () => {
    const { ask, claimTogether, positionWrites, reserved } = await house(1000);
    const numbers = Array.from({ length: 250 }, (_, index) => index + 1);
    for (const number of numbers) await ask(number);
    await claimTogether(numbers.map((number) => aReservation(number)));
    expect(await reserved()).toBe(250);
    expect(positionWrites()).toBe(1);
  });

  it('admits in the order of asking while it lasts, and a smaller claim behind one that does not fit', async () => {
    const { ask, claimTogether, statusOf, reserved } = await house(3);
    await ask(1, 2);
    await ask(2, 2);
    await ask(3, 1);
    await claimTogether([aReservation(1), aReservation(2), aReservation(3)]);
    expect([await statusOf(1), await statusOf(2), await statusOf(3)]).toEqual(['held', 'lost', 'held']);
    expect(await reserved()).toBe(3);
  });

  it('counts a claim once, however many gather it', async () => {
    const { ask, claimTogether, reserved } = await house(9);
    await ask(1, 2);
    await Promise.all([claimTogether([aReservation(1)]), claimTogether([aReservation(1)])]);
    await claimTogether([aReservation(1)]);
    expect(await reserved()).toBe(2);
  });

  it('writes nothing to the position of a SKU that is sold out', async () => {
    const { ask, claimTogether, positionWrites, statusOf } = await house(0);
    await ask(1);
    await claimTogether([aReservation(1)]);
    expect(await statusOf(1)).toBe('lost');
    expect(positionWrites()).toBe(0);
  });

  it('answers a reservation on a hot cell as the ordinary path does', async () => {
    const { reserve, reserved } = await house(1);
    const plan = aPlan([['DC', 'MUG', 1]]);
    expect(await reserve(plan)).toMatchObject({
      value: { outcome: 'reserved', shipments: plan.shipments },
    });
    expect(await reserve(plan)).toMatchObject({ value: { outcome: 'reserved' } });
    expect(await reserve(aPlan([['DC', 'MUG', 1]], 2))).toEqual({
      ok: true,
      value: { outcome: 'lost', cells: [mug] },
    });
    expect(await reserved()).toBe(1);
  });

  it('lets a claim that waits be released before it is made', async () => {
    const { ask, release, claimTogether, reserved } = await house(5);
    await ask(1);
    await release({ reservationId: aReservation(1), cause: 'superseded' });
    await claimTogether([aReservation(1)]);
    expect(await reserved()).toBe(0);
  });
});

describe('the waiting claims in a stream', () => {
  it('are found among other changes', () => {
    const draft = openClaim(aPlan([['DC', 'MUG', 1]]), undefined, '2026-11-23T09:00:00.000Z');
    if (!draft.ok) throw new Error('the plan of a test is sound');
    const { after } = askForGroup(draft.value, '2026-11-23T09:00:00.000Z').reservation;
    const image = (status: string) => ({
      name: 'MODIFY' as const,
      before: undefined,
      after: { entity: 'reservation', ...after, status },
    });
    expect(waitingClaimsIn([image('waiting'), image('held')])).toEqual([aReservation(1)]);
  });
});

describe('the heat of a cell', () => {
  it('rises with contention and falls when there has been none for a while', () => {
    let nowMs = 0;
    const changes: string[] = [];
    const heat = makeHeatGauge({ nowMs: () => nowMs, onChange: (_, state) => changes.push(state) });
    heat.noteContention(mug);
    heat.noteContention(mug);
    expect(heat.isHot(mug)).toBe(false);
    heat.noteContention(mug);
    expect(heat.isHot(mug)).toBe(true);
    nowMs = 29_000;
    heat.noteContention(mug);
    expect(heat.isHot(mug)).toBe(true);
    nowMs = 31_000;
    expect(heat.isHot(mug)).toBe(false);
    expect(changes).toEqual(['hot', 'cold']);
  });
});
