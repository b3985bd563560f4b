import type { Instant } from '../../kernel/instant.ts';
import { newResync } from '../domain/resync.ts';
import type { ConnectionList } from './ports.ts';
import type { ResyncStore } from './publication-ports.ts';

const dayOf = (at: Instant): Instant => `${at.slice(0, 10)}T00:00:00.000Z`;

/** Begins the day's resync of every shop that is told things; begun twice in a day it is one. */
export const makeResyncEverything =
  (deps: {
    readonly list: Pick<ConnectionList, 'tellable'>;
    readonly resyncs: ResyncStore;
    readonly now: () => Instant;
  }) =>
  async (): Promise<void> => {
    for (const ref of await deps.list.tellable())
      await deps.resyncs.start(newResync(ref, dayOf(deps.now()), 'daily'));
  };
