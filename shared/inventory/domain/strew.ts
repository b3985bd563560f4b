/** FNV-1a, 32 bits: the same text falls into the same of `parts` parts on every machine. */
export const partOf = (text: string, parts: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % parts;
};
