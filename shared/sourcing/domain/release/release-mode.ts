import type { Strategy } from '../strategy/strategy.ts';

type ReleaseMode = NonNullable<Strategy['release']>;

const QUEUED_AN_HOUR: ReleaseMode = { windowMinutes: 60, orders: 'setAside' };

const sets = (stage: { readonly onNone: string; readonly onPartial: string }): boolean =>
  stage.onNone === 'queue' || stage.onPartial === 'queue';

/** How a strategy gathers orders; undefined: it never does. One that queues orders and says no more releases each hour. */
export const releaseModeOf = (strategy: Strategy): ReleaseMode | undefined =>
  strategy.release ?? (sets(strategy) || (strategy.stages ?? []).some(sets) ? QUEUED_AN_HOUR : undefined);

const MINUTE_MS = 60_000;

/** When the window that this moment lies in began, by the clock: what waited before it is due. */
export const windowStart = ({ windowMinutes }: ReleaseMode, atMs: number): number => {
  const width = windowMinutes * MINUTE_MS;
  return Math.floor(atMs / width) * width;
};

/** FNV-1a over the release's name: the same release draws the same random numbers. */
export const seedOf = (releaseId: string): number => {
  let hash = 0x811c9dc5;
  for (const character of releaseId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
};
