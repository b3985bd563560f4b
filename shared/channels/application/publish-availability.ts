import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import { isNews, type Sellable } from '../domain/published-figure.ts';
import type { Connection, ConnectionBook } from './ports.ts';
import type { FigureOutcome, PublishedFigures, RefusedFigures, ShopStock } from './publication-ports.ts';
import type { ReadSellable } from './read-sellable.ts';

type Deps = {
  readonly connections: ConnectionBook;
  readonly stockOf: (ref: ConnectionRef, connection: Connection) => ShopStock;
  readonly readSellable: ReadSellable;
  readonly published: PublishedFigures;
  readonly refused: RefusedFigures;
  readonly now: () => Instant;
};
export type PublishCommand = {
  readonly ref: ConnectionRef;
  readonly skus: readonly Sku[];
  /** These are told even when the figure is the one that was told last: whether that arrived is not sure. */
  readonly unsure?: readonly Sku[];
};
export type PublishReport = { readonly told: number; readonly refused: number };

const NOTHING: PublishReport = { told: 0, refused: 0 };

const chunksOf = <Entry>(entries: readonly Entry[], size: number): readonly (readonly Entry[])[] =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, index) =>
    entries.slice(index * size, (index + 1) * size),
  );
const refusedOf = (outcomes: readonly FigureOutcome[]) =>
  outcomes.filter((outcome) => outcome.type === 'refused');

/**
 * Tells a shop what it may sell now of SKUs: figures are read when they are told, so many changes are one figure and a
 * late message does no harm. What the shop refuses goes to the dead letters and does not hold up the rest. Throws when
 * telling may succeed later; what was told by then is remembered.
 */
export const makePublishAvailability = (deps: Deps) => {
  const tellChunk = async (
    ref: ConnectionRef,
    stock: ShopStock,
    connection: Connection,
    figures: readonly Sellable[],
  ): Promise<{ readonly report: PublishReport; readonly overtaken: readonly Sku[] }> => {
    const outcomes = await stock.tell(connection, figures);
    const refused = refusedOf(outcomes);
    if (refused.length > 0) await deps.refused.bury(ref, refused);
    const said = new Set(outcomes.filter(({ type }) => type === 'said').map(({ sku }) => sku));
    const told = figures.filter(({ sku }) => said.has(sku));
    const overtaken = await deps.published.record(ref, told, deps.now());
    return { report: { told: told.length, refused: refused.length }, overtaken };
  };

  const publish = async ({ ref, skus, unsure = [] }: PublishCommand): Promise<PublishReport> => {
    const connection = await deps.connections.find(ref);
    if (connection?.apiUrl === undefined || skus.length === 0) return NOTHING;
    const figures = await deps.readSellable(ref, skus);
    const published = await deps.published.find(ref, skus);
    const repeated = new Set(unsure);
    const news = figures.filter((figure) =>
      isNews(figure, published.get(figure.sku), repeated.has(figure.sku)),
    );
    const stock = deps.stockOf(ref, connection);
    let { told, refused } = NOTHING;
    for (const chunk of chunksOf(news, stock.figuresPerCall)) {
      const { report, overtaken } = await tellChunk(ref, stock, connection, chunk);
      // Somebody told a newer figure meanwhile, and ours may have arrived after it: the newest is told again.
      const again =
        overtaken.length === 0 ? NOTHING : await publish({ ref, skus: overtaken, unsure: overtaken });
      told += report.told + again.told;
      refused += report.refused + again.refused;
    }
    return { told, refused };
  };
  return publish;
};
