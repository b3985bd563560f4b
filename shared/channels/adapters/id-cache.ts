/** What a channel calls a thing of ours. `absent`: it does not have it. */
export type LookedUp<Id> =
  | { readonly type: 'found'; readonly id: Id }
  | { readonly type: 'absent' }
  | { readonly type: 'refused'; readonly status: number };

/** Ids hardly ever change; a product that is new in the shop is to be seen soon. */
const FOUND_MS = 6 * 3_600_000;
const ABSENT_MS = 10 * 60_000;
const ENTRIES = 20_000;

/** Remembers the ids of a channel in the memory of a Lambda, so that telling costs one call, not two. */
export const makeIdCache = <Id>(now: () => number = Date.now) => {
  const kept = new Map<string, { readonly answer: LookedUp<Id>; readonly until: number }>();
  return {
    find: async (key: string, lookUp: () => Promise<LookedUp<Id>>): Promise<LookedUp<Id>> => {
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.answer;
      const answer = await lookUp();
      if (answer.type === 'refused') return answer;
      if (kept.size >= ENTRIES) kept.clear();
      kept.set(key, { answer, until: now() + (answer.type === 'found' ? FOUND_MS : ABSENT_MS) });
      return answer;
    },
    /** For an id that the channel no longer knows. */
    forget: (key: string): void => void kept.delete(key),
  };
};
