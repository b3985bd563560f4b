import { isDoubtful, type Violation } from '../domain/audit.ts';
import { freeze } from '../domain/freeze-cell.ts';
import type { Finding } from '../domain/proof.ts';
import type { ProofStore } from './books-ports.ts';
import type { Clock, StockLedger } from './ports.ts';

/** `wasFrozen`: the cell was frozen before anybody looked. */
export type OffSubject = Pick<Finding, 'subject' | 'cell' | 'about' | 'claims' | 'violations'> & {
  readonly wasFrozen?: boolean;
};

type Deps = {
  readonly proofs: Pick<ProofStore, 'findFinding' | 'openFinding'>;
  readonly ledger: Pick<StockLedger, 'commit'>;
  readonly now: Clock;
};

const ACTOR = 'watchdog';
/** The reason stands in every list of the cell: the first rule says enough, the finding says all. */
const reasonOf = (violations: readonly Violation[]): string => {
  const [first] = violations;
  return `${first?.rule ?? 'the books do not balance'}: ${first?.detail ?? ''}`.slice(0, 200);
};

/**
 * Says once that something is off, and freezes a cell whose figures are in doubt. A finding that is open already is not
 * said again; its cell is frozen again if somebody has thawed it without mending it.
 */
export const makeReportFinding =
  (deps: Deps) =>
  async (proofId: string, { wasFrozen = false, ...off }: OffSubject): Promise<'new' | 'known'> => {
    const at = deps.now();
    const doubtful = off.violations.filter(isDoubtful);
    const freezing =
      off.cell === undefined || doubtful.length === 0
        ? undefined
        : freeze(off.cell, reasonOf(doubtful), ACTOR, at);
    const known = await deps.proofs.findFinding(off.subject);
    if (known?.status === 'open') {
      if (freezing !== undefined) await deps.ledger.commit({ at, changes: [freezing] });
      return 'known';
    }
    const finding: Finding = {
      ...off,
      isFrozen: freezing !== undefined,
      occurrence: (known?.occurrence ?? 0) + 1,
      proofId,
      foundAt: at,
      status: 'open',
    };
    if ((await deps.proofs.openFinding(finding, freezing, at)) === 'opened') return 'new';
    // Frozen already, or there is no position to freeze: the finding stands by itself.
    const alone = await deps.proofs.openFinding({ ...finding, isFrozen: wasFrozen }, undefined, at);
    return alone === 'opened' ? 'new' : 'known';
  };
export type ReportFinding = ReturnType<typeof makeReportFinding>;
