import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { StoredPosition, Violation } from '../domain/audit.ts';
import type { Cell } from '../domain/cell.ts';
import type { ClaimGroup } from '../domain/claim-group.ts';
import type { CellChange } from '../domain/ledger-entry.ts';
import type { Counters } from '../domain/position.ts';
import type { CellEvidence, ClaimAtCell } from '../domain/prove-cell.ts';
import type { Doubt, Finding, ProofRun } from '../domain/proof.ts';
import type { ClaimId, Reservation } from '../domain/reservation.ts';
import type { Imbalance } from '../domain/trial-balance.ts';
import type { DatedMovement, PageRequest } from './ports.ts';

/** An item that is not what it says it is; of a cell, if its key still names one. */
export type UnreadableItem = {
  readonly key: string;
  readonly cell: Cell | undefined;
  readonly problem: string;
};

/** What one page of the store holds. Pages come in no particular order, and each shows another moment. */
export type StorePage = {
  readonly positions: readonly StoredPosition[];
  /** What each movement changes. */
  readonly movements: readonly (Cell & Counters)[];
  readonly reservations: readonly Reservation[];
  readonly groups: readonly ClaimGroup[];
  readonly unreadable: readonly UnreadableItem[];
  readonly cursor: string | undefined;
};

/** `limit` bounds the entries looked at. */
export type StoreRequest = PageRequest & {
  /** One of `of` disjoint segments, which may be read side by side; absent: the whole store. */
  readonly segment?: { readonly index: number; readonly of: number };
  /** SKUs whose history is jumped over: it is most of a store. */
  readonly skipsHistoryOf?: (sku: Sku) => boolean;
};

/** The store as an auditor reads it: nothing in it makes him stop. Throws on a cursor that it did not make. */
export type Books = {
  readonly scan: (request: StoreRequest) => Promise<StorePage>;
  /** The cell as it is stored now; `version` 0: it is not, or its version cannot be read either. */
  readonly readPosition: (
    cell: Cell,
  ) => Promise<Pick<CellEvidence, 'position' | 'positionProblem' | 'version'>>;
  /** The cell's movements, every one that was answered before, newest first. */
  readonly readMovements: (
    cell: Cell,
    page: PageRequest,
  ) => Promise<{
    readonly movements: readonly DatedMovement[];
    readonly unreadable: readonly string[];
    readonly cursor: string | undefined;
  }>;
  /** The claims that exist among the ids, as they are stored now. */
  readonly readReservations: (
    ids: readonly ClaimId[],
  ) => Promise<{ readonly reservations: readonly Reservation[]; readonly unreadable: readonly string[] }>;
  /** Whether an item that could not be read is gone or mended. */
  readonly isReadable: (key: string) => Promise<boolean>;
};

/** What a stretch of a proof has read. */
export type Sheet = { readonly imbalances: readonly Imbalance[]; readonly doubts: readonly Doubt[] };
export type StretchCounts = {
  readonly cells: number;
  readonly movements: number;
  readonly reservations: number;
};
export type StretchEnd = { readonly cursor: string | undefined; readonly counts: StretchCounts };
export type StretchKey = { readonly proofId: string; readonly segment: number; readonly stretch: number };

/** Where a proof puts down what it has read, and what is off until it is mended. */
export type ProofStore = {
  /** Keeps the first sheet of a stretch, and answers how that one ended: a stretch that is read again counts once. */
  readonly keepSheet: (key: StretchKey, sheet: Sheet, end: StretchEnd) => Promise<StretchEnd>;
  /** Every kept sheet of a proof, one by one. */
  readonly sheetsOf: (proofId: string) => AsyncIterable<Sheet>;
  readonly findFinding: (subject: string) => Promise<Finding | undefined>;
  readonly openFindings: () => Promise<readonly Finding[]>;
  /**
   * Opens a finding, states the fact of it and makes `change`, all or nothing. `refused`: the finding is open already,
   * or the change is not possible.
   */
  readonly openFinding: (
    finding: Finding,
    change: CellChange | undefined,
    at: Instant,
  ) => Promise<'opened' | 'refused'>;
  /** Closes it, if nobody else has. */
  readonly closeFinding: (finding: Finding, at: Instant) => Promise<void>;
  readonly lastRun: () => Promise<ProofRun | undefined>;
  /** Remembers the run unless a later one is known. */
  readonly rememberRun: (run: ProofRun) => Promise<void>;
};

/** A cell proven by itself, with what an operator needs to understand it. */
export type ProvenCell = {
  readonly cell: Cell;
  /** `unsettled`: it changed whenever it was read. */
  readonly verdict: 'clean' | 'off' | 'unsettled';
  readonly violations: readonly Violation[];
  readonly position?: StoredPosition | undefined;
  /** Claims that count here, or that did not end as their movements say. */
  readonly claims: readonly ClaimAtCell[];
  readonly lastMovements: readonly DatedMovement[];
};
