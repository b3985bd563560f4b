/** Does `work` for all entries, at most `width` at a time. The first fault stops what has not begun and is thrown. */
export const inBatches = async <Entry>(
  entries: readonly Entry[],
  width: number,
  work: (entry: Entry) => Promise<void>,
): Promise<void> => {
  const queue = [...entries];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        await work(next);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, entries.length) }, worker));
};
