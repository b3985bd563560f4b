import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  /** PEM text of the certificate: what a client must trust. */
  readonly pem: string;
}

const DAY = 86_400_000;
const VALID_DAYS = 825;
const RENEW_BEFORE_DAYS = 30;

/** Whether a certificate is unreadable, not for localhost, or ends within thirty days of `now`. */
export const needsRenewal = (pem: string, now: Date): boolean => {
  try {
    const certificate = new X509Certificate(pem);
    const soon = now.getTime() + RENEW_BEFORE_DAYS * DAY;
    return certificate.validToDate.getTime() < soon || certificate.checkIP('127.0.0.1') === undefined;
  } catch {
    return true;
  }
};

const replace = async (file: string, text: string): Promise<void> => {
  const staged = `${file}.${process.pid}`;
  await writeFile(staged, text, { mode: 0o600 });
  await rename(staged, file);
};

/** The cloud's own certificate (localhost, *.localhost, 127.0.0.1), made at first start and renewed in time. */
export const ensureCertificate = async (folder: string, now = new Date()): Promise<Certificate> => {
  const certFile = join(folder, 'cloud.crt');
  const keyFile = join(folder, 'cloud.key');
  const present = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]).catch(
    () => undefined,
  );
  if (present && !needsRenewal(present[0], now)) return { certFile, keyFile, pem: present[0] };

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const made = await generate([{ name: 'commonName', value: 'switchyard local cloud' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A minute back, so that a clock set back a little between two starts does not refuse it.
    notBeforeDate: new Date(now.getTime() - 60_000),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 2, value: '*.localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  await replace(keyFile, made.private);
  await replace(certFile, made.cert);
  return { certFile, keyFile, pem: made.cert };
};
