import { ok, refuse, type Result } from '../../kernel/result.ts';
import { positionSubject, type Violation } from '../domain/audit.ts';
import type { Cell } from '../domain/cell.ts';
import { mendCell, type Mending, type MendRefusal as Unmendable } from '../domain/mend-cell.ts';
import type { Counters, Position } from '../domain/position.ts';
import { auditCell } from '../domain/prove-cell.ts';
import type { ProofStore } from './books-ports.ts';
import type { Clock, StockLedger } from './ports.ts';
import type { ReadCellEvidence } from './prove-cell.ts';

export type MendCommand = Mending & { readonly cell: Cell; readonly isDryRun: boolean };
export type MendOutcome = {
  readonly outcome: 'mended' | 'wouldMend';
  readonly violations: readonly Violation[];
  readonly before: Position | undefined;
  readonly counters: Counters;
};
/** `unsettled`: the cell changes whenever it is read; freeze it first. */
export type MendRefusal = Unmendable | { readonly type: 'unsettled' };

const ATTEMPTS = 5;

/** Makes a cell's counters what its movements and the open claims say, and writes down that it did. */
export const makeMendCell =
  (deps: {
    readonly readCell: ReadCellEvidence;
    readonly ledger: Pick<StockLedger, 'commit'>;
    readonly proofs: Pick<ProofStore, 'findFinding'>;
    readonly now: Clock;
  }) =>
  async (command: MendCommand): Promise<Result<MendOutcome, MendRefusal>> => {
    const { cell, isDryRun } = command;
    const finding = await deps.proofs.findFinding(positionSubject(cell));
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const read = await deps.readCell(cell, finding?.claims ?? []);
      if (!read.isSettled) return refuse({ type: 'unsettled' });
      const at = deps.now();
      const mended = mendCell(read.evidence, command, at);
      if (!mended.ok) return mended;
      const { change, counters } = mended.value;
      const outcome = {
        violations: auditCell(read.evidence),
        before: read.evidence.position,
        counters,
      };
      if (isDryRun) return ok({ outcome: 'wouldMend', ...outcome });
      const written = await deps.ledger.commit({ at, changes: [change] });
      if (written.ok) return ok({ outcome: 'mended', ...outcome });
    }
    return refuse({ type: 'unsettled' });
  };
