import { run } from './commands.ts';
import type { Environment } from './environment.ts';
import { LocalCloudError } from './failure.ts';

const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const MINIMUM = { major: 3, minor: 10 };

/** Whether the text of `python --version` names a version that MiniStack runs on. */
export const isUsablePython = (version: string): boolean => {
  const match = /Python (\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor);
};

/**
 * A Python of at least 3.10: the one that SWITCHYARD_PYTHON names, else the first that the PATH offers.
 * @throws LocalCloudError when there is none
 */
export const findPython = async (env: Environment): Promise<string> => {
  const named = env['SWITCHYARD_PYTHON'];
  const seen: string[] = [];
  for (const candidate of named ? [named] : CANDIDATES) {
    const { code, output } = await run(candidate, ['--version'], { env });
    if (code !== 0) continue;
    if (isUsablePython(output)) return candidate;
    seen.push(output.trim());
  }
  throw new LocalCloudError(
    `The local cloud needs Python 3.10 or newer; found ${seen.length > 0 ? seen.join(', ') : 'none'}.`,
    'Install it (python.org, apt install python3 python3-venv, brew install python) or name one in SWITCHYARD_PYTHON.',
  );
};
