import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from '../domain/cell.ts';
import { lapse } from '../domain/lapse-claims.ts';
import { asOf } from '../domain/soft-claims.ts';
import type { Clock, StockLedger } from './ports.ts';

/** The stock of record as it counts at this moment: what has expired is not reserved, swept or not. */
export type LedgerOfNow = StockLedger & {
  /**
   * Takes off what has expired on these cells, and says at how many of them this call did. `ended`: a moment that has
   * come by somebody's clock, even if not by this one's: a basket that has lapsed at one cell lapses at all of them.
   */
  readonly lapse: (cells: readonly Cell[], ended?: Instant) => Promise<number>;
};

/** Others may lapse or claim the same cells meanwhile; so often in a row only if something is wrong. */
const ATTEMPTS = 5;

/**
 * Reads leave out what has expired. A claim that finds too little free where baskets hold units takes off what has
 * expired there and tries again; every other call is the ledger's own, and costs what it costs there.
 */
export const makeLedgerOfNow = ({
  ledger,
  now,
}: {
  readonly ledger: StockLedger;
  readonly now: Clock;
}): LedgerOfNow => {
  const lapseAll = async (cells: readonly Cell[], ended: Instant = ''): Promise<number> => {
    const lapsed = new Set<Cell>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const at = now();
      const until = ended > at ? ended : at;
      const changes = (await ledger.findPositions(cells)).flatMap((position) => lapse(position, until) ?? []);
      if (changes.length === 0) break;
      const written = await Promise.all(changes.map((change) => ledger.commit({ at, changes: [change] })));
      changes.forEach(({ cell }, index) => written[index]?.ok === true && lapsed.add(cell));
    }
    return lapsed.size;
  };
  return {
    ...ledger,
    lapse: lapseAll,
    commit: async (entry) => {
      for (let attempt = 0; ; attempt += 1) {
        const written = await ledger.commit(entry);
        if (written.ok || attempt >= ATTEMPTS || written.refusal.softAt.length === 0) return written;
        if ((await lapseAll(written.refusal.softAt)) === 0) return written;
      }
    },
    findPositions: async (cells) => {
      const at = now();
      return (await ledger.findPositions(cells)).map((position) => asOf(position, at));
    },
    listPositions: async (sku) => {
      const at = now();
      return (await ledger.listPositions(sku)).map((position) => asOf(position, at));
    },
  };
};
