import type { LineToSource } from '../decision-inputs.ts';
import type { Tie } from './lot.ts';

/** A group or a kit, and its lines by id. */
export type TiedLines = { readonly lines: readonly string[] } & (
  { readonly group: string } | { readonly kit: string }
);

/** The groups, then the kits, in the order of their first lines. `ties[i]` belongs to line i. */
export const tiedLines = (lines: readonly LineToSource[], ties: readonly Tie[]): readonly TiedLines[] => {
  const groups = new Map<string, string[]>();
  const kits = new Map<string, string[]>();
  const note = (into: Map<string, string[]>, name: string | undefined, lineId: string): void => {
    if (name !== undefined) into.set(name, [...(into.get(name) ?? []), lineId]);
  };
  lines.forEach(({ lineId }, index) => {
    note(groups, ties[index]?.group, lineId);
    note(kits, ties[index]?.kit?.kitId, lineId);
  });
  return [
    ...[...groups].map(([group, tied]) => ({ group, lines: tied })),
    ...[...kits].map(([kit, tied]) => ({ kit, lines: tied })),
  ];
};
