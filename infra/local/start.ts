/**
 * `npm start`: the local cloud, the real deployment, a demo network with orders flowing to shipped, and what to look
 * at next. Stays up until Ctrl-C; `--once` ends after the summary, with 1 when an order did not end or the books do
 * not balance.
 */
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { bringUp, type LocalStack } from './bring-up.ts';
import { LocalCloudError, stopOnSignals } from './cloud/index.ts';
import { runDemo, type DemoSummary } from './demo/run-demo.ts';
import { summaryText } from './demo/summary-text.ts';

const root = join(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, please');
  return value;
};
const share = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('a number from 0 to 1, please');
  return value;
};

const command = new Command('npm start --')
  .description('Bring up a whole retail network on this machine and let orders flow through it.')
  .option(
    '--once',
    'end after the summary; exit 1 if an order did not end or the books do not balance',
    false,
  )
  .option('--no-demo', 'only the cloud and the deployment: bring your own network')
  .option('--orders <n>', 'orders of the demo', whole, 120)
  .option('--seed <n>', 'the same seed makes the same network, orders and misfortunes', whole, 1)
  .option('--nastiness <0..1>', 'how badly channels and nodes behave', share, 0.3)
  .option('--port <n>', 'port of the front door', whole, 8080)
  .addHelpText(
    'after',
    '\nExamples:\n  npm start\n  npm start -- --once --orders 200 --nastiness 0.6\n  npm start -- --no-demo',
  );

const options = command.parse().opts<{
  once: boolean;
  demo: boolean;
  orders: number;
  seed: number;
  nastiness: number;
  port: number;
}>();

const nextSteps = (stack: LocalStack): string => `
The network is up at ${stack.url}   (API to read: ${stack.url}/docs)

  npm run yard -- orders                      every order and where it stands
  npm run yard -- order ORDER-ID              one order: counters, work, shipments, timeline
  npm run yard -- stock SKU                   one SKU at every node
  npm run yard -- books                       prove that stock and orders agree
  npm run yard -- --help                      everything else

Ctrl-C ends it; nothing is left running.`;

const hasFailed = (summary: DemoSummary | undefined): boolean =>
  summary !== undefined && summary.failures.length > 0;

try {
  const startedAt = performance.now();
  const stack = await bringUp({ root, port: options.port, progress: say });
  stopOnSignals(stack.down);
  say(`deployed (cloud ${stack.seconds.cloud} s, stacks ${stack.seconds.deploy} s): ${stack.url}`);
  const summary = options.demo
    ? await runDemo({
        url: stack.url,
        adminKey: stack.adminKey,
        signingSecret: stack.signingSecret,
        ...options,
        log: say,
      })
    : undefined;
  if (summary !== undefined) say(summaryText(summary));
  say(`ready after ${Math.round((performance.now() - startedAt) / 1000)} s`);
  if (options.once) {
    await stack.down();
    process.exit(hasFailed(summary) ? 1 : 0);
  }
  say(nextSteps(stack));
  const reason = await stack.cloud.ended;
  say(`the local cloud has ended: ${reason}`);
  process.exit(1);
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
