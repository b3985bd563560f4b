import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Violation } from './audit.ts';
import type { Cell } from './cell.ts';
import type { ClaimId } from './reservation.ts';
import { partOf } from './strew.ts';

/**
 * Which SKUs have their history read in this run: one `of` that many, another one each run, so that after `of` runs
 * every movement has been added up. Counters, claims and freezes of every cell are proven in every run.
 */
export type HistoryShare = { readonly index: number; readonly of: number };

export const isHistoryDue = (sku: Sku, { index, of }: HistoryShare): boolean => partOf(sku, of) === index;

/** Something other than a cell that broke a rule when it was read. */
export type Doubt = {
  readonly about:
    | { readonly type: 'reservation'; readonly reservationId: ClaimId }
    | { readonly type: 'group'; readonly groupId: string }
    | { readonly type: 'item'; readonly key: string };
  readonly violation: Violation;
};

/** What was found to be off, until it is proven to be mended. `occurrence` counts how often it was. */
export type Finding = {
  readonly subject: string;
  readonly cell?: Cell;
  readonly about?: Doubt['about'];
  /** Claims on the cell that its movements do not explain: who proves it again has to look at them too. */
  readonly claims?: readonly ClaimId[];
  readonly violations: readonly Violation[];
  readonly isFrozen: boolean;
  readonly occurrence: number;
  readonly proofId: string;
  readonly foundAt: Instant;
  readonly status: 'open' | 'mended';
  readonly mendedAt?: Instant;
};

/** What a run has read and found. `unsettled` cells changed whenever they were looked at; the next run sees to them. */
export type ProofRun = {
  readonly proofId: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly history: HistoryShare;
  readonly cells: number;
  readonly movements: number;
  readonly reservations: number;
  readonly lookedAt: number;
  readonly unsettled: number;
  readonly found: number;
  readonly open: number;
};
