import type { NodeId, Sku, SupplyId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Result } from '../../kernel/result.ts';
import type { Cell } from '../domain/cell.ts';
import type { ClaimGroup } from '../domain/claim-group.ts';
import type { LedgerEntry, Movement } from '../domain/ledger-entry.ts';
import type { Position } from '../domain/position.ts';
import type { ClaimId, Reservation } from '../domain/reservation.ts';
import type { ExpectedSupply, OpenSupply, SupplyOrder } from '../domain/supply/supply-order.ts';

/** Why nothing of an entry was written. Several may be true at once. */
export type CommitRefusal = {
  readonly type: 'refused';
  /** The reservation is not at the expected version: somebody else has moved it. */
  readonly reservationMoved: boolean;
  /** Ids of members, groups and supply orders that are not as expected. */
  readonly moved: readonly string[];
  /** Cells whose guard was false. */
  readonly guardFailed: readonly Cell[];
  /** Those of them that wanted free units and have soft claims, of which some may have expired. */
  readonly softAt: readonly Cell[];
  /** Cells that have already been changed under the change's key. */
  readonly keyUsed: readonly Cell[];
};

/**
 * The stock of record. `commit` writes an entry completely or not at all and answers only when it knows which; it
 * throws when it cannot know (a fault: the caller tries again, entries are safe to repeat). Reads see every commit
 * that was answered before they began.
 */
export type StockLedger = {
  /** How many cells one entry may change. */
  readonly cellsPerEntry: number;
  readonly commit: (entry: LedgerEntry) => Promise<Result<void, CommitRefusal>>;
  readonly findReservation: (reservationId: ClaimId) => Promise<Reservation | undefined>;
  /** Those that exist, in no particular order. */
  readonly findReservations: (ids: readonly ClaimId[]) => Promise<readonly Reservation[]>;
  readonly findGroups: (groupIds: readonly string[]) => Promise<readonly ClaimGroup[]>;
  /** The positions that exist among the cells, in no particular order. */
  readonly findPositions: (cells: readonly Cell[]) => Promise<readonly Position[]>;
  /** Every position of the SKU, by node. */
  readonly listPositions: (sku: Sku) => Promise<readonly Position[]>;
};

/** Purchase and transfer orders; the ledger writes them, together with what they do to cells. */
export type SupplyOrders = {
  readonly find: (supplyId: SupplyId) => Promise<SupplyOrder | undefined>;
  /** By number; `nodeId`: to it or from it. A page may hold fewer than asked for. Throws on a foreign cursor. */
  readonly listOpen: (
    filter: { readonly nodeId: NodeId | undefined; readonly kind: OpenSupply['kind'] | undefined },
    page: PageRequest,
  ) => Promise<Page<OpenSupply>>;
  /** What every cell of the SKU may still expect. */
  readonly listExpected: (sku: Sku) => Promise<readonly ExpectedSupply[]>;
};

export type Page<Entry> = { readonly items: readonly Entry[]; readonly cursor: string | undefined };
export type PageRequest = { readonly limit: number; readonly cursor: string | undefined };

export type DatedMovement = Movement & { readonly at: Instant };

/** What the ledger remembers. Throws on a cursor that it did not make. */
export type StockHistory = {
  /** Newest first. */
  readonly listMovements: (cell: Cell, page: PageRequest) => Promise<Page<DatedMovement>>;
};

/** Where soft claims lie that end at one instant. They are spread over `shards` lists, the earliest end first. */
export type DueClaims = {
  readonly shards: number;
  /** Cells with soft claims that end at or before that instant, of one shard; a cell once for each end. */
  readonly listDue: (shard: number, at: Instant, page: PageRequest) => Promise<Page<Cell>>;
};

/** Which SKUs there are. */
export type Catalogue = { readonly knownSkus: (skus: readonly Sku[]) => Promise<ReadonlySet<Sku>> };
/** Which nodes there are. */
export type Network = { readonly knownNodes: (nodeIds: readonly NodeId[]) => Promise<ReadonlySet<NodeId>> };

export type Clock = () => Instant;
