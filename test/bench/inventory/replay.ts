#!/usr/bin/env node
/**
 * `node test/bench/inventory/replay.ts <own|naive> <token>` runs one fault schedule again and prints every call;
 * the token is what the benchmark's note names: `seed[:kept requests[:faults]]`.
 */
import { narrowingOf } from './schedule.ts';
import { replay, SYSTEMS } from './run-schedules.ts';

const [system = '', token = ''] = process.argv.slice(2);
if ((system !== 'own' && system !== 'naive') || !/^\d+/.test(token)) {
  process.stderr.write('usage: node test/bench/inventory/replay.ts <own|naive> <seed[:requests[:faults]]>\n');
  process.exitCode = 2;
} else {
  const { seed, narrowing } = narrowingOf(token);
  for (const line of await replay(SYSTEMS[system], seed, narrowing)) process.stdout.write(`${line}\n`);
}
