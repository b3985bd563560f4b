import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { Result } from '../../kernel/result.ts';
import type { CloseFeedRefusal } from '../application/close-feed.ts';
import type { OpenFeedRefusal } from '../application/open-feed.ts';
import type { ChunkRefusal } from '../application/take-chunk.ts';
import { finishedAt, statusOf, type Feed } from '../domain/feed.ts';

const bodyOf = (feed: Feed) => {
  const { tally, lastAppliedAt: _, ...rest } = feed;
  const { driftedCells, driftedUnits, frozenCells, ...rows } = tally;
  return {
    ...rest,
    ...rows,
    status: statusOf(feed),
    finishedAt: finishedAt(feed),
    drift: { cells: driftedCells, units: driftedUnits, frozen: frozenCells },
  };
};

const refusalReply = ({
  type,
}: {
  readonly type: (OpenFeedRefusal | ChunkRefusal | CloseFeedRefusal)['type'];
}): Reply => {
  switch (type) {
    case 'unknownFeed':
      return problemReply('not-found', 'there is no such feed: open it first');
    case 'unknownNode':
      return problemReply('not-found', 'the network does not know this node');
    case 'notYourNode':
      return problemReply('forbidden', 'a node key feeds its own node');
    case 'liesInTheFuture':
      return problemReply('unprocessable', 'asOf lies in the future');
    case 'isTooOld':
      return problemReply('unprocessable', 'asOf is more than 30 days ago');
    case 'differentFeed':
      return problemReply('conflict', 'this sequence was opened with another kind or another asOf');
    case 'different':
      return problemReply('conflict', 'another content was sent under this chunk number');
    case 'closed':
      return problemReply('conflict', 'the feed is closed');
    case 'unreadable':
      return problemReply('unprocessable', 'the chunk cannot be read');
    case 'chunksMissing':
      return problemReply('conflict', 'the feed has another number of chunks');
  }
};

export const feedReply = (result: Result<Feed, OpenFeedRefusal | CloseFeedRefusal>): Reply => {
  if (result.ok) return reply(200, bodyOf(result.value));
  return result.refusal.type === 'chunksMissing'
    ? problemReply('conflict', `the feed has ${result.refusal.chunks} chunks: send the others, then close it`)
    : refusalReply(result.refusal);
};

export const chunkReply = (result: Result<{ readonly rows: number }, ChunkRefusal>): Reply => {
  if (result.ok) return reply(202, result.value);
  return result.refusal.type === 'unreadable'
    ? problemReply('unprocessable', result.refusal.reason)
    : refusalReply(result.refusal);
};

export const foundFeedReply = (feed: Feed | undefined): Reply =>
  feed === undefined ? problemReply('not-found', 'there is no such feed') : reply(200, bodyOf(feed));
