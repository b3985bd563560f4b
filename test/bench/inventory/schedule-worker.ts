import { parentPort, workerData } from 'node:worker_threads';
import { SYSTEMS, tallySeeds } from './run-schedules.ts';

/** Stacks of refused conditions are millions that nobody reads. */
Error.stackTraceLimit = 0;

const { system, firstSeed, count } = workerData as {
  readonly system: 'own' | 'naive';
  readonly firstSeed: number;
  readonly count: number;
};
const tally = await tallySeeds(SYSTEMS[system], firstSeed, count, (done) =>
  parentPort?.postMessage({ done }),
);
parentPort?.postMessage({ tally });
