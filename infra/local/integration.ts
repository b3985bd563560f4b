/**
 * `npm run test:integration`: brings the stack up on the local cloud and runs the integration lane against it. Fails,
 * never skips, when the cloud cannot be had. Arguments go to jest: `npm run test:integration -- journey`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bringUp } from './bring-up.ts';
import { LocalCloudError, stopOnSignals } from './cloud/index.ts';

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
        ...process.argv.slice(2),
      ],
      { cwd: root, env, stdio: 'inherit' },
    );
    jest.on('error', reject);
    jest.on('exit', (code) => resolve(code ?? 1));
  });

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
  await stack.down();
  process.exit(code);
} catch (error) {
  if (!(error instanceof LocalCloudError)) throw error;
  say(error.message);
  process.exit(1);
}
