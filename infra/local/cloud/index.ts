/**
 * The local cloud: MiniStack in strict mode (IAM enforced, TLS, loopback only), as a library.
 *
 * For the conductor (`npm start`), in this order:
 *
 *   const paths = localPaths(root)                                     // paths.ts: .local/**
 *   const cloud = await ensureCloud({ root, lifetime: 'with-parent', progress })
 *       cloud.endpoint   'https://127.0.0.1:4566' (or whatever was given)
 *       cloud.env        environment for every child that speaks to it (CDK, tests, scripts); this
 *                        process trusts the certificate already, so fetch and the SDK work as they are
 *       cloud.origin     'started' | 'running' | 'given'
 *       cloud.ended      promise of the reason when it dies by itself (never settles for 'running', 'given')
 *       cloud.stop()     ends it if it was started here; leaves a running or given one alone
 *   const { outputs } = await deployStacks({ root, cloud, progress })  // ../deploy.ts: bootstrap + deploy
 *   const door = await startFrontDoor({ target: { endpoint: cloud.endpoint, apiId } })  // ../front-door.ts
 *       door.url 'http://localhost:8080', door.port, door.close()
 *   stopOnSignals(async () => { await door.close(); await cloud.stop() })   // Ctrl-C, SIGTERM, SIGHUP
 *
 * Failures a person can mend are `LocalCloudError`: print `error.message` (one line, with the mend), exit 1.
 * `with-parent`: it dies with this process however that ends, kill -9 included; `detached`: it stays until
 * `stopCloud(root)`. `inspectCloud(root)` says what runs. `resetCloud(root)` also deletes `.local`.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCertificate } from './certificate.ts';
import {
  clientEnvironment,
  cloudEnvironment,
  LOCAL_ACCOUNT,
  type Environment,
  type PlainEnvironment,
} from './environment.ts';
import { LocalCloudError, tailOf } from './failure.ts';
import { isHealthy, waitUntilHealthy } from './health.ts';
import { ensureInstalled } from './installation.ts';
import { localPaths, type LocalPaths } from './paths.ts';
import { choosePort } from './ports.ts';
import { endGroup, listProcesses, orphansAmong } from './processes.ts';
import { clearState, isStateLive, readState, writeState, type CloudState } from './state.ts';
import { trustInThisProcess, writeTrustBundle } from './trust.ts';

export { LocalCloudError } from './failure.ts';
export { localPaths } from './paths.ts';

export interface Cloud {
  readonly endpoint: string;
  readonly origin: 'started' | 'running' | 'given';
  readonly env: PlainEnvironment;
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface CloudOptions {
  /** The repository's root. */
  readonly root: string;
  readonly lifetime: CloudState['lifetime'];
  /** Hears one short line per step. */
  readonly progress: (line: string) => void;
  /** The environment to start from; an AWS_ENDPOINT_URL in it is used instead of starting a cloud. */
  readonly env?: Environment;
}

const DEFAULT_PORT = 4566;
const START_SECONDS = 60;
const never = new Promise<never>(() => undefined);

/** Ends MiniStack, its workers, a pip and a CDK that were started for this clone and have lost their parent. */
const endOrphans = async (paths: LocalPaths): Promise<number> => {
  const cdk = `node ${join(paths.root, 'node_modules/.bin/cdk')}`;
  const marks = [
    ...[`${paths.venvs}/`, `node ${paths.tmp}/`, `${cdk} bootstrap aws://${LOCAL_ACCOUNT}/`],
    ...[`${cdk} synth --quiet --output ${paths.assembly}`, `${cdk} deploy --all --app ${paths.assembly}`],
  ];
  const orphans = orphansAmong(listProcesses(), marks);
  for (const group of new Set(orphans.map((one) => one.group))) await endGroup(group, 0);
  return orphans.length;
};

const useGiven = async (endpoint: string, root: string, env: Environment): Promise<Cloud> => {
  if (!(await isHealthy(endpoint, 5_000))) {
    throw new LocalCloudError(
      `Nothing answers at AWS_ENDPOINT_URL=${endpoint}.`,
      'Start it, trust its certificate (NODE_EXTRA_CA_CERTS), or unset the variable to have a cloud started here.',
    );
  }
  const childEnv = clientEnvironment(root, { endpoint, trustBundle: undefined, env, ours: false });
  return { endpoint, origin: 'given', env: childEnv, ended: never, stop: async () => undefined };
};

const liveState = async (paths: LocalPaths): Promise<CloudState | undefined> => {
  const state = await readState(paths.stateFile);
  return state && isStateLive(state, listProcesses()) ? state : undefined;
};

const launch = async (paths: LocalPaths, python: string, args: string[], env: PlainEnvironment) => {
  await mkdir(paths.logs, { recursive: true });
  const log = await open(paths.cloudLog, 'w');
  try {
    // A group of its own: Ctrl-C reaches only the conductor, and the workers can be ended together.
    const child = spawn(python, [paths.launcher, ...args], {
      cwd: paths.tmp,
      env,
      detached: true,
      stdio: [args[1] === 'detached' ? 'ignore' : 'pipe', log.fd, log.fd],
    });
    child.on('error', () => undefined);
    if (args[1] === 'detached') child.unref();
    return child;
  } finally {
    await log.close();
  }
};

/**
 * A cloud to deploy to: the given one, the one that already runs for this clone, or a new one.
 * What an earlier start left behind (a killed process, its Lambda workers) is cleared first.
 * @throws LocalCloudError when it cannot be had, with the mend
 */
export const ensureCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { root, lifetime, progress, env = process.env } = options;
  const given = env['AWS_ENDPOINT_URL'];
  if (given) return useGiven(given, root, env);

  const paths = localPaths(root);
  const certificate = await ensureCertificate(paths.tls);
  const trustBundle = await writeTrustBundle(paths.tls, certificate.pem, env);
  trustInThisProcess(certificate.pem);
  const envFor = (endpoint: string) => clientEnvironment(root, { endpoint, trustBundle, env, ours: true });

  const running = await liveState(paths);
  if (running && (await isHealthy(running.endpoint, 10_000))) {
    progress(`Using the local cloud that runs at ${running.endpoint}`);
    return {
      endpoint: running.endpoint,
      origin: 'running',
      env: envFor(running.endpoint),
      ended: never,
      stop: async () => undefined,
    };
  }
  const cleared = await endOrphans(paths);
  if (cleared > 0) progress(`Cleared ${cleared} processes that an earlier start left behind`);
  await clearState(paths.stateFile);
  await rm(paths.tmp, { recursive: true, force: true });
  await mkdir(paths.tmp, { recursive: true, mode: 0o700 });

  const { python } = await ensureInstalled(paths, env, progress);
  const wanted = Number(env['GATEWAY_PORT'] || DEFAULT_PORT);
  const port = await choosePort(wanted);
  if (port !== wanted) progress(`Port ${wanted} is taken: the local cloud uses ${port}`);
  const endpoint = `https://127.0.0.1:${port}`;
  const instance = randomUUID();
  const child = await launch(
    paths,
    python,
    [instance, lifetime],
    cloudEnvironment(paths, { port, certificate, trustBundle, env }),
  );
  const { pid } = child;
  let reason: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve((reason = error.message)));
    child.once('exit', (code, signal) =>
      resolve((reason = `the local cloud ended (${signal ?? `code ${code}`})`)),
    );
  });
  const stop = async (): Promise<void> => {
    if (pid !== undefined) await endGroup(pid);
    await clearState(paths.stateFile);
  };
  if (pid !== undefined) {
    const startedAt = new Date().toISOString();
    await writeState(paths.stateFile, {
      instance,
      pid,
      port,
      endpoint,
      lifetime,
      ownerPid: process.pid,
      startedAt,
    });
  }
  if (!(await waitUntilHealthy(endpoint, { seconds: START_SECONDS, hasEnded: () => reason !== undefined }))) {
    await stop();
    const log = await readFile(paths.cloudLog, 'utf8').catch(() => '');
    throw new LocalCloudError(
      `The local cloud did not start: ${reason ?? `no answer within ${START_SECONDS} s`}.`,
      `See .local/logs/cloud.log, which ends with:\n${tailOf(log)}`,
    );
  }
  return { endpoint, origin: 'started', env: envFor(endpoint), ended, stop };
};

/** What `npm run cloud -- status` shows. */
export const inspectCloud = async (
  root: string,
): Promise<{ state: CloudState; healthy: boolean } | undefined> => {
  const state = await liveState(localPaths(root));
  if (!state) return undefined;
  trustInThisProcess((await ensureCertificate(localPaths(root).tls)).pem);
  return { state, healthy: await isHealthy(state.endpoint) };
};

/** Ends the cloud of this clone, whoever started it, and whatever it left behind. @returns how many processes that were */
export const stopCloud = async (root: string): Promise<number> => {
  const paths = localPaths(root);
  const ended = await endOrphans(paths);
  await clearState(paths.stateFile);
  return ended;
};

/** Stops, and deletes all that is local: the next start is a first one, except for MiniStack's installation. */
export const resetCloud = async (root: string, { everything = false } = {}): Promise<void> => {
  await stopCloud(root);
  const paths = localPaths(root);
  const doomed = everything ? [paths.local] : [paths.tls, paths.logs, paths.tmp, paths.outputsFile];
  for (const one of doomed) await rm(one, { recursive: true, force: true });
};

/** Runs `tidy` once at the first of Ctrl-C, SIGTERM and SIGHUP, then exits; a second signal exits at once. */
export const stopOnSignals = (tidy: () => Promise<void>): void => {
  let isStopping = false;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(code);
      isStopping = true;
      void tidy().finally(() => process.exit(code));
    });
  }
};
