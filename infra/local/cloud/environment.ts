import { delimiter, join } from 'node:path';
import type { Certificate } from './certificate.ts';
import type { LocalPaths } from './paths.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type PlainEnvironment = Record<string, string>;

export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

/**
 * What MiniStack may inherit. Everything it inherits reaches every Lambda, so the list is short: a function
 * that works because of a variable of someone's shell would fail in AWS.
 */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'LD_LIBRARY_PATH', 'SYSTEMROOT'];
const PASSED_THROUGH = /^(SFN_|LAMBDA_|MINISTACK_|LOG_LEVEL$)/;

const withoutEmpty = (env: Environment): PlainEnvironment =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));

const nodeFirst = (root: string, path: string | undefined): string =>
  [join(root, 'node_modules/.bin'), path].filter(Boolean).join(delimiter);

/**
 * The environment of MiniStack, and with it of every Lambda worker.
 * Empty values never pass: MiniStack takes an empty MINISTACK_ACCOUNT_ID for an account named "".
 */
export const cloudEnvironment = (
  paths: LocalPaths,
  given: { port: number; certificate: Certificate; trustBundle: string; env: Environment },
): PlainEnvironment => {
  const kept = Object.entries(given.env).filter(
    ([name]) => INHERITED.includes(name) || PASSED_THROUGH.test(name),
  );
  return withoutEmpty({
    LOG_LEVEL: 'INFO',
    // A thread waits for the whole of a call, and the call's own calls need threads as well.
    MINISTACK_WORKER_THREADS: '256',
    ...withoutEmpty(Object.fromEntries(kept)),
    AUTH: 'true',
    USE_SSL: '1',
    MINISTACK_SSL_CERT: given.certificate.certFile,
    MINISTACK_SSL_KEY: given.certificate.keyFile,
    BIND_HOST: '127.0.0.1',
    // Queue addresses then carry the same host as the endpoint; otherwise the SDK warns at every message.
    MINISTACK_HOST: '127.0.0.1',
    GATEWAY_PORT: String(given.port),
    NODE_EXTRA_CA_CERTS: given.trustBundle,
    AWS_CA_BUNDLE: given.trustBundle,
    POWERTOOLS_TRACE_ENABLED: 'false',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    NO_PROXY: 'localhost,127.0.0.1',
    TMPDIR: paths.tmp,
    PYTHONUNBUFFERED: '1',
    PATH: nodeFirst(paths.root, given.env['PATH']),
  });
};

/**
 * The environment of whatever speaks to a local cloud (CDK, tests, scripts). Real credentials of the
 * machine are replaced when the cloud is ours, so that nothing meant for the laptop can reach an account.
 *
 * The deploying principal: MiniStack takes the access key `test` for the account's root, which no policy
 * restricts; every Lambda runs under its own role.
 */
export const clientEnvironment = (
  root: string,
  given: { endpoint: string; trustBundle: string | undefined; env: Environment; ours: boolean },
): PlainEnvironment => {
  const { endpoint, trustBundle, env, ours } = given;
  const keepCredentials = !ours && Boolean(env['AWS_ACCESS_KEY_ID']);
  const credentials = keepCredentials
    ? {}
    : {
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_SESSION_TOKEN: '',
        AWS_PROFILE: '',
        AWS_DEFAULT_PROFILE: '',
      };
  return withoutEmpty({
    ...env,
    ...credentials,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: LOCAL_REGION,
    // The machine's metadata service is not asked for credentials, nor a proxy for localhost.
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: [env['NO_PROXY'], 'localhost,127.0.0.1'].filter(Boolean).join(','),
    ...(trustBundle === undefined ? {} : { NODE_EXTRA_CA_CERTS: trustBundle, AWS_CA_BUNDLE: trustBundle }),
    PATH: nodeFirst(root, env['PATH']),
  });
};
