import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ensureCloud, localPaths, type Cloud } from './cloud/index.ts';
import { deployStacks, type Deployed } from './deploy.ts';
import { startFrontDoor } from './front-door.ts';

/** The deployed network on this machine, as everything that plays with it needs it. */
export type LocalStack = {
  readonly cloud: Cloud;
  /** Plain http, no certificate to meet. */
  readonly url: string;
  readonly adminKey: string;
  /** With which nodes check that a message is ours. */
  readonly signingSecret: string;
  readonly seconds: { readonly cloud: number; readonly deploy: number };
  readonly down: () => Promise<void>;
};

/** What the command line reads to find the stack; gone when the stack is. */
const sessionFile = (root: string): string => join(localPaths(root).local, 'session.json');

const outputOf = ({ outputs }: Deployed, name: string): string => {
  const found = Object.values(outputs).flatMap((stack) => stack[name] ?? []);
  if (found[0] === undefined) throw new Error(`the deployment has no output ${name}`);
  return found[0];
};

const readSecret = async (cloud: Cloud, secretId: string): Promise<string> => {
  const client = new SecretsManagerClient({
    endpoint: cloud.endpoint,
    region: cloud.env['AWS_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: cloud.env['AWS_ACCESS_KEY_ID'] ?? 'test',
      secretAccessKey: cloud.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
    },
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString === undefined) throw new Error(`the secret ${secretId} is empty`);
  return SecretString;
};

const timed = async <Value>(
  work: Promise<Value>,
): Promise<{ readonly value: Value; readonly seconds: number }> => {
  const start = performance.now();
  const value = await work;
  return { value, seconds: Math.round((performance.now() - start) / 100) / 10 };
};

/**
 * Starts the local cloud (or takes the one that is given), deploys the real stacks to it and opens the front door.
 * @throws LocalCloudError with the mend, when something outside this project is missing
 */
export const bringUp = async (options: {
  readonly root: string;
  readonly port?: number;
  readonly progress: (line: string) => void;
}): Promise<LocalStack> => {
  const { root, progress } = options;
  const { value: cloud, seconds: cloudSeconds } = await timed(
    ensureCloud({ root, lifetime: 'with-parent', progress }),
  );
  try {
    const { value: deployed, seconds: deploySeconds } = await timed(
      deployStacks({ root, cloud, progress, context: { stage: 'local' } }),
    );
    const adminKey = await readSecret(cloud, outputOf(deployed, 'AdminKeySecret'));
    const signingSecret = await readSecret(cloud, outputOf(deployed, 'NodeSigningSecret'));
    const door = await startFrontDoor({
      ...(options.port === undefined ? {} : { port: options.port }),
      target: { endpoint: cloud.endpoint, apiId: outputOf(deployed, 'ApiId') },
    });
    writeFileSync(
      sessionFile(root),
      JSON.stringify(
        { url: door.url, apiKey: adminKey, stage: 'local', region: 'us-east-1', aws: false },
        null,
        2,
      ),
      { mode: 0o600 },
    );
    return {
      cloud,
      url: door.url,
      adminKey,
      signingSecret,
      seconds: { cloud: cloudSeconds, deploy: deploySeconds },
      down: async () => {
        rmSync(sessionFile(root), { force: true });
        await door.close();
        await cloud.stop();
      },
    };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
};
