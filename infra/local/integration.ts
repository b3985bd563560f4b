/**
 * `npm run test:integration`: brings the stack up on the local cloud and runs the integration lane against it. Fails,
 * never skips, when the cloud cannot be had. Arguments go to jest: `npm run test:integration -- journey`.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringUp } from './bring-up.ts';
import { LocalCloudError, localPaths, stopOnSignals } from './cloud/index.ts';

const root = join(import.meta.dirname, '../..');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const runJest = (env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const jest = spawn(
      process.execPath,
      [
        join(root, 'node_modules/jest/bin/jest.js'),
        '--selectProjects',
        'integration',
        '--runInBand',
        // Jest reads this from the command line only, not from a lane's settings.
        '--testTimeout=120000',
        ...process.argv.slice(2),
      ],
      { cwd: root, env, stdio: 'inherit' },
    );
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });

/** A grant that is missing shows as a call that IAM refused: who called, and which action. */
const refusedCalls = (): readonly string[] => {
  const log = readFileSync(join(localPaths(root).logs, 'cloud.log'), 'utf8');
  const refusals = log.matchAll(/assumed-role\/([\w-]+)\/\S+ is not authorized to perform: ([\w:]+)/g);
  return [...new Set([...refusals].map(([, role, action]) => `${role} may not ${action}`))];
};

try {
  const stack = await bringUp({ root, progress: say });
  stopOnSignals(stack.down);
  const code = await runJest({
    ...process.env,
    ...stack.cloud.env,
    SWITCHYARD_URL: stack.url,
    SWITCHYARD_KEY: stack.adminKey,
    DYNAMODB_ENDPOINT: stack.cloud.endpoint,
  });
  if (code !== 0) for (const refusal of refusedCalls()) say(`IAM refused: ${refusal}`);
  await stack.down();
  process.exit(code);
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  say(error.message);
  process.exit(1);
}
