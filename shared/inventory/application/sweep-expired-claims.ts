import { cellKey } from '../domain/cell.ts';
import type { LedgerOfNow } from './ledger-of-now.ts';
import type { Clock, DueClaims } from './ports.ts';

const CELLS_PER_PAGE = 50;

/**
 * Takes expired soft claims off their positions, so that everybody hears of it: availability has counted them out since
 * the instant they expired. Looks at what is due and nothing else, page by page; answers with how many cells changed.
 */
export const makeSweepExpiredClaims =
  (deps: { readonly ledger: Pick<LedgerOfNow, 'lapse'>; readonly due: DueClaims; readonly now: Clock }) =>
  async (): Promise<number> => {
    let changed = 0;
    for (let shard = 0; shard < deps.due.shards; shard += 1) {
      let cursor: string | undefined;
      do {
        const page = await deps.due.listDue(shard, deps.now(), { limit: CELLS_PER_PAGE, cursor });
        const cells = new Map(page.items.map((cell) => [cellKey(cell), cell]));
        if (cells.size > 0) changed += await deps.ledger.lapse([...cells.values()]);
        cursor = page.cursor;
      } while (cursor !== undefined);
    }
    return changed;
  };
