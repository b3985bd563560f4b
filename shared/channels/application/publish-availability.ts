import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { Sellable } from '../domain/published-figure.ts';
import type { Connection, ConnectionBook } from './ports.ts';
import type {
  PublicationQueue,
  PublishedFigures,
  RefusedFigures,
  ShopStock,
  ToldVersions,
} from './publication-ports.ts';
import { changedMessages } from './queue-availability.ts';
import type { ReadSellable } from './read-sellable.ts';

type Deps = {
  readonly connections: ConnectionBook;
  readonly stockOf: (ref: ConnectionRef, connection: Connection) => ShopStock;
  readonly readSellable: ReadSellable;
  readonly published: Pick<PublishedFigures, 'claim'>;
  readonly told: ToldVersions;
  readonly refused: RefusedFigures;
  readonly queue: PublicationQueue;
  readonly now: () => Instant;
};
export type PublishCommand = {
  readonly ref: ConnectionRef;
  readonly skus: readonly Sku[];
  /** These are told even when the figure is the one that was told last: whether that arrived is not sure. */
  readonly unsure?: readonly Sku[];
};
/** `left`: found no time in this turn, and wait in the queue again. */
export type PublishReport = { readonly told: number; readonly refused: number; readonly left: number };

const NOTHING: PublishReport = { told: 0, refused: 0, left: 0 };

/** No call of a shop is begun after so long: the function has to end, and a call may take its rests. */
const TURN_MS = 25_000;

const chunksOf = <Entry>(entries: readonly Entry[], size: number): readonly (readonly Entry[])[] =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, index) =>
    entries.slice(index * size, (index + 1) * size),
  );

/**
 * Tells a shop what it may sell now of SKUs: figures are read when they are told, so many changes are one figure and a
 * late message does no harm. What the shop refuses goes to the dead letters and does not hold up the rest; what finds no
 * time goes to the end of the queue. Throws when telling may succeed later: what was claimed by then is unsure.
 */
export const makePublishAvailability = (deps: Deps) => {
  const tellChunk = async (
    ref: ConnectionRef,
    stock: ShopStock,
    connection: Connection,
    news: readonly Sellable[],
  ): Promise<Omit<PublishReport, 'left'>> => {
    const outcomes = await stock.tell(connection, news);
    const said = new Set(outcomes.filter(({ type }) => type === 'said').map(({ sku }) => sku));
    deps.told.note(
      ref,
      news.filter(({ sku }) => said.has(sku)),
    );
    const refused = outcomes.filter((outcome) => outcome.type === 'refused');
    if (refused.length > 0) await deps.refused.bury(ref, refused);
    return { told: said.size, refused: refused.length };
  };

  /** A write is paid for only where a policy may hold a figure still while stock moves. */
  const newsOf = async (
    ref: ConnectionRef,
    figures: readonly Sellable[],
    unsure: ReadonlySet<Sku>,
  ): Promise<readonly Sellable[]> => {
    const open = figures.filter((figure) => unsure.has(figure.sku) || !deps.told.isTold(ref, figure));
    const limited = open.filter(({ isLimited }) => isLimited);
    const claimed = limited.length === 0 ? [] : await deps.published.claim(ref, limited, unsure, deps.now());
    return [...open.filter(({ isLimited }) => !isLimited), ...claimed];
  };

  return async ({ ref, skus, unsure = [] }: PublishCommand): Promise<PublishReport> => {
    const connection = await deps.connections.find(ref);
    if (connection?.apiUrl === undefined || skus.length === 0) return NOTHING;
    const until = Date.parse(deps.now()) + TURN_MS;
    const figures = await deps.readSellable(ref, skus);
    const stock = deps.stockOf(ref, connection);
    const doubtful = new Set(unsure);
    const left: Sku[] = [];
    let { told, refused } = NOTHING;
    for (const chunk of chunksOf(figures, stock.figuresPerCall)) {
      if (Date.parse(deps.now()) > until) {
        left.push(...chunk.map(({ sku }) => sku));
        continue;
      }
      const news = await newsOf(ref, chunk, doubtful);
      if (news.length === 0) continue;
      const report = await tellChunk(ref, stock, connection, news);
      told += report.told;
      refused += report.refused;
    }
    const again = left.filter((sku) => doubtful.has(sku));
    const anew = left.filter((sku) => !doubtful.has(sku));
    await deps.queue.send([
      ...changedMessages(ref, again, { isUnsure: true }),
      ...changedMessages(ref, anew),
    ]);
    return { told, refused, left: left.length };
  };
};
