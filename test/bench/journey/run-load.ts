import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bringUp } from '../../../infra/local/bring-up.ts';
import type { planOrders } from '../../../infra/local/demo/order-plan.ts';
import { runDemo, type DemoSummary } from '../../../infra/local/demo/run-demo.ts';
import { readMeter, type MeterLine } from './meter-lines.ts';

export type Load = {
  readonly seed: number;
  readonly orders: number;
  readonly nastiness: number;
  readonly plan?: typeof planOrders;
};

export type LoadResult = {
  readonly summary: DemoSummary;
  /** What was billed from the first order placed until nothing moved any more. */
  readonly lines: readonly MeterLine[];
};

/** Longer than any window in which changes are collected. Nodes that ask for work every 2 s never fall silent. */
const QUIET_MS = 6_000;
const PATIENCE_MS = 60_000;
const isMovement = ({ what, by = '' }: MeterLine): boolean => !/list-|get-/.test(`${what} ${by}`);

/**
 * Waits until nothing moves: before a load, so that the setting up of the network is not counted with it; after it, so
 * that what is still on its way (a channel being told, a stock change) is.
 */
const untilQuiet = async (meterFile: string): Promise<void> => {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    await wait(1_000);
    const lines = readMeter(await readFile(meterFile, 'utf8'), Date.now() - QUIET_MS);
    if (!lines.some(isMovement)) return;
  }
};

/**
 * Deploys the network to a local cloud of its own that writes down every billed request, and lets one load after the
 * other flow through it. Ends the cloud.
 * @throws Error when a local cloud of this clone runs already: it is not metered
 */
export const runLoads = async (
  loads: readonly Load[],
  settings: { readonly root: string; readonly port: number; readonly progress: (text: string) => void },
): Promise<readonly LoadResult[]> => {
  const { root, port, progress } = settings;
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-meter-'));
  const meterFile = join(folder, 'meter.jsonl');
  // MiniStack inherits it through bringUp; see infra/local/cloud/meter.py.
  process.env['MINISTACK_METER'] = meterFile;
  try {
    const stack = await bringUp({ root, port, progress });
    try {
      if (stack.cloud.origin !== 'started') {
        throw new Error(
          'a local cloud runs already, and it is not metered: stop it first (npm run cloud -- stop)',
        );
      }
      const results: LoadResult[] = [];
      for (const load of loads) {
        let firstOrderAt = Date.now();
        const summary = await runDemo({
          ...load,
          url: stack.url,
          adminKey: stack.adminKey,
          log: progress,
          beforeOrders: async () => {
            await untilQuiet(meterFile);
            firstOrderAt = Date.now();
          },
        });
        await untilQuiet(meterFile);
        results.push({ summary, lines: readMeter(await readFile(meterFile, 'utf8'), firstOrderAt) });
      }
      return results;
    } finally {
      await stack.down();
    }
  } finally {
    delete process.env['MINISTACK_METER'];
    await rm(folder, { recursive: true, force: true });
  }
};
