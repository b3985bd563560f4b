import { auditGroup, auditReservation, positionSubject, type Violation } from '../domain/audit.ts';
import { cellKey } from '../domain/cell.ts';
import type { Doubt } from '../domain/proof.ts';
import { partOf } from '../domain/strew.ts';
import { makeTrialBalance, type Imbalance } from '../domain/trial-balance.ts';
import type { Books, ProofStore } from './books-ports.ts';
import type { Clock, StockLedger } from './ports.ts';
import type { ProveCell } from './prove-cell.ts';
import type { ReportFinding } from './report-finding.ts';

export type JudgeCommand = {
  readonly proofId: string;
  /** The cells whose key falls into this part, so that no judge holds more than its share of a store. */
  readonly part: number;
  readonly parts: number;
  /** Cells up to this key are judged. */
  readonly after?: string | undefined;
  readonly tally: JudgeTally;
};
export type JudgeTally = { readonly lookedAt: number; readonly unsettled: number; readonly found: number };
export type JudgeOutcome = {
  readonly outcome: 'more' | 'done';
  readonly after?: string | undefined;
  readonly tally: JudgeTally;
};

export type JudgeDeps = {
  readonly proofs: Pick<ProofStore, 'sheetsOf'>;
  readonly ledger: Pick<StockLedger, 'findReservations' | 'findGroups'>;
  readonly books: Pick<Books, 'isReadable'>;
  readonly proveCell: ProveCell;
  readonly report: ReportFinding;
  readonly now: Clock;
  /** Suspects looked at in one call, and side by side. */
  readonly batch: number;
  readonly width: number;
};

/** Claims that a finding remembers. */
const CLAIMS_NAMED = 100;

const collect = async ({ proofs }: JudgeDeps, { proofId, part, parts }: JudgeCommand) => {
  const balance = makeTrialBalance();
  const doubts = new Map<string, Doubt>();
  for await (const sheet of proofs.sheetsOf(proofId)) {
    balance.addSheet(sheet.imbalances.filter(({ cell }) => partOf(cellKey(cell), parts) === part));
    for (const doubt of sheet.doubts) {
      const { subject } = doubt.violation;
      if (partOf(subject, parts) === part) doubts.set(subject, doubt);
    }
  }
  const suspects = balance
    .suspects()
    .map((suspect) => ({ key: cellKey(suspect.cell), suspect }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return { suspects, doubts: [...doubts.values()] };
};

/** What is still wrong with it when it is read once more. */
export const makeAuditDoubt =
  ({ ledger, books, now }: Pick<JudgeDeps, 'ledger' | 'books' | 'now'>) =>
  async ({ about, violation }: Doubt): Promise<readonly Violation[]> => {
    const nowMs = Date.parse(now());
    switch (about.type) {
      case 'reservation':
        return (await ledger.findReservations([about.reservationId])).flatMap((reservation) =>
          auditReservation(reservation, nowMs),
        );
      case 'group':
        return (await ledger.findGroups([about.groupId])).flatMap((group) => auditGroup(group, nowMs));
      case 'item':
        return (await books.isReadable(about.key)) ? [] : [violation];
    }
  };

type Judged = 'clean' | 'unsettled' | 'new' | 'known';

/**
 * Holds what a proof has read of a part of the cells against each other. What does not add up is only suspected, since
 * pages show different moments: it is believed when the cell, read by itself, is off.
 */
export const makeJudgePart = (deps: JudgeDeps) => {
  const auditDoubt = makeAuditDoubt(deps);

  const judgeCell = async (proofId: string, { cell, claims }: Imbalance): Promise<Judged> => {
    const proven = await deps.proveCell(cell, claims);
    if (proven.verdict !== 'off') return proven.verdict;
    const unexplained = proven.claims.filter(({ open, moved }) => open !== moved).slice(0, CLAIMS_NAMED);
    return deps.report(proofId, {
      subject: positionSubject(cell),
      cell,
      violations: proven.violations,
      wasFrozen: proven.position?.frozen !== undefined,
      claims: unexplained.map(({ reservationId }) => reservationId),
    });
  };
  const judgeDoubt = async (proofId: string, doubt: Doubt): Promise<Judged> => {
    const violations = await auditDoubt(doubt);
    if (violations.length === 0) return 'clean';
    return deps.report(proofId, { subject: doubt.violation.subject, about: doubt.about, violations });
  };

  return async (command: JudgeCommand): Promise<JudgeOutcome> => {
    const { proofId, after } = command;
    const { suspects, doubts } = await collect(deps, command);
    const due = suspects.filter(({ key }) => after === undefined || key > after);
    const batch = due.slice(0, deps.batch);
    const work = [
      ...batch.map(
        ({ suspect }) =>
          () =>
            judgeCell(proofId, suspect),
      ),
      ...(after === undefined ? doubts.map((doubt) => () => judgeDoubt(proofId, doubt)) : []),
    ];
    const judged: Judged[] = [];
    for (let start = 0; start < work.length; start += deps.width) {
      judged.push(...(await Promise.all(work.slice(start, start + deps.width).map((judge) => judge()))));
    }
    const count = (what: Judged): number => judged.filter((each) => each === what).length;
    const isMore = batch.length < due.length;
    return {
      outcome: isMore ? 'more' : 'done',
      after: isMore ? batch.at(-1)?.key : undefined,
      tally: {
        lookedAt: command.tally.lookedAt + judged.length,
        unsettled: command.tally.unsettled + count('unsettled'),
        found: command.tally.found + count('new'),
      },
    };
  };
};
