import { createHash } from 'node:crypto';
import { access, appendFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Outcome } from './commands.ts';
import type { Environment } from './environment.ts';
import { LocalCloudError, tailOf } from './failure.ts';
import type { LocalPaths } from './paths.ts';
import { findPython } from './python.ts';

interface Installation {
  /** The interpreter that has MiniStack. */
  readonly python: string;
  /** False when it was there already. */
  readonly isNew: boolean;
}

const interpreterOf = (folder: string): string => join(folder, 'bin/python');

const works = async (folder: string, env: Environment): Promise<boolean> => {
  const present = await access(interpreterOf(folder)).then(
    () => true,
    () => false,
  );
  return (
    present && (await run(interpreterOf(folder), ['-c', 'import hypercorn, ministack'], { env })).code === 0
  );
};

/** What went wrong with pip, in the words of whoever must mend it. */
export const explainPip = (output: string, log: string): LocalCloudError => {
  const unreachable =
    /NewConnectionError|ConnectTimeout|Temporary failure|ProxyError|SSLError|CERTIFICATE_VERIFY/i.test(
      output,
    );
  if (unreachable) {
    return new LocalCloudError(
      'The Python package index cannot be reached.',
      `Check the network, or pip's own settings (pip config list: index-url, proxy, cert); details in ${log}.`,
    );
  }
  if (/No matching distribution|Could not find a version/i.test(output)) {
    return new LocalCloudError(
      'The Python package index does not offer the pinned MiniStack or one of its dependencies.',
      `Check which index pip uses (pip config list); details in ${log}.`,
    );
  }
  return new LocalCloudError(
    `Installing MiniStack failed; the end of ${log}:\n${tailOf(output)}\n`,
    'Mend it and start again.',
  );
};

const createVenv = async (python: string, folder: string, env: Environment): Promise<Outcome> => {
  const whole = await run(python, ['-m', 'venv', folder], { env });
  if (whole.code === 0) return whole;
  // Debian splits ensurepip off into python3-venv: without it the machine's own pip can still fill a bare venv.
  await rm(folder, { recursive: true, force: true });
  const bare = await run(python, ['-m', 'venv', '--without-pip', folder], { env });
  return bare.code === 0 ? bare : { ...bare, output: whole.output + bare.output };
};

const pipFor = async (
  python: string,
  folder: string,
  env: Environment,
): Promise<readonly [string, string[]]> => {
  const inside = await run(interpreterOf(folder), ['-m', 'pip', '--version'], { env });
  if (inside.code === 0) return [interpreterOf(folder), ['-m', 'pip']];
  const outside = await run(python, ['-m', 'pip', '--python', interpreterOf(folder), '--version'], { env });
  if (outside.code === 0) return [python, ['-m', 'pip', '--python', interpreterOf(folder)]];
  throw new LocalCloudError(
    'This Python can make no virtual environment with pip in it (ensurepip is missing).',
    'Install it: apt install python3-venv, or name another Python in SWITCHYARD_PYTHON.',
  );
};

/**
 * MiniStack in its own virtual environment, installed at first start by the machine's pip configuration.
 * It is made in a folder of its own and renamed when it works, so a killed pip leaves nothing that a later
 * start would trust; the folder carries the hash of the requirements, so a new pin makes a new one.
 * @throws LocalCloudError with the mend when Python, ensurepip or the package index is missing
 */
export const ensureInstalled = async (
  paths: LocalPaths,
  env: Environment,
  progress: (line: string) => void,
): Promise<Installation> => {
  const requirements = await readFile(paths.requirements);
  const name = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const folder = join(paths.venvs, name);
  if (await works(folder, env)) return { python: interpreterOf(folder), isNew: false };

  const python = await findPython(env);
  progress('Installing MiniStack in .local/venv (first start only)');
  await mkdir(paths.venvs, { recursive: true });
  await mkdir(paths.logs, { recursive: true });
  for (const old of await readdir(paths.venvs))
    await rm(join(paths.venvs, old), { recursive: true, force: true, maxRetries: 5 });

  const staged = join(paths.venvs, `${name}.partial-${process.pid}`);
  const venv = await createVenv(python, staged, env);
  if (venv.code !== 0) {
    throw new LocalCloudError(
      `Python cannot make a virtual environment: ${tailOf(venv.output, 2)}`,
      'Install python3-venv (apt) or name another Python in SWITCHYARD_PYTHON.',
    );
  }
  const [program, pip] = await pipFor(python, staged, env);
  const install = [
    ...pip,
    'install',
    '--no-input',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
    '-r',
    paths.requirements,
  ];
  const installed = await run(program, install, { env });
  await appendFile(paths.installLog, installed.output);
  if (installed.code !== 0 || !(await works(staged, env))) {
    await rm(staged, { recursive: true, force: true });
    throw explainPip(installed.output, paths.installLog);
  }
  await rename(staged, folder);
  return { python: interpreterOf(folder), isNew: true };
};
