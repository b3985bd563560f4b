import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  ensureCloud,
  inspectCloud,
  LocalCloudError,
  localPaths,
  resetCloud,
  stopCloud,
} from './cloud/index.ts';

const USAGE = `npm run cloud -- COMMAND

  start            start the local cloud and leave it running (for tests and the AWS CLI)
  status           say whether it runs, and where
  stop             end it, and whatever a killed start left behind
  reset [--all]    stop it and forget its logs, certificate and outputs; --all removes MiniStack as well
  logs             follow its log

npm start brings its own cloud, or uses the one that runs.`;

const root = join(import.meta.dirname, '../..');
const say = (line: string): void => console.log(line);

const start = async (): Promise<number> => {
  const cloud = await ensureCloud({ root, lifetime: 'detached', progress: say });
  say(`The local cloud is up: ${cloud.endpoint}`);
  say(
    `  export AWS_ENDPOINT_URL=${cloud.endpoint} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1`,
  );
  const bundle = cloud.env['NODE_EXTRA_CA_CERTS'];
  if (bundle !== undefined && cloud.origin !== 'given')
    say(`  export NODE_EXTRA_CA_CERTS=${bundle} AWS_CA_BUNDLE=${bundle}`);
  return 0;
};

const status = async (): Promise<number> => {
  const found = await inspectCloud(root);
  if (!found) {
    say('The local cloud is not running.');
    return 3;
  }
  const { state, healthy } = found;
  say(
    `${healthy ? 'Running' : 'Started, but does not answer'}: ${state.endpoint} (process ${state.pid}, ${state.lifetime}, since ${state.startedAt})`,
  );
  return healthy ? 0 : 1;
};

const stop = async (): Promise<number> => {
  const count = await stopCloud(root);
  say(count > 0 ? `Stopped (${count} processes).` : 'Nothing was running.');
  return 0;
};

const reset = async (): Promise<number> => {
  await resetCloud(root, { everything: process.argv.includes('--all') });
  say('Reset.');
  return 0;
};

const logs = async (): Promise<number> =>
  new Promise((resolve) => {
    const tail = spawn('tail', ['-n', '200', '-F', localPaths(root).cloudLog], { stdio: 'inherit' });
    tail.once('close', (code) => resolve(code ?? 0));
  });

const COMMANDS: Readonly<Record<string, () => Promise<number>>> = { start, status, stop, reset, logs };

const command = COMMANDS[process.argv[2] ?? ''];
if (!command) {
  console.error(USAGE);
  process.exit(2);
}
try {
  // Not awaited to the natural end: a detached cloud must not keep this process.
  process.exit(await command());
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  console.error(error.message);
  process.exit(1);
}
