import type { IndexEntry } from './order-items.ts';

/** One index partition, read backwards a page at a time. `read` answers undefined after its last page. */
export type Lane = { readonly read: () => Promise<readonly IndexEntry[] | undefined> };

type Head = { readonly lane: Lane; buffer: readonly IndexEntry[]; isDone: boolean };

const fill = async (head: Head): Promise<void> => {
  while (head.buffer.length === 0 && !head.isDone) {
    const page = await head.lane.read();
    if (page === undefined) head.isDone = true;
    else head.buffer = page;
  }
};

/** The entries of all lanes in one descending order of their sort keys. Lanes are read side by side, as needed. */
export async function* mergeLanes(lanes: readonly Lane[]): AsyncGenerator<IndexEntry> {
  const heads: Head[] = lanes.map((lane) => ({ lane, buffer: [], isDone: false }));
  for (;;) {
    await Promise.all(heads.map(fill));
    let next: Head | undefined;
    for (const head of heads) {
      const key = head.buffer[0]?.sortKey;
      if (key === undefined) continue;
      if (next === undefined || key > (next.buffer[0]?.sortKey ?? '')) next = head;
    }
    const [entry, ...rest] = next?.buffer ?? [];
    if (next === undefined || entry === undefined) return;
    next.buffer = rest;
    yield entry;
  }
}
