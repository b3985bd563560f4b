import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Outcome } from './cloud/commands.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION, type PlainEnvironment } from './cloud/environment.ts';
import { LocalCloudError } from './cloud/failure.ts';
import { localPaths, type LocalPaths } from './cloud/paths.ts';
import { readState } from './cloud/state.ts';
import { deployProgress, withoutEvents } from './cloud/stack-events.ts';

export interface DeployOptions {
  /** The repository's root, where cdk.json and node_modules are. */
  readonly root: string;
  /** From `ensureCloud`: where to deploy, and the environment that trusts it. */
  readonly cloud: { readonly endpoint: string; readonly env: PlainEnvironment; readonly origin?: string };
  /** CDK context, for example `{ stage: 'local' }`. */
  readonly context?: Readonly<Record<string, string>>;
  /** Hears one short line per stack. */
  readonly progress: (line: string) => void;
  /** The folder of the CDK app (its cdk.json), when it is not the root: for tests. */
  readonly appFolder?: string;
}

export interface Deployed {
  /** Stack name -> output name -> value, as in `.local/outputs.json`. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Seconds that synthesis and bootstrap (side by side) and then the deployment took. */
  readonly seconds: { readonly prepare: number; readonly deploy: number };
}

const QUIET = ['--no-notices', '--no-color', '--no-version-reporting'];

/** Marks the very cloud that was bootstrapped: one that MiniStack began anew has another instance. */
const bootstrapMark = async (paths: LocalPaths, options: DeployOptions): Promise<string | undefined> => {
  const state = await readState(paths.stateFile);
  if (!state || state.endpoint !== options.cloud.endpoint || options.cloud.origin === 'given')
    return undefined;
  const cli = JSON.parse(await readFile(join(options.root, 'node_modules/aws-cdk/package.json'), 'utf8')) as {
    version: string;
  };
  return `${state.instance} ${cli.version}`;
};

const failWhole = (step: string, outcome: Outcome, log: string): never => {
  const output = withoutEvents(outcome.output);
  // MiniStack keeps a stack that failed to be created, and CDK cannot delete it there first as in AWS.
  const isStuck = /is in \w+ state and cannot be updated/.test(output);
  const mend = isStuck
    ? 'Begin with an empty cloud: npm run cloud -- stop, and start again.'
    : `The full log is ${log}.`;
  throw new LocalCloudError(`cdk ${step} failed:\n${output}\n`, mend);
};

/**
 * Deploys the synthesised stacks to the local cloud through the pinned CDK command line: bootstrap (once
 * per cloud) beside synthesis (with its cdk-nag validation), then deploy. The same app deploys to AWS.
 * @throws LocalCloudError with the whole of what CDK said, resource events apart
 */
export const deployStacks = async (options: DeployOptions): Promise<Deployed> => {
  const { root, cloud, context = {}, progress, appFolder = root } = options;
  const paths = localPaths(root);
  const cli = join(root, 'node_modules/.bin/cdk');
  const { assembly, bootstrapFile } = paths;
  await mkdir(paths.logs, { recursive: true });
  writeFileSync(paths.deployLog, '');
  const env = { ...cloud.env, NO_COLOR: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const cdk = (
    args: readonly string[],
    hear: (text: string) => void = () => undefined,
    cwd = appFolder,
  ): Promise<Outcome> =>
    run(cli, [...args, ...QUIET], {
      cwd,
      env,
      onChunk: (text) => {
        appendFileSync(paths.deployLog, text);
        hear(text);
      },
    });

  const started = Date.now();
  const mark = await bootstrapMark(paths, options);
  const isBootstrapped =
    mark !== undefined && mark === (await readFile(bootstrapFile, 'utf8').catch(() => ''));
  progress(isBootstrapped ? 'Synthesising the stacks' : 'Synthesising the stacks, bootstrapping the account');
  const settings = Object.entries(context).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  const [synth, bootstrap] = await Promise.all([
    cdk(['synth', '--quiet', '--output', assembly, ...settings]),
    // From a folder without a cdk.json: beside one, bootstrap would synthesise the app a second time.
    isBootstrapped
      ? undefined
      : cdk(['bootstrap', `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`], undefined, paths.local),
  ]);
  if (synth.code !== 0) failWhole('synth', synth, paths.deployLog);
  if (bootstrap && bootstrap.code !== 0) failWhole('bootstrap', bootstrap, paths.deployLog);
  if (mark !== undefined) await writeFile(bootstrapFile, mark);
  const prepared = Date.now();

  const deploy = await cdk(
    [
      'deploy',
      '--all',
      '--app',
      assembly,
      '--require-approval',
      'never',
      '--method',
      'direct',
      '--progress',
      'events',
    ].concat(['--outputs-file', paths.outputsFile]),
    deployProgress(progress),
  );
  if (deploy.code !== 0) failWhole('deploy', deploy, paths.deployLog);
  const outputs = JSON.parse(await readFile(paths.outputsFile, 'utf8')) as Deployed['outputs'];
  return {
    outputs,
    seconds: { prepare: (prepared - started) / 1_000, deploy: (Date.now() - prepared) / 1_000 },
  };
};
