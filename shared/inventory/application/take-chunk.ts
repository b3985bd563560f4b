import type { NodeId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { mayFeed, type Feed } from '../domain/feed.ts';
import type { Actor } from '../domain/actor.ts';
import type { ChunkArchive, FeedStore, PieceQueue } from './feed-ports.ts';

/** Reads as much of a chunk as has to be known to take it. */
export type CheckChunk = (
  feed: Pick<Feed, 'kind' | 'nodeId' | 'asOf'>,
  text: string,
) => Result<{ readonly rows: number; readonly nodeIds: readonly NodeId[] }, string>;

export type ChunkCommand = {
  readonly feedId: string;
  readonly chunk: number;
  readonly firstRow: number;
  readonly text: string;
};

export type ChunkRefusal =
  | { readonly type: 'unknownFeed' | 'notYourNode' | 'closed' | 'different' }
  | { readonly type: 'unreadable'; readonly reason: string };

export type TakeChunkDeps = {
  readonly feeds: Pick<FeedStore, 'find' | 'register'>;
  readonly chunks: Pick<ChunkArchive, 'put'>;
  readonly queue: PieceQueue;
  readonly checkChunk: CheckChunk;
  readonly digestOf: (text: string) => string;
};

/**
 * Takes a chunk: keeps it, registers it and hands its pieces over, in this order, so that whatever dies in between is
 * mended by sending it again. The same chunk under the same number has its effect once; another one is refused.
 */
export const makeTakeChunk =
  (deps: TakeChunkDeps) =>
  async (command: ChunkCommand, actor: Actor): Promise<Result<{ readonly rows: number }, ChunkRefusal>> => {
    const { feedId, chunk, firstRow, text } = command;
    const feed = await deps.feeds.find(feedId);
    if (feed === undefined) return refuse({ type: 'unknownFeed' });
    if (!mayFeed(actor, feed.nodeId)) return refuse({ type: 'notYourNode' });
    const checked = deps.checkChunk(feed, text);
    if (!checked.ok) return refuse({ type: 'unreadable', reason: checked.refusal });
    const taken = { feedId, chunk, firstRow, digest: deps.digestOf(text), ...checked.value };
    await deps.chunks.put(taken, text);
    const registered = await deps.feeds.register(taken);
    if (registered === 'closed' || registered === 'different') return refuse({ type: registered });
    await deps.queue.send(taken.nodeIds.map((nodeId) => ({ feedId, chunk, nodeId })));
    return ok({ rows: taken.rows });
  };
