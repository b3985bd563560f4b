import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/**
 * Reads a secret's text and keeps it for `keepMs`: a rotated secret is picked up within that time, and a busy Lambda
 * does not pay for a call an invocation. Undefined when there is no such secret; absence is kept for a tenth as long.
 */
export const makeSecretReader = (
  client: SecretsManagerClient,
  keepMs = 300_000,
  now: () => number = Date.now,
) => {
  const kept = new Map<string, { readonly text: string | undefined; readonly until: number }>();
  return async (secretId: string): Promise<string | undefined> => {
    const known = kept.get(secretId);
    if (known !== undefined && known.until > now()) return known.text;
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
      kept.set(secretId, { text: SecretString, until: now() + keepMs });
      return SecretString;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      kept.set(secretId, { text: undefined, until: now() + keepMs / 10 });
      return undefined;
    }
  };
};
