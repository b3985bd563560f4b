import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';

type Environment = Readonly<Record<string, string | undefined>>;

/** The certificate files that the machine already asks its programs to trust, each once. */
const trustedAlready = (env: Environment): readonly string[] =>
  [
    ...new Set(
      [env['NODE_EXTRA_CA_CERTS'], env['AWS_CA_BUNDLE']].filter((file) => file !== undefined && file !== ''),
    ),
  ] as readonly string[];

/**
 * One bundle that child processes trust: what the machine had set, and our certificate after it.
 * A file that the machine names but does not have is passed over, as Node itself does.
 * @returns the bundle's path
 */
export const writeTrustBundle = async (folder: string, pem: string, env: Environment): Promise<string> => {
  const bundle = join(folder, 'trust.pem');
  const others = trustedAlready(env).filter((file) => file !== bundle);
  const texts = await Promise.all(others.map((file) => readFile(file, 'utf8').catch(() => '')));
  await writeFile(
    bundle,
    [...texts, pem]
      .map((text) => text.trimEnd())
      .filter(Boolean)
      .join('\n') + '\n',
  );
  return bundle;
};

/** Makes this very process trust the certificate: Node reads NODE_EXTRA_CA_CERTS only when it starts. */
export const trustInThisProcess = (pem: string): void => {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);
};
