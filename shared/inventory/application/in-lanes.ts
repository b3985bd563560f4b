const LANES = 8;

/** Does `work` for all entries, eight at a time, and gives what came of them in their order. */
export const inLanes = async <Entry, Value>(
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<Value>,
): Promise<readonly Value[]> => {
  const queue = entries.map((entry, index) => ({ entry, index }));
  const results: { readonly index: number; readonly value: Value }[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      results.push({ index: next.index, value: await work(next.entry) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results.sort((a, b) => a.index - b.index).map(({ value }) => value);
};
