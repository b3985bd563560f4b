/** A number in [0, 1) that depends on the seed and the name alone (FNV-1a, then one round of the murmur3 finaliser). */
export const seeded = (seed: number, ...name: readonly string[]): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (const code of Buffer.from(name.join('\u0000'), 'utf8')) hash = Math.imul(hash ^ code, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

/** One of `entries`, as likely as its weight says. */
export const drawn = <Entry extends { readonly weight: number }>(
  entries: readonly [Entry, ...Entry[]],
  share: number,
): Entry => {
  let left = share * entries.reduce((sum, { weight }) => sum + weight, 0);
  for (const entry of entries) {
    left -= entry.weight;
    if (left < 0) return entry;
  }
  return entries[0];
};
