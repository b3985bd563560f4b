import type { Sheet } from '../application/books-ports.ts';
import { NO_UNITS } from '../domain/position.ts';
import type { Imbalance } from '../domain/trial-balance.ts';

/** An item holds 400 KB. As text an entry takes up to 350 bytes, a claim 34, a doubt up to 600. */
const CLAIMS_PER_ENTRY = 2_000;
const WEIGHT_PER_ITEM = 300_000;
const weightOf = ({ claims }: Imbalance): number => 350 + 34 * claims.length;
const DOUBTS_PER_ITEM = 400;

/** Entries of one cell add up, so one with many claims may be said in several. */
const cutEntry = (entry: Imbalance): readonly Imbalance[] => {
  const count = Math.max(1, Math.ceil(entry.claims.length / CLAIMS_PER_ENTRY));
  return Array.from({ length: count }, (_, index) => ({
    ...(index === 0 ? entry : { ...entry, unexplained: NO_UNITS, unclaimed: 0 }),
    claims: entry.claims.slice(index * CLAIMS_PER_ENTRY, (index + 1) * CLAIMS_PER_ENTRY),
  }));
};

/** A sheet in parts that fit into an item each. */
export const cutSheet = ({ imbalances, doubts }: Sheet): readonly Sheet[] => {
  const parts: Sheet[] = [];
  let entries: Imbalance[] = [];
  let weight = 0;
  for (const entry of imbalances.flatMap(cutEntry)) {
    if (weight + weightOf(entry) > WEIGHT_PER_ITEM) {
      parts.push({ imbalances: entries, doubts: [] });
      entries = [];
      weight = 0;
    }
    entries.push(entry);
    weight += weightOf(entry);
  }
  if (entries.length > 0) parts.push({ imbalances: entries, doubts: [] });
  for (let start = 0; start < doubts.length; start += DOUBTS_PER_ITEM)
    parts.push({ imbalances: [], doubts: doubts.slice(start, start + DOUBTS_PER_ITEM) });
  return parts;
};
