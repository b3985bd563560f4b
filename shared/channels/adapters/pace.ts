import { setTimeout as wait } from 'node:timers/promises';
import { ChannelBusy } from '../application/channel-busy.ts';
import type { Connection } from '../application/ports.ts';

/** Runs one call of a shop's API when it is its turn, and again when the shop asked for a short rest. */
export type Pace = <Answer>(connection: Connection, call: () => Promise<Answer>) => Promise<Answer>;

/** Shopify's REST leak rate, and gentle enough for a WooCommerce shop on one server. */
const CALLS_PER_SECOND = 2;

/** A longer rest is taken in the queue, where waiting costs nothing. */
const LONGEST_REST_MS = 10_000;
const RESTS = 5;

/**
 * The pace of one shop. Its queue lets one function at a time work for it, so a gap between two calls keeps the limit;
 * no bucket has to be stored. Who was before us is not known: the first call of a fresh instance waits for a gap, too.
 */
export const makePace = (
  clock: { readonly nowMs: () => number; readonly pause: (ms: number) => Promise<unknown> } = {
    nowMs: Date.now,
    pause: wait,
  },
): Pace => {
  let lastAt = clock.nowMs();
  const takeTurn = async ({ callsPerSecond = CALLS_PER_SECOND }: Connection): Promise<void> => {
    const turn = lastAt + Math.ceil(1_000 / callsPerSecond);
    if (turn > clock.nowMs()) await clock.pause(turn - clock.nowMs());
    lastAt = clock.nowMs();
  };
  return async (connection, call) => {
    for (let rests = 0; ; rests += 1) {
      await takeTurn(connection);
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ChannelBusy) || rests >= RESTS || error.retryAfterMs > LONGEST_REST_MS)
          throw error;
        await clock.pause(error.retryAfterMs);
      }
    }
  };
};
