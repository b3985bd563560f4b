import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from '../domain/cell.ts';
import type { CountTask } from '../domain/count-task.ts';
import type { DriftScore, ToldPosition } from '../domain/told.ts';
import type { NodeDrift } from '../domain/drift.ts';
import type { Feed, FeedHeader, FeedTally, RowOutcome } from '../domain/feed.ts';
import type { BookedMovement } from '../domain/reconcile.ts';
import type { Page, PageRequest } from './ports.ts';

/** A chunk of a feed as it came. `digest` tells whether it is the same when it comes again. */
export type FeedChunk = {
  readonly feedId: string;
  readonly chunk: number;
  /** The number of its first row in the whole feed, the header being row 1. */
  readonly firstRow: number;
  readonly rows: number;
  readonly digest: string;
  /** One piece for each: the nodes that its rows name. */
  readonly nodeIds: readonly NodeId[];
};

export type PieceId = { readonly feedId: string; readonly chunk: number; readonly nodeId: NodeId };

/** A row worth a word in the result. */
export type RowNote = {
  readonly row: number;
  readonly outcome: RowOutcome;
  readonly reason: string;
  readonly sku?: string;
  readonly nodeId?: string;
  readonly isFrozen?: boolean;
};

/** Cells of which a snapshot said what we knew: nothing is written on them, this is kept instead. */
export type Confirmation = { readonly sku: Sku; readonly asOf: Instant };

/** What is known of a node's feeds. */
export type NodeFeeds = {
  readonly version: number;
  /** The newest moment that a snapshot of the node has told of. */
  readonly newestAsOf?: Instant;
  readonly drift?: NodeDrift;
};

export type PieceResult = PieceId & {
  readonly at: Instant;
  readonly tally: FeedTally;
  readonly notes: readonly RowNote[];
  readonly confirmed: readonly Confirmation[];
  readonly node: NodeFeeds;
};

/** Feeds and how far they have come. Every write is conditional; what comes twice has its effect once. */
export type FeedStore = {
  /** The feed as it is stored: a new one, or the one that was opened under this identity before. */
  readonly open: (header: FeedHeader, by: string, at: Instant) => Promise<Feed>;
  readonly find: (feedId: string) => Promise<Feed | undefined>;
  /** `known`: it was registered before, the same. `different`: another content has that number. `closed`: too late. */
  readonly register: (chunk: FeedChunk) => Promise<'new' | 'known' | 'different' | 'closed'>;
  readonly findChunk: (feedId: string, chunk: number) => Promise<FeedChunk | undefined>;
  /** Closes the feed if it has that many chunks; false when it has not. Closing again changes nothing. */
  readonly close: (feedId: string, chunks: number, at: Instant) => Promise<boolean>;
  readonly refuse: (feedId: string, reason: string, at: Instant) => Promise<void>;
  readonly isApplied: (piece: PieceId) => Promise<boolean>;
  /** Keeps the result of a piece, once, and adds it to the feed's tally. Throws when the node's feeds have moved on. */
  readonly finish: (result: PieceResult) => Promise<void>;
  readonly findNode: (nodeId: NodeId) => Promise<NodeFeeds>;
  /** What snapshots of the node with figures newer than `asOf` have confirmed: the newest moment of each SKU. */
  readonly confirmedSince: (nodeId: NodeId, asOf: Instant) => Promise<ReadonlyMap<Sku, Instant>>;
  readonly listNotes: (feedId: string, page: PageRequest) => Promise<Page<RowNote>>;
};

/** Positions with what feeds have to know of them, and the movements near a moment. */
export type CellBook = {
  readonly findCells: (cells: readonly Cell[]) => Promise<readonly ToldPosition[]>;
  readonly movementsSince: (cell: Cell, from: Instant) => Promise<readonly BookedMovement[]>;
};

/** The chunks themselves, as they came. */
export type ChunkArchive = {
  readonly put: (chunk: Pick<FeedChunk, 'feedId' | 'chunk' | 'digest'>, text: string) => Promise<void>;
  readonly get: (chunk: Pick<FeedChunk, 'feedId' | 'chunk' | 'digest'>) => Promise<string>;
};

/** Hands pieces over to be applied: those of one node one after the other, in the order in which they were handed over. */
export type PieceQueue = { readonly send: (pieces: readonly PieceId[]) => Promise<void> };

export type CountTasks = {
  readonly find: (cell: Cell) => Promise<CountTask | undefined>;
  readonly list: (nodeId: NodeId | undefined, page: PageRequest) => Promise<Page<CountTask>>;
};

export type DriftingCell = Cell & DriftScore & { readonly difference: number };

export type DriftBook = {
  readonly list: (nodeId: NodeId, page: PageRequest) => Promise<Page<DriftingCell>>;
};
