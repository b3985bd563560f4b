import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import { mayFeed, type Feed } from '../domain/feed.ts';
import type { FeedStore } from './feed-ports.ts';
import type { Clock } from './ports.ts';

export type CloseFeedRefusal =
  | { readonly type: 'unknownFeed' | 'notYourNode' }
  | { readonly type: 'chunksMissing'; readonly chunks: number };

/** Says that all chunks have been sent. Refused while there are more or fewer than that; again changes nothing. */
export const makeCloseFeed =
  (deps: { readonly feeds: Pick<FeedStore, 'find' | 'close'>; readonly now: Clock }) =>
  async (feedId: string, chunks: number, actor: Actor): Promise<Result<Feed, CloseFeedRefusal>> => {
    const feed = await deps.feeds.find(feedId);
    if (feed === undefined) return refuse({ type: 'unknownFeed' });
    if (!mayFeed(actor, feed.nodeId)) return refuse({ type: 'notYourNode' });
    const isClosed = await deps.feeds.close(feedId, chunks, deps.now());
    const after = (await deps.feeds.find(feedId)) ?? feed;
    return isClosed ? ok(after) : refuse({ type: 'chunksMissing', chunks: after.chunks });
  };
