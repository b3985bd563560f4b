/** Ids hardly ever change; a product that is new in the shop is to be seen soon. */
const FOUND_MS = 6 * 3_600_000;
const ABSENT_MS = 10 * 60_000;
const ENTRIES = 20_000;

/**
 * Remembers what a shop calls things of ours in the memory of a Lambda, so that telling costs one call, not two.
 * `absent`: the shop does not have it.
 */
export const makeIdCache = <Id extends object>(now: () => number = Date.now) => {
  const kept = new Map<string, { readonly id: Id | 'absent'; readonly until: number }>();
  return {
    /** The ids of the keys; those that are not remembered are looked up together. */
    find: async <Key extends string>(
      keys: readonly Key[],
      lookUp: (unknown: readonly Key[]) => Promise<ReadonlyMap<Key, Id>>,
    ): Promise<ReadonlyMap<Key, Id>> => {
      const known = keys.flatMap((key) => {
        const entry = kept.get(key);
        return entry === undefined || entry.until <= now() ? [] : [[key, entry.id] as const];
      });
      const answers = new Map<Key, Id | 'absent'>(known);
      const unknown = keys.filter((key) => !answers.has(key));
      const found = unknown.length === 0 ? new Map<Key, Id>() : await lookUp(unknown);
      if (kept.size + unknown.length > ENTRIES) kept.clear();
      for (const key of unknown) {
        const id = found.get(key) ?? 'absent';
        answers.set(key, id);
        kept.set(key, { id, until: now() + (id === 'absent' ? ABSENT_MS : FOUND_MS) });
      }
      return new Map([...answers].flatMap(([key, id]) => (id === 'absent' ? [] : [[key, id]])));
    },
    /** For ids that the shop no longer knows. */
    forget: (keys: readonly string[]): void => keys.forEach((key) => kept.delete(key)),
  };
};
