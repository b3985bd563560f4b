import type { Load } from '../domain/capacity/load.ts';
import type { CapacityStore, NodeDay } from './ports.ts';

export const dayKey = ({ nodeId, day }: NodeDay): string => `${nodeId} ${day}`;

/**
 * What nodes have taken on, remembered for `keepMs`: the hold checks what counts. `forget` what turned out to be too
 * old, so that the next look is a fresh one.
 */
export const makeRecentLoads = (deps: {
  readonly capacity: Pick<CapacityStore, 'loads'>;
  readonly keepMs: number;
  readonly now: () => number;
}) => {
  const known = new Map<string, { readonly load: Load | undefined; readonly until: number }>();
  return {
    forget: (): void => known.clear(),
    of: async (days: readonly NodeDay[]): Promise<ReadonlyMap<string, Load>> => {
      const now = deps.now();
      const unknown = days.filter((day) => (known.get(dayKey(day))?.until ?? 0) <= now);
      const read = unknown.length === 0 ? new Map<string, Load>() : await deps.capacity.loads(unknown);
      for (const day of unknown)
        known.set(dayKey(day), { load: read.get(dayKey(day)), until: now + deps.keepMs });
      return new Map(
        days.flatMap((day) => {
          const load = known.get(dayKey(day))?.load;
          return load === undefined ? [] : [[dayKey(day), load] as const];
        }),
      );
    },
  };
};
