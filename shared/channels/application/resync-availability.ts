import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import { compareWithShop, isUnderWay, newResync, type Resync, type ResyncPage } from '../domain/resync.ts';
import type { Connection, ConnectionBook } from './ports.ts';
import type { ListSkus, PublicationQueue, ResyncStore, ShopStock } from './publication-ports.ts';
import type { makePublishAvailability } from './publish-availability.ts';
import type { ReadSellable } from './read-sellable.ts';

/** One page's reads and calls have to fit into one call of a function, at the pace of the slowest shop. */
const SKUS_PER_PAGE = 100;

type PageDeps = {
  readonly connections: ConnectionBook;
  readonly stockOf: (ref: ConnectionRef, connection: Connection) => ShopStock;
  readonly readSellable: ReadSellable;
  readonly publish: ReturnType<typeof makePublishAvailability>;
  readonly listSkus: ListSkus;
  readonly resyncs: ResyncStore;
  readonly queue: PublicationQueue;
  readonly now: () => Instant;
};

/**
 * Works off one page of a resync and asks for the next one behind whatever waits by then, so that a resync of a large
 * catalogue never holds up the changes of the day. A page that comes twice is compared twice and counted once.
 */
export const makeResyncPage = (deps: PageDeps) => {
  const comparePage = async (resync: Resync, connection: Connection): Promise<ResyncPage> => {
    const { skus, cursor } = await deps.listSkus({ limit: SKUS_PER_PAGE, cursor: resync.cursor });
    const next = cursor === undefined ? {} : { cursor };
    const figures = await deps.readSellable(resync, skus);
    if (figures.length === 0) return { compared: 0, repaired: 0, refused: 0, ...next };
    const shown = await deps.stockOf(resync, connection).read(
      connection,
      figures.map(({ sku }) => sku),
    );
    const { compared, differing } = compareWithShop(figures, shown);
    const { told, refused, left } = await deps.publish({ ref: resync, skus: differing, unsure: differing });
    // What is left waits in the queue and is told before the next page.
    return { compared, repaired: told + left, refused, ...next };
  };

  const askFor = (ref: ConnectionRef, resyncId: string, page: number): Promise<void> =>
    deps.queue.send([{ type: 'resync', channel: ref.channel, connection: ref.connection, resyncId, page }]);

  return async (ref: ConnectionRef, resyncId: string, page: number): Promise<void> => {
    const resync = await deps.resyncs.find(ref, resyncId);
    if (resync?.status !== 'running') return;
    // Done before, and perhaps nobody has asked for the next one.
    if (resync.page !== page) return askFor(ref, resyncId, resync.page);
    const connection = await deps.connections.find(ref);
    const done =
      connection?.apiUrl === undefined
        ? { compared: 0, repaired: 0, refused: 0 }
        : await comparePage(resync, connection);
    await deps.resyncs.advance(resync, done, deps.now());
    if (done.cursor !== undefined) await askFor(ref, resyncId, page + 1);
  };
};

/** Begins a resync of one shop, or answers with the one that runs. */
export const makeStartResync =
  (deps: { readonly resyncs: ResyncStore; readonly now: () => Instant }) =>
  async (ref: ConnectionRef): Promise<Resync> => {
    const [latest] = (await deps.resyncs.list(ref, { limit: 1, cursor: undefined })).items;
    const at = deps.now();
    if (latest !== undefined && isUnderWay(latest, at)) return latest;
    const resync = newResync(ref, at, 'asked');
    await deps.resyncs.start(resync);
    return resync;
  };
