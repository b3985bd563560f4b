import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import { checkMoment, mayFeed, type Feed, type FeedHeader, type MomentRefusal } from '../domain/feed.ts';
import type { FeedStore } from './feed-ports.ts';
import type { Clock, Network } from './ports.ts';

export type OpenFeedRefusal = {
  readonly type: MomentRefusal | 'notYourNode' | 'unknownNode' | 'differentFeed';
};

export type OpenFeedDeps = {
  readonly feeds: Pick<FeedStore, 'open'>;
  readonly network: Network;
  readonly now: Clock;
};

const isSameHeader = (feed: Feed, header: FeedHeader): boolean =>
  feed.kind === header.kind && feed.asOf === header.asOf;

/** Opens a feed, or finds the one that was opened before: the same sequence must say the same of itself. */
export const makeOpenFeed =
  (deps: OpenFeedDeps) =>
  async (header: FeedHeader, actor: Actor): Promise<Result<Feed, OpenFeedRefusal>> => {
    if (!mayFeed(actor, header.nodeId)) return refuse({ type: 'notYourNode' });
    const now = deps.now();
    const moment = checkMoment(header.asOf, now);
    if (!moment.ok) return refuse({ type: moment.refusal });
    if (header.nodeId !== undefined && !(await deps.network.knownNodes([header.nodeId])).has(header.nodeId))
      return refuse({ type: 'unknownNode' });
    const feed = await deps.feeds.open(header, actor.name, now);
    return isSameHeader(feed, header) ? ok(feed) : refuse({ type: 'differentFeed' });
  };
