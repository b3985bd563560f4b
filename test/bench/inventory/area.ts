import { isWanted, type BenchOptions, type Measure } from '../measures.ts';
import { measureExhaustive } from './exhaustive.ts';
import { measureFaultSchedules } from './fault-schedules.ts';
import { measureHotSku } from './hot-sku.ts';

/** I1: nothing oversold, stranded or doubled under faults and interleavings. I2: a hot SKU sells at full speed. */
export const run = async (options: BenchOptions): Promise<readonly Measure[]> => {
  const keepStacks = Error.stackTraceLimit;
  // Stacks of refused conditions are millions that nobody reads.
  Error.stackTraceLimit = 0;
  try {
    const hot = await measureHotSku(options);
    const isFaulty = ['I1.oversold', 'I1.stranded', 'I1.doubled'].some((id) => isWanted(options, id));
    const exhaustive = isWanted(options, 'I1.exhaustive') ? [await measureExhaustive(options)] : [];
    const faults = isFaulty ? await measureFaultSchedules(options) : [];
    return [...faults, ...exhaustive, ...hot].filter(({ id }) => isWanted(options, id));
  } finally {
    Error.stackTraceLimit = keepStacks;
  }
};
