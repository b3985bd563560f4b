import type { Sku } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { availableOf } from '../domain/position.ts';
import { restock } from '../domain/shelf.ts';
import type { Clock, StockLedger } from './ports.ts';
import type { Shelves } from './stock-watch-ports.ts';

/** Somebody else may look at the same shelf; so often in a row only if something is wrong. */
const ATTEMPTS = 10;

/**
 * Says once that a SKU can be had again, when the sum over all nodes of what is available has risen from 0. Judged by
 * what is so now: units that came and went before anybody looked are no news.
 */
export const makeWatchShelf =
  (deps: {
    readonly ledger: Pick<StockLedger, 'listPositions'>;
    readonly shelves: Shelves;
    readonly now: Clock;
  }) =>
  async (sku: Sku): Promise<void> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await deps.shelves.find(sku);
      const positions = await deps.ledger.listPositions(sku);
      const available = positions.reduce((sum, position) => sum + availableOf(position), 0);
      const stockVersion = positions.reduce((sum, { version }) => sum + version, 0);
      const decision = restock(sku, known, { available, stockVersion });
      if (decision === undefined) return;
      const { after, isBack } = decision;
      if (await deps.shelves.save(after, known, isBack ? { available } : undefined, deps.now())) return;
    }
    throw new BrokenInvariant(`the shelf of ${sku} never stands still`);
  };
