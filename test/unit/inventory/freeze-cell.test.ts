import { makeClaimTogether } from '../../../shared/inventory/application/claim-together.ts';
import { makeFreezeCell, makeThawCell } from '../../../shared/inventory/application/freeze-cell.ts';
import { makeReadAvailability } from '../../../shared/inventory/application/read-stock.ts';
import { askForGroup } from '../../../shared/inventory/domain/group-claims.ts';
import { openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { aCell, aClock, anArrival, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const mug = aCell();
const doubt = { cell: mug, reason: 'the books do not balance', actor: 'watchdog' };

const withUnits = async (quantity: number) => {
  const { ledger } = makeInMemoryStock();
  const now = aClock();
  if (quantity > 0) await ledger.commit({ at: now(), changes: [anArrival(mug, quantity)] });
  return { ledger, now };
};

describe('freezing a cell', () => {
  it('offers nothing of it until it is thawed', async () => {
    const deps = await withUnits(5);
    const readAvailability = makeReadAvailability(deps);
    expect(await makeFreezeCell(deps)(doubt)).toMatchObject({ value: { changed: true } });
    expect(await readAvailability([mug.sku])).toEqual([]);
    expect(await makeThawCell(deps)({ ...doubt, reason: 'mended' })).toMatchObject({
      value: { changed: true, position: { onHand: 5 } },
    });
    expect(await readAvailability([mug.sku])).toEqual([{ ...mug, available: 5 }]);
  });

  it('keeps the first reason when it is frozen again', async () => {
    const deps = await withUnits(5);
    await makeFreezeCell(deps)(doubt);
    expect(await makeFreezeCell(deps)({ ...doubt, reason: 'another' })).toMatchObject({
      value: { changed: false, position: { frozen: { reason: doubt.reason } } },
    });
  });

  it('is refused where nothing was ever held', async () => {
    const deps = await withUnits(0);
    expect(await makeFreezeCell(deps)(doubt)).toEqual({ ok: false, refusal: { type: 'neverHeld' } });
    expect(await makeThawCell(deps)(doubt)).toEqual({ ok: false, refusal: { type: 'neverHeld' } });
  });

  it('lets claims that wait for their group lose', async () => {
    const deps = await withUnits(5);
    const draft = openClaim(aPlan([['DC', 'MUG', 1]]), undefined, deps.now());
    if (!draft.ok) throw new Error('the plan of a test is sound');
    await deps.ledger.commit(askForGroup(draft.value, deps.now()));
    await makeFreezeCell(deps)(doubt);
    await makeClaimTogether({ ...deps, newGroupId: () => 'G1' })([aReservation()]);
    expect(await deps.ledger.findReservation(aReservation())).toMatchObject({ status: 'lost' });
  });
});
