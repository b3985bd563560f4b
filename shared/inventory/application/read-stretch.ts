import { isHistoryDue, type Doubt, type HistoryShare } from '../domain/proof.ts';
import { makeTrialBalance } from '../domain/trial-balance.ts';
import type { makeAuditStock } from './audit-stock.ts';
import type { ProofStore, StretchCounts, StretchKey } from './books-ports.ts';

export type StretchCommand = StretchKey & {
  readonly segments: number;
  readonly history: HistoryShare;
  readonly cursor?: string | undefined;
  readonly counts: StretchCounts;
};
/** `more`: go on from the cursor with the next stretch. `counts` are those of the whole segment so far. */
export type StretchOutcome = {
  readonly outcome: 'more' | 'done';
  readonly cursor?: string | undefined;
  readonly stretch: number;
  readonly counts: StretchCounts;
};

export type StretchLimits = {
  /** Entries looked at in one read: small, so that a history that is not due is soon jumped over. */
  readonly pageSize: number;
  /** Reads in one stretch: it must end long before its executor does. */
  readonly pages: number;
  /** Cells and claims that a stretch may hold: what it cannot cancel out it puts down. */
  readonly size: number;
};

const add = (a: StretchCounts, b: StretchCounts): StretchCounts => ({
  cells: a.cells + b.cells,
  movements: a.movements + b.movements,
  reservations: a.reservations + b.reservations,
});

/** Reads the store on from a cursor, for as long as an executor may work, and puts down what does not cancel out. */
export const makeReadStretch =
  (deps: {
    readonly audit: ReturnType<typeof makeAuditStock>;
    readonly proofs: Pick<ProofStore, 'keepSheet'>;
    readonly limits: StretchLimits;
  }) =>
  async (command: StretchCommand): Promise<StretchOutcome> => {
    const { proofId, segment, segments, stretch, history } = command;
    const balance = makeTrialBalance(({ sku }) => isHistoryDue(sku, history));
    const doubts: Doubt[] = [];
    let counts: StretchCounts = { cells: 0, movements: 0, reservations: 0 };
    let cursor = command.cursor;
    let pages = 0;
    do {
      const page = await deps.audit({
        limit: deps.limits.pageSize,
        cursor,
        segment: { index: segment, of: segments },
        skipsHistoryOf: (sku) => !isHistoryDue(sku, history),
      });
      balance.addPage(page);
      doubts.push(...page.doubts);
      counts = add(counts, {
        cells: page.positionsChecked,
        movements: page.movementsChecked,
        reservations: page.reservationsChecked,
      });
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== undefined && pages < deps.limits.pages && balance.size() < deps.limits.size);
    const kept = await deps.proofs.keepSheet(
      { proofId, segment, stretch },
      { imbalances: balance.imbalances(), doubts },
      { cursor, counts },
    );
    return {
      outcome: kept.cursor === undefined ? 'done' : 'more',
      cursor: kept.cursor,
      stretch: stretch + 1,
      counts: add(command.counts, kept.counts),
    };
  };
