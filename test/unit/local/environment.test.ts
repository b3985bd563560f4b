import { clientEnvironment, cloudEnvironment } from '../../../infra/local/cloud/environment.ts';
import { localPaths } from '../../../infra/local/cloud/paths.ts';

const paths = localPaths('/clone');
const certificate = {
  certFile: '/clone/.local/tls/cloud.crt',
  keyFile: '/clone/.local/tls/cloud.key',
  pem: 'PEM',
};
const cloudEnv = (env: Record<string, string>) =>
  cloudEnvironment(paths, { port: 4570, certificate, trustBundle: '/clone/.local/tls/trust.pem', env });

describe('the environment of the local cloud', () => {
  it('is strict: IAM enforced, TLS, loopback only', () => {
    expect(cloudEnv({})).toMatchObject({
      AUTH: 'true',
      USE_SSL: '1',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: '4570',
      MINISTACK_SSL_CERT: certificate.certFile,
      MINISTACK_SSL_KEY: certificate.keyFile,
      POWERTOOLS_TRACE_ENABLED: 'false',
    });
  });

  it('cannot be made lax by the shell it is started from', () => {
    expect(
      cloudEnv({ AUTH: 'false', USE_SSL: '0', BIND_HOST: '0.0.0.0', MINISTACK_SSL_CERT: '/other' }),
    ).toEqual(cloudEnv({}));
  });

  it('gives Lambda workers the Node of this repository', () => {
    expect(cloudEnv({ PATH: '/usr/bin' })['PATH']).toBe('/clone/node_modules/.bin:/usr/bin');
  });

  it('keeps the credentials and settings of the machine from the functions', () => {
    const env = cloudEnv({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_PROFILE: 'prod',
      NODE_OPTIONS: '--inspect',
      AWS_ENDPOINT_URL: 'http://x',
    });
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['AWS_ACCESS_KEY_ID']));
    expect(env).toEqual(cloudEnv({}));
  });

  it('passes on what tunes MiniStack, but nothing empty', () => {
    expect(cloudEnv({ SFN_WAIT_SCALE: '0.01', MINISTACK_ACCOUNT_ID: '', LOG_LEVEL: 'DEBUG' })).toEqual({
      ...cloudEnv({}),
      SFN_WAIT_SCALE: '0.01',
      LOG_LEVEL: 'DEBUG',
    });
  });
});

describe('the environment of what speaks to the local cloud', () => {
  const real = {
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
    AWS_PROFILE: 'prod',
    HOME: '/home',
  };
  const given = { endpoint: 'https://127.0.0.1:4570', trustBundle: '/clone/.local/tls/trust.pem', env: real };

  it('replaces real credentials, so that nothing meant for the laptop reaches an account', () => {
    const env = clientEnvironment('/clone', { ...given, ours: true });
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', HOME: '/home' });
    expect(env).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(env).not.toHaveProperty('AWS_PROFILE');
  });

  it('points to the endpoint, the account, the region and the trusted certificates', () => {
    expect(clientEnvironment('/clone', { ...given, ours: true })).toMatchObject({
      AWS_ENDPOINT_URL: given.endpoint,
      AWS_REGION: 'us-east-1',
      CDK_DEFAULT_ACCOUNT: '000000000000',
      NODE_EXTRA_CA_CERTS: given.trustBundle,
      AWS_CA_BUNDLE: given.trustBundle,
    });
  });

  it('leaves credentials and trust alone for an endpoint that was given', () => {
    const env = clientEnvironment('/clone', { ...given, trustBundle: undefined, ours: false });
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: 'AKIA', AWS_SESSION_TOKEN: 't' });
    expect(env).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  });
});
