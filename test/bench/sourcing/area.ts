import { type BenchOptions, isWanted, type Measure } from '../measures.ts';
import { measureBatch, measureLargeBatch } from './batch.ts';
import { loadGeography } from './cities.ts';
import { measureDecisions } from './decisions.ts';
import { measureOnline } from './online.ts';
import { makeGlpkPeer, makeHighsPeer } from './peers.ts';
import { measureLargeOrders, measureSingleOrders } from './single.ts';

/** R1 single orders, R2 and R3 batches, R4 arrivals one by one, R5 one decision with all its rules. */
export const run = async (options: BenchOptions): Promise<readonly Measure[]> => {
  const geography = loadGeography(options.data);
  const bench = { options, geography, highs: await makeHighsPeer(), glpk: await makeGlpkPeer() };
  options.progress(`geography: ${geography.source}`);
  const parts = [
    { ids: ['R1.mismatches', 'R1.speedupHiGHS', 'R1.speedupGLPK'], measure: measureSingleOrders },
    { ids: ['R1.speedupGLPK10x200', 'R1.tail'], measure: measureLargeOrders },
    { ids: ['R2.gapHalf', 'R2.gapTenth', 'R2.deterministic'], measure: measureBatch },
    { ids: ['R3.gap'], measure: measureLargeBatch },
    { ids: ['R4.ratio'], measure: measureOnline },
    { ids: ['R5.decideMicros', 'R5.decideOverHiGHS', 'R5.recordBytes'], measure: measureDecisions },
  ];
  const measures: Measure[] = [];
  for (const part of parts) {
    if (part.ids.some((id) => isWanted(options, id))) measures.push(...part.measure(bench));
  }
  return measures;
};
