import { BrokenInvariant, type Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { Feed, FeedHeader } from '../domain/feed.ts';
import type { CloseFeedRefusal } from './close-feed.ts';
import type { FeedStore } from './feed-ports.ts';
import { inLanes } from './in-lanes.ts';
import type { OpenFeedRefusal } from './open-feed.ts';
import type { Clock } from './ports.ts';
import type { ChunkCommand, ChunkRefusal } from './take-chunk.ts';

/** Where the next part of a file begins: after so many bytes, with this row and this chunk. */
export type Bookmark = {
  readonly offset: number;
  readonly header: string;
  readonly row: number;
  readonly chunk: number;
};

export type FilePart = {
  readonly chunks: readonly Omit<ChunkCommand, 'feedId'>[];
  /** Where to go on; absent at the end of the file. */
  readonly next?: Bookmark;
};

/** Files that nodes drop. A part is a few megabytes, however large the file is. */
export type DroppedFiles = {
  readonly readPart: (key: string, from: Bookmark | undefined) => Promise<Result<FilePart, string>>;
};

export type CutFileDeps = {
  readonly files: DroppedFiles;
  /** What a file says of itself by its name; undefined when it says nothing that we understand. */
  readonly headerOf: (key: string) => FeedHeader | undefined;
  readonly openFeed: (header: FeedHeader, actor: Actor) => Promise<Result<Feed, OpenFeedRefusal>>;
  readonly takeChunk: (command: ChunkCommand, actor: Actor) => Promise<Result<unknown, ChunkRefusal>>;
  readonly closeFeed: (
    feedId: string,
    chunks: number,
    actor: Actor,
  ) => Promise<Result<unknown, CloseFeedRefusal>>;
  readonly feeds: Pick<FeedStore, 'refuse'>;
  readonly goOnLater: (key: string, next: Bookmark) => Promise<void>;
  readonly now: Clock;
};

const ACTOR: Actor = { type: 'operator', name: 'dropped file' };

/**
 * Cuts one part of a dropped file into chunks of a feed and leaves the rest to a later call, so that no file is too
 * large. A file without readable rows ends as a refused feed. A name that says nothing, or another content under a name
 * that was used before, cannot be told to anybody: it is thrown, and ends in the queue with the alarm.
 */
export const makeCutDroppedFile =
  (deps: CutFileDeps) =>
  async (key: string, from?: Bookmark): Promise<void> => {
    const header = deps.headerOf(key);
    if (header === undefined) throw new Error(`the name ${key} does not say what the file is`);
    const opened = await deps.openFeed(header, ACTOR);
    if (!opened.ok) throw new Error(`the feed of ${key} cannot be opened: ${opened.refusal.type}`);
    const { feedId } = opened.value;
    const part = await deps.files.readPart(key, from);
    if (!part.ok) return deps.feeds.refuse(feedId, part.refusal, deps.now());
    const taken = await inLanes(part.value.chunks, (chunk) => deps.takeChunk({ feedId, ...chunk }, ACTOR));
    const refusal = taken.find((one) => !one.ok);
    if (refusal !== undefined && !refusal.ok) {
      if (refusal.refusal.type === 'unreadable')
        return deps.feeds.refuse(feedId, refusal.refusal.reason, deps.now());
      throw new Error(`a chunk of ${key} is not taken: ${refusal.refusal.type}`);
    }
    if (part.value.next !== undefined) return deps.goOnLater(key, part.value.next);
    const chunks = part.value.chunks.at(-1)?.chunk ?? (from?.chunk ?? 1) - 1;
    const closed = await deps.closeFeed(feedId, chunks, ACTOR);
    if (!closed.ok) throw new BrokenInvariant(`${feedId} has not the chunks that ${key} was cut into`);
  };
