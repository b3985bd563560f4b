import type { Instant } from '../../kernel/instant.ts';
import type { Finding, HistoryShare, ProofRun } from '../domain/proof.ts';
import type { ProofStore, StretchCounts } from './books-ports.ts';
import type { JudgeTally, makeAuditDoubt } from './judge-part.ts';
import type { Clock } from './ports.ts';
import type { ProveCell } from './prove-cell.ts';

export type ConcludeCommand = {
  readonly proofId: string;
  readonly startedAt: Instant;
  readonly history: HistoryShare;
  readonly counts: readonly StretchCounts[];
  readonly tallies: readonly JudgeTally[];
};
/** `discrepancies`: something new is off. `findings` are all that are open, as whoever is woken reads them. */
export type ConcludeOutcome = {
  readonly outcome: 'inOrder' | 'discrepancies';
  readonly run: ProofRun;
  readonly findings: readonly string[];
};

/** Sentences in a message that a person reads. */
const NAMED = 20;

const sentence = ({ subject, violations }: Finding): string =>
  `${subject}: ${violations.map(({ rule, detail }) => `${rule} (${detail})`).join('; ')}`.slice(0, 500);

const sum = <Entry>(entries: readonly Entry[], of: (entry: Entry) => number): number =>
  entries.reduce((total, entry) => total + of(entry), 0);

/** Ends a run: what was off before and is not any more is mended; what was read and found is remembered. */
export const makeConcludeProof = (deps: {
  readonly proofs: Pick<ProofStore, 'openFindings' | 'closeFinding' | 'rememberRun'>;
  readonly proveCell: ProveCell;
  readonly auditDoubt: ReturnType<typeof makeAuditDoubt>;
  readonly now: Clock;
}) => {
  const isMended = async ({ cell, claims, about, violations }: Finding): Promise<boolean> => {
    if (cell !== undefined) return (await deps.proveCell(cell, claims)).verdict === 'clean';
    const [violation] = violations;
    if (about === undefined || violation === undefined) return false;
    return (await deps.auditDoubt({ about, violation })).length === 0;
  };

  return async (command: ConcludeCommand): Promise<ConcludeOutcome> => {
    const open: Finding[] = [];
    for (const finding of await deps.proofs.openFindings()) {
      // What this run has found, it has just looked at.
      if (finding.proofId !== command.proofId && (await isMended(finding)))
        await deps.proofs.closeFinding(finding, deps.now());
      else open.push(finding);
    }
    const { proofId, startedAt, history, counts, tallies } = command;
    const run: ProofRun = {
      proofId,
      startedAt,
      endedAt: deps.now(),
      history,
      cells: sum(counts, ({ cells }) => cells),
      movements: sum(counts, ({ movements }) => movements),
      reservations: sum(counts, ({ reservations }) => reservations),
      lookedAt: sum(tallies, ({ lookedAt }) => lookedAt),
      unsettled: sum(tallies, ({ unsettled }) => unsettled),
      found: sum(tallies, ({ found }) => found),
      open: open.length,
    };
    await deps.proofs.rememberRun(run);
    return {
      outcome: run.found === 0 ? 'inOrder' : 'discrepancies',
      run,
      findings: open.slice(0, NAMED).map(sentence),
    };
  };
};
