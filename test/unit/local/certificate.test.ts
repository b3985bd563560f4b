import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificate, needsRenewal } from '../../../infra/local/cloud/certificate.ts';
import { writeTrustBundle } from '../../../infra/local/cloud/trust.ts';

const DAY = 86_400_000;

describe('the certificate of the local cloud', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchyard-tls-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is for localhost, its subdomains and 127.0.0.1', async () => {
    const { pem } = await ensureCertificate(folder);
    const certificate = new X509Certificate(pem);
    expect(certificate.checkHost('localhost')).toBeDefined();
    // Stated as a name: OpenSSL itself declines to match a wildcard directly below a top-level name.
    expect(certificate.subjectAltName).toContain('DNS:*.localhost');
    expect(certificate.checkIP('127.0.0.1')).toBeDefined();
    expect(certificate.checkHost('example.org')).toBeUndefined();
  });

  it('is kept from start to start and renewed before it ends', async () => {
    const now = new Date();
    const first = await ensureCertificate(folder, now);
    expect((await ensureCertificate(folder, new Date(now.getTime() + 700 * DAY))).pem).toBe(first.pem);
    expect((await ensureCertificate(folder, new Date(now.getTime() + 800 * DAY))).pem).not.toBe(first.pem);
  });

  it('is made anew when the file cannot be read as one', () => {
    expect(needsRenewal('half a certificate', new Date())).toBe(true);
  });

  it('joins what the machine trusts already, each file once, a missing one passed over', async () => {
    const corporate = join(folder, 'corporate.pem');
    await writeFile(corporate, 'CORPORATE\n');
    const env = { NODE_EXTRA_CA_CERTS: corporate, AWS_CA_BUNDLE: corporate };
    expect(await readFile(await writeTrustBundle(folder, 'OURS\n', env), 'utf8')).toBe('CORPORATE\nOURS\n');
    const gone = { NODE_EXTRA_CA_CERTS: join(folder, 'gone.pem') };
    expect(await readFile(await writeTrustBundle(folder, 'OURS', gone), 'utf8')).toBe('OURS\n');
  });
});
