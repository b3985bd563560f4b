import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/instant.ts';

/** One row of a file: its number (the header is row 1) and either what it says or why it cannot be used. */
export type ReadRow<Entry> = { readonly row: number; readonly entry: Result<Entry, string> };

export type ImportOutcome = {
  readonly dryRun: boolean;
  readonly accepted: number;
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
};

/**
 * Saves the good rows and names the bad ones; of two rows with one key the later is refused, since which of them the
 * sender meant is not known. A dry run saves nothing.
 */
export const makeImportRows =
  <Entry>(deps: {
    readonly save: (entries: readonly Entry[], at: Instant) => Promise<void>;
    readonly keyOf: (entry: Entry) => string;
    readonly now: () => Instant;
  }) =>
  async (command: {
    readonly rows: readonly ReadRow<Entry>[];
    readonly dryRun: boolean;
  }): Promise<ImportOutcome> => {
    const good: Entry[] = [];
    const rejected: { row: number; reason: string }[] = [];
    const firstRowOf = new Map<string, number>();
    for (const { row, entry } of command.rows) {
      if (!entry.ok) {
        rejected.push({ row, reason: entry.refusal });
        continue;
      }
      const key = deps.keyOf(entry.value);
      const earlier = firstRowOf.get(key);
      if (earlier === undefined) {
        firstRowOf.set(key, row);
        good.push(entry.value);
      } else {
        rejected.push({ row, reason: `${key} is in row ${earlier} already` });
      }
    }
    if (!command.dryRun && good.length > 0) await deps.save(good, deps.now());
    return { dryRun: command.dryRun, accepted: good.length, rejected };
  };
