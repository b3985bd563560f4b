import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ApiClient } from '../api-client.ts';
import type { Feed, FeedRowNote, PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { isOver, progressOf, renderFeed, renderNotes } from '../feed/render-feed.ts';
import { sendFeed } from '../feed/send-feed.ts';
import { readText, sizeOf } from '../import/read-file.ts';
import { formatBar, type Output } from '../output.ts';
import { moment, positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';

const LOOK_EVERY_MS = 500;

const pathOf = (feedId: string): string => `/v1/feeds/${encodeURIComponent(feedId)}`;

const readNotes = async (api: ApiClient, feedId: string, limit: number) => {
  const notes: FeedRowNote[] = [];
  const query = { limit: Math.min(200, limit + 1) };
  for await (const page of api.pages<PageOf<FeedRowNote>>(`${pathOf(feedId)}/rows`, query)) {
    notes.push(...page.items);
    if (notes.length > limit) break;
  }
  return { notes: notes.slice(0, limit), isCut: notes.length > limit };
};

/** Looks until the feed is over, and shows how far it has come. */
const follow = async (api: ApiClient, out: Output, feedId: string): Promise<Feed> => {
  for (;;) {
    const feed = await api.get<Feed>(pathOf(feedId));
    if (isOver(feed)) {
      out.progress('');
      return feed;
    }
    out.progress(progressOf(feed));
    await wait(LOOK_EVERY_MS);
  }
};

const tell = async (api: ApiClient, out: Output, feed: Feed, limit: number): Promise<void> => {
  const { notes, isCut } = await readNotes(api, feed.feedId, limit);
  if (out.json) out.document({ ...feed, notes });
  else {
    renderFeed(out, feed);
    renderNotes(out, notes, isCut);
  }
  if (feed.status === 'refused' || feed.rejected > 0) throw new NotFine('rows were not taken');
};

type SendOptions = {
  readonly node?: string;
  readonly delta?: boolean;
  readonly snapshot?: boolean;
  readonly stream: string;
  readonly sequence?: number;
  readonly asOf?: string;
  readonly wait: boolean;
  readonly limit: number;
};

const registerSend = (feed: Command): void => {
  feed
    .command('send')
    .argument('<file>', 'CSV with a header row, UTF-8, of any length')
    .summary('send a file of figures, and wait for what came of it')
    .description(
      `Send what a node has (--snapshot) or what has changed there (--delta), in chunks, and show what came of it.
Columns: sku, nodeId (unless --node), onHand or change, and optionally asOf (ISO 8601 with zone).
A blank figure means unknown. The same --sequence again is the same feed: a broken send is finished by repeating it.
Exit code 1: rows were rejected.`,
    )
    .option('--node <node>', 'the node that all rows speak of')
    .option('--snapshot', 'the figures as they are (default)')
    .option('--delta', 'what has changed')
    .option('--stream <name>', 'a node may send several', 'stock')
    .option(
      '--sequence <number>',
      'the number of this feed in its stream (default: the time)',
      positiveInteger,
    )
    .option('--as-of <moment>', 'when the node counted (default: now)', moment)
    .option('--no-wait', 'do not wait until it is applied')
    .option('--limit <count>', 'show at most this many rows', positiveInteger, 50)
    .addHelpText('after', examples('feed send stock.csv --node DC-EAST --as-of 2026-11-23T09:30:00Z'))
    .action(async (file: string, options: SendOptions, command: Command) => {
      if (options.delta === true && options.snapshot === true)
        throw new UsageError('a feed is a --snapshot or a --delta');
      const { api, out } = openSession(command);
      const size = sizeOf(file);
      let read = 0;
      const text = readText(file, (bytes) => (read = bytes));
      const about = {
        kind: options.delta === true ? ('delta' as const) : ('snapshot' as const),
        stream: options.stream,
        sequence: options.sequence ?? Math.floor(Date.now() / 1000),
        nodeId: options.node,
        asOf: options.asOf ?? new Date().toISOString(),
      };
      const sent = await sendFeed(api, about, text, (rows) =>
        out.progress(`${formatBar(size === 0 ? 1 : read / size)}  ${rows} rows sent`),
      );
      out.progress('');
      if (options.wait) return tell(api, out, await follow(api, out, sent.feedId), options.limit);
      if (out.json) out.document(sent);
      else renderFeed(out, sent);
    });
};

const registerShow = (feed: Command): void => {
  feed
    .command('show')
    .argument('<feed>', 'its id: stream.sequence, or stream.sequence.node')
    .summary('how far a feed has come, and what came of its rows')
    .option('--watch', 'wait until it is over')
    .option('--limit <count>', 'show at most this many rows', positiveInteger, 50)
    .addHelpText('after', examples('feed show stock.42.DC-EAST --watch'))
    .action(async (feedId: string, options: { watch?: boolean; limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const found = await (options.watch === true ? follow(api, out, feedId) : api.get<Feed>(pathOf(feedId)));
      await tell(api, out, found, options.limit);
    });
};

/** `yard feed send FILE`, `yard feed show ID` */
export const registerFeed = (program: Command): void => {
  const feed = program.command('feed').description('what nodes say they have: snapshots and deltas of stock');
  registerSend(feed);
  registerShow(feed);
};
