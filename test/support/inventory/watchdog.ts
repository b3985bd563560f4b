import { makeDynamoBooks } from '../../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoProofStore } from '../../../shared/inventory/adapters/dynamo-proof-store.ts';
import {
  makeDynamoStockLedger,
  type StockTable,
} from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeAuditStock } from '../../../shared/inventory/application/audit-stock.ts';
import {
  makeConcludeProof,
  type ConcludeOutcome,
} from '../../../shared/inventory/application/conclude-proof.ts';
import {
  makeAuditDoubt,
  makeJudgePart,
  type JudgeOutcome,
} from '../../../shared/inventory/application/judge-part.ts';
import { makeProveCell, makeReadCell } from '../../../shared/inventory/application/prove-cell.ts';
import { makeReadStretch, type StretchOutcome } from '../../../shared/inventory/application/read-stretch.ts';
import { makeReportFinding } from '../../../shared/inventory/application/report-finding.ts';
import { makeStartProof, type ProofPlan } from '../../../shared/inventory/application/start-proof.ts';

export type WatchdogSize = {
  readonly segments: number;
  readonly parts: number;
  readonly historyShares: number;
  readonly pageSize: number;
  readonly pages: number;
  readonly size: number;
  readonly batch: number;
};
export const SMALL: WatchdogSize = {
  segments: 2, parts: 2, historyShares: 1, pageSize: 3, pages: 2, size: 4, batch: 2,
}; // prettier-ignore

const HOUR = 3_600_000;

/** The watchdog over a table, its workflow played in order; `pause` is called wherever the workflow or a judge waits. */
export const makeWatchdog = (
  table: StockTable,
  now: () => string,
  over: Partial<WatchdogSize> = {},
  pause: () => Promise<void> = async () => undefined,
) => {
  const size = { ...SMALL, ...over };
  let ids = 0;
  const books = makeDynamoBooks(table);
  const ledger = makeDynamoStockLedger(table);
  const proofs = makeDynamoProofStore({
    ...table,
    newId: () => `attempt-${(ids += 1)}`,
    nowMs: () => Date.parse(now()),
  });
  const proveCell = makeProveCell({ readCell: makeReadCell({ books, ledger, pause }) });
  const doubts = { books, ledger, now };
  const readStretch = makeReadStretch({ audit: makeAuditStock({ books, now }), proofs, limits: size });
  const report = makeReportFinding({ proofs, ledger, now });
  const judgePart = makeJudgePart({ ...doubts, proofs, proveCell, report, batch: size.batch, width: 2 });
  const conclude = makeConcludeProof({ proofs, proveCell, auditDoubt: makeAuditDoubt(doubts), now });

  const readSegment = async (input: ProofPlan['segments'][number]): Promise<StretchOutcome> => {
    let outcome = await readStretch(input);
    while (outcome.outcome === 'more') {
      await pause();
      outcome = await readStretch({ ...input, ...outcome });
    }
    return outcome;
  };
  const judge = async (input: ProofPlan['parts'][number]): Promise<JudgeOutcome> => {
    let outcome = await judgePart(input);
    while (outcome.outcome === 'more') {
      await pause();
      outcome = await judgePart({ ...input, ...outcome });
    }
    return outcome;
  };

  /** One run, from the schedule's call to its verdict. `turn` says whose history's share it is. */
  const run = async (): Promise<ConcludeOutcome> => {
    const plans: ProofPlan[] = [];
    await makeStartProof({
      ...size,
      now,
      everyMs: HOUR,
      workflow: { startProof: async (plan) => void plans.push(plan) },
    })();
    const [plan] = plans;
    if (plan === undefined) throw new Error('no proof was started');
    const segments = await Promise.all(plan.segments.map(readSegment));
    const parts = await Promise.all(plan.parts.map(judge));
    const { proofId, startedAt, history } = plan;
    return conclude({
      proofId,
      startedAt,
      history,
      counts: segments.map(({ counts }) => counts),
      tallies: parts.map(({ tally }) => tally),
    });
  };
  return { run, proofs, proveCell, ledger, books };
};
