import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleFolder, bundleFunctions } from '../../../infra/build/bundle-functions.ts';
import { median } from '../measures.ts';

/** From the channel's request to the stored order. */
export const INGEST_PATH = ['channels/api/receive-webhook', 'channels/streams/translate-deliveries'] as const;

/** What the same receiver looks like when it takes the SDK and Powertools as their documentation shows. */
const PEER_SOURCE = `
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
const logger = new Logger();
const metrics = new Metrics({ namespace: 'peer' });
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
const secrets = new SecretsManagerClient({ region: 'us-east-1' });
export const handler = async (event) => {
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: event.secretId }));
  await documents.send(new PutCommand({ TableName: 't', Item: { pk: secret.SecretString, ...event } }));
  metrics.publishStoredMetrics();
  logger.info('stored');
};
`;

const LOADER = `
const start = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - start));
process.exit(0);
`;

const run = promisify(execFile);

/** ms that a fresh process takes to load the module. */
const loadOnce = async (file: string): Promise<number> => {
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '--eval', LOADER, pathToFileURL(file).href],
    {
      env: { PATH: process.env['PATH'], AWS_REGION: 'us-east-1' },
    },
  );
  return Number(stdout);
};

const buildPeer = async (root: string, folder: string): Promise<string> => {
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'peer.js'), PEER_SOURCE);
  const outfile = join(folder, 'peer.mjs');
  await build({
    entryPoints: [join(folder, 'peer.js')],
    outfile,
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
  return outfile;
};

export type BundleFigures = {
  readonly name: string;
  readonly kib: number;
  /** Median load in a fresh process, ms. */
  readonly loadMs: number;
};

/** Weighs the bundles of the ingest path and times their loading, turn by turn with the peer's. */
export const measureBundles = async (
  root: string,
  rounds: number,
): Promise<{ readonly ingest: readonly BundleFigures[]; readonly peer: BundleFigures }> => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-peer-'));
  try {
    await bundleFunctions(root);
    const files = [
      ...INGEST_PATH.map((name) => ({ name, file: join(bundleFolder(name, root), 'index.mjs') })),
      { name: 'SDK and Powertools', file: await buildPeer(root, folder) },
    ];
    const times = files.map((): number[] => []);
    // Once unmeasured, for the disk's cache; then in turns, so that a busy moment meets all of them.
    for (const { file } of files) await loadOnce(file);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, { file }] of files.entries()) times[index]?.push(await loadOnce(file));
    }
    const figures = await Promise.all(
      files.map(async ({ name, file }, index) => ({
        name,
        kib: (await stat(file)).size / 1024,
        loadMs: median(times[index] ?? []),
      })),
    );
    const peer = figures.at(-1);
    if (peer === undefined) throw new Error('no peer was built');
    return { ingest: figures.slice(0, -1), peer };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
