import type { ToldVersions } from '../application/publication-ports.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { Sellable } from '../domain/published-figure.ts';

const ENTRIES = 100_000;

/** Remembers versions in the memory of a Lambda; what it forgets is told once more. */
export const makeToldVersions = (): ToldVersions => {
  const told = new Map<string, number>();
  const keyOf = ({ channel, connection }: ConnectionRef, { sku }: Sellable): string =>
    `${channel} ${connection} ${sku}`;
  return {
    isTold: (ref, figure) => told.get(keyOf(ref, figure)) === figure.version,
    note: (ref, figures) => {
      if (told.size + figures.length > ENTRIES) told.clear();
      for (const figure of figures) told.set(keyOf(ref, figure), figure.version);
    },
  };
};
