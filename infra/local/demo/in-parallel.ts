/** Does `work` for each entry, at most `width` at a time, results in the order of the entries. Fails with the first failure. */
export const inParallel = async <Entry, Outcome>(
  entries: readonly Entry[],
  width: number,
  work: (entry: Entry) => Promise<Outcome>,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const queue = entries.entries();
  const worker = async (): Promise<void> => {
    for (const [index, entry] of queue) outcomes[index] = await work(entry);
  };
  await Promise.all(Array.from({ length: Math.min(width, entries.length) }, worker));
  return outcomes;
};
