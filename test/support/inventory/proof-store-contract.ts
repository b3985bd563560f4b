import type { ProofStore, Sheet } from '../../../shared/inventory/application/books-ports.ts';
import type { StockLedger } from '../../../shared/inventory/application/ports.ts';
import { freeze } from '../../../shared/inventory/domain/freeze-cell.ts';
import { NO_UNITS } from '../../../shared/inventory/domain/position.ts';
import type { Finding, ProofRun } from '../../../shared/inventory/domain/proof.ts';
import { aBasket, aCell, anArrival, aReservation } from './builders.ts';

const AT = '2026-11-23T09:00:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';
const mug = aCell('MUG', 'DC');

const aSheet = (sku: string, claims = 0): Sheet => ({
  imbalances: [
    {
      cell: aCell(sku, 'DC'),
      unexplained: { ...NO_UNITS, onHand: 2 },
      unclaimed: -1,
      claims: Array.from({ length: claims }, (_, index) => aReservation(index + 1)),
      isSuspected: false,
    },
  ],
  doubts: [
    {
      about: { type: 'reservation', reservationId: aReservation(1) },
      violation: { subject: 'reservation 1', rule: 'a claim is made or undone', detail: 'waiting' },
    },
  ],
});
const end = (cursor: string | undefined, cells: number) => ({
  cursor,
  counts: { cells, movements: 0, reservations: 0 },
});
const aFinding: Finding = {
  subject: 'position DC#MUG',
  cell: mug,
  claims: [aReservation(1), aBasket(1)],
  violations: [{ subject: 'position DC#MUG', rule: 'reserved = open claims', detail: 'reserved 1' }],
  isFrozen: true,
  occurrence: 1,
  proofId: 'proof-1',
  foundAt: AT,
  status: 'open',
};
const aRun: ProofRun = {
  proofId: 'proof-1',
  startedAt: AT,
  endedAt: LATER,
  history: { index: 0, of: 4 },
  cells: 2,
  movements: 3,
  reservations: 1,
  lookedAt: 0,
  unsettled: 0,
  found: 0,
  open: 0,
};

const all = async (sheets: AsyncIterable<Sheet>): Promise<readonly Sheet[]> => {
  const found: Sheet[] = [];
  for await (const sheet of sheets) found.push(sheet);
  return found;
};

/** What every place must do where a proof puts down what it has read and found. `make` hands out an empty one. */
export const describeProofStore = (
  name: string,
  make: () => Promise<{ readonly ledger: StockLedger; readonly proofs: ProofStore }>,
): void => {
  describe(`the proofs of the books ${name}`, () => {
    it('keep the first sheet of a stretch, and say how that one ended', async () => {
      const { proofs } = await make();
      const key = { proofId: 'proof-1', segment: 0, stretch: 0 };
      expect(await proofs.keepSheet(key, aSheet('MUG'), end('there', 5))).toEqual(end('there', 5));
      expect(await proofs.keepSheet(key, aSheet('CUP'), end(undefined, 7))).toEqual(end('there', 5));
      await proofs.keepSheet({ ...key, stretch: 1 }, aSheet('POT'), end(undefined, 1));
      await proofs.keepSheet({ ...key, proofId: 'proof-2' }, aSheet('PAN'), end(undefined, 1));
      const sheets = await all(proofs.sheetsOf('proof-1'));
      const skus = sheets.flatMap(({ imbalances }) => imbalances.map(({ cell }) => cell.sku));
      expect(skus.sort()).toEqual(['MUG', 'POT']);
      expect(sheets.flatMap(({ doubts }) => doubts)).toHaveLength(2);
    });

    it('keep what is claimed for baskets as for orders', async () => {
      const { proofs } = await make();
      const sheet: Sheet = {
        imbalances: aSheet('MUG').imbalances.map((entry) => ({ ...entry, claims: [aBasket(1)] })),
        doubts: aSheet('MUG').doubts.map(({ violation }) => ({
          about: { type: 'reservation', reservationId: aBasket(1) },
          violation,
        })),
      };
      await proofs.keepSheet({ proofId: 'proof-1', segment: 0, stretch: 0 }, sheet, end(undefined, 1));
      const kept = await all(proofs.sheetsOf('proof-1'));
      expect(kept.flatMap(({ imbalances }) => imbalances)).toMatchObject([{ claims: [aBasket(1)] }]);
      expect(kept.flatMap(({ doubts }) => doubts)).toEqual(sheet.doubts);
    });

    it('keep a sheet that is larger than an item, its claims and figures each once', async () => {
      const { proofs } = await make();
      const claims = 25_000;
      await proofs.keepSheet(
        { proofId: 'proof-1', segment: 0, stretch: 0 },
        aSheet('MUG', claims),
        end(undefined, 1),
      );
      const kept = (await all(proofs.sheetsOf('proof-1'))).flatMap(({ imbalances }) => imbalances);
      expect(new Set(kept.flatMap((entry) => entry.claims)).size).toBe(claims);
      expect(kept.reduce((sum, { unclaimed }) => sum + unclaimed, 0)).toBe(-1);
      expect(kept.reduce((sum, { unexplained }) => sum + unexplained.onHand, 0)).toBe(2);
    });

    it('open a finding once, together with the freeze of its cell', async () => {
      const { proofs, ledger } = await make();
      await ledger.commit({ at: AT, changes: [anArrival(mug, 3)] });
      const freezing = freeze(mug, 'reserved 1', 'watchdog', LATER);
      expect(await proofs.openFinding(aFinding, freezing, LATER)).toBe('opened');
      expect(await ledger.findPositions([mug])).toMatchObject([{ frozen: { reason: 'reserved 1' } }]);
      expect(await proofs.openFinding(aFinding, undefined, LATER)).toBe('refused');
      expect(await proofs.findFinding(aFinding.subject)).toEqual(aFinding);
      expect(await proofs.openFindings()).toEqual([aFinding]);
    });

    it('open nothing when the freeze is not possible', async () => {
      const { proofs } = await make();
      const freezing = freeze(mug, 'reserved 1', 'watchdog', LATER);
      expect(await proofs.openFinding(aFinding, freezing, LATER)).toBe('refused');
      expect(await proofs.openFindings()).toEqual([]);
      expect(await proofs.openFinding(aFinding, undefined, LATER)).toBe('opened');
    });

    it('close a finding, and open it anew as another occurrence', async () => {
      const { proofs } = await make();
      await proofs.openFinding(aFinding, undefined, AT);
      await proofs.closeFinding(aFinding, LATER);
      await proofs.closeFinding(aFinding, LATER);
      expect(await proofs.openFindings()).toEqual([]);
      expect(await proofs.findFinding(aFinding.subject)).toMatchObject({ status: 'mended', mendedAt: LATER });
      expect(await proofs.openFinding(aFinding, undefined, LATER)).toBe('refused');
      expect(await proofs.openFinding({ ...aFinding, occurrence: 2 }, undefined, LATER)).toBe('opened');
    });

    it('remember the run that was started last', async () => {
      const { proofs } = await make();
      expect(await proofs.lastRun()).toBeUndefined();
      await proofs.rememberRun({ ...aRun, proofId: 'proof-2', startedAt: LATER });
      await proofs.rememberRun(aRun);
      expect(await proofs.lastRun()).toMatchObject({ proofId: 'proof-2' });
    });
  });
};
