import { AwsRefusal, type AwsCall } from '../../../platform/aws/aws-call.ts';

type Kept = { readonly text: string | undefined; readonly until: number };

/** Absence is kept for a tenth of the time: a shop that is being connected works soon. */
const ABSENCE_SHARE = 10;

/** Reads secrets' texts over a signed call and keeps each for `keepMs`; undefined when there is no such secret. */
export const makeSecretOverCall = (call: AwsCall, keepMs: number, now: () => number = Date.now) => {
  const kept = new Map<string, Kept>();
  const load = async (secretId: string): Promise<string | undefined> => {
    try {
      const output = (await call('GetSecretValue', { SecretId: secretId })) as { SecretString?: unknown };
      return typeof output.SecretString === 'string' ? output.SecretString : undefined;
    } catch (error) {
      if (error instanceof AwsRefusal && error.code === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
  return async (secretId: string): Promise<string | undefined> => {
    const known = kept.get(secretId);
    if (known !== undefined && known.until > now()) return known.text;
    const text = await load(secretId);
    kept.set(secretId, { text, until: now() + (text === undefined ? keepMs / ABSENCE_SHARE : keepMs) });
    return text;
  };
};
