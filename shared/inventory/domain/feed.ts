import type { NodeId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { maySpeakFor, type Actor } from './actor.ts';
import { LATENCY_MS } from './reconcile.ts';

/** A node's figures as they are at a moment (`snapshot`), or what has changed since it last spoke (`delta`). */
export type FeedKind = 'snapshot' | 'delta';

/** What a feed is known by: the same sequence of the same stream of the same node is the same feed, however often it is sent. */
export type FeedIdentity = {
  readonly stream: string;
  readonly sequence: number;
  /** Absent: the rows name their nodes. */
  readonly nodeId: NodeId | undefined;
};

export type FeedHeader = FeedIdentity & {
  readonly kind: FeedKind;
  /** When the node counted; a row may say it for itself. */
  readonly asOf: Instant;
};

/** What became of a row. `settling`: off, but latency may explain it; `unknown`: no figure, so nothing is said. */
export type RowOutcome = 'applied' | 'unchanged' | 'settling' | 'unknown' | 'stale' | 'rejected';

export const ROW_OUTCOMES = [
  'applied',
  'unchanged',
  'settling',
  'unknown',
  'stale',
  'rejected',
] as const satisfies readonly RowOutcome[];

export type FeedTally = Readonly<Record<RowOutcome, number>> & {
  /** Cells that we had known and that were off, by how many units in all, and how many of them were frozen. */
  readonly driftedCells: number;
  readonly driftedUnits: number;
  readonly frozenCells: number;
};

export const NOTHING_TALLIED: FeedTally = {
  applied: 0,
  unchanged: 0,
  settling: 0,
  unknown: 0,
  stale: 0,
  rejected: 0,
  driftedCells: 0,
  driftedUnits: 0,
  frozenCells: 0,
};

/**
 * A feed and how far it has come. It is taken in chunks of rows; each falls into pieces, one for each node that it
 * speaks of, which are applied one by one. Done when it is closed and every piece is applied.
 */
export type Feed = FeedHeader & {
  readonly feedId: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly closedAt?: Instant;
  readonly chunks: number;
  readonly rows: number;
  readonly pieces: number;
  readonly piecesApplied: number;
  readonly lastAppliedAt?: Instant;
  /** Why none of it could be read; then it is over. */
  readonly refused?: string;
  readonly tally: FeedTally;
};

export type FeedStatus = 'open' | 'applying' | 'done' | 'refused';

export const statusOf = (feed: Feed): FeedStatus => {
  if (feed.refused !== undefined) return 'refused';
  if (feed.closedAt === undefined) return 'open';
  return feed.piecesApplied < feed.pieces ? 'applying' : 'done';
};

export const finishedAt = (feed: Feed): Instant | undefined => {
  if (statusOf(feed) !== 'done' || feed.closedAt === undefined) return undefined;
  return feed.lastAppliedAt !== undefined && feed.lastAppliedAt > feed.closedAt
    ? feed.lastAppliedAt
    : feed.closedAt;
};

/** `<stream>.<sequence>`, or `<stream>.<sequence>.<nodeId>`: none of the parts holds a dot. */
export const feedIdOf = ({ stream, sequence, nodeId }: FeedIdentity): string =>
  [stream, String(sequence), ...(nodeId === undefined ? [] : [nodeId])].join('.');

/** A figure that is older than this says nothing any more, and what it is compared with is no longer kept. */
export const OLDEST_FIGURE_DAYS = 30;

export type MomentRefusal = 'liesInTheFuture' | 'isTooOld';

/** Whether figures as of that moment can be used. A node's clock may run ahead by as much as we allow for latency. */
export const checkMoment = (asOf: Instant, now: Instant): Result<Instant, MomentRefusal> => {
  const ageMs = Date.parse(now) - Date.parse(asOf);
  if (ageMs < -LATENCY_MS) return refuse('liesInTheFuture');
  if (ageMs > OLDEST_FIGURE_DAYS * 24 * 3600 * 1000) return refuse('isTooOld');
  return ok(asOf);
};

export const mayFeed = (actor: Actor, nodeId: NodeId | undefined): boolean =>
  actor.type === 'operator' || (nodeId !== undefined && maySpeakFor(actor, nodeId));
