import { createHash, createHmac, type BinaryLike, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** SHA-256, keyed or not, as the signer wants it. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: BinaryLike | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as BinaryLike);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

export type AwsAccess = {
  readonly region: string;
  /** Instead of the service's own; a local cloud's. */
  readonly endpoint?: string | undefined;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
};

export type AwsService = { readonly name: string; readonly target: string; readonly json: '1.0' | '1.1' };
export const DYNAMODB: AwsService = { name: 'dynamodb', target: 'DynamoDB_20120810', json: '1.0' };
export const SECRETS_MANAGER: AwsService = { name: 'secretsmanager', target: 'secretsmanager', json: '1.1' };

/** What the service answered instead of a result; `code` is its name for it. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
  constructor(service: string, status: number, body: Readonly<Record<string, unknown>>) {
    const type = typeof body['__type'] === 'string' ? body['__type'] : `status ${status}`;
    super(`${service}: ${type}`);
    this.code = type.slice(type.lastIndexOf('#') + 1);
    this.body = body;
  }
}

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 25;
const TIMEOUT_MS = 2_000;
const PASSES =
  /Throttl|ThroughputExceeded|RequestLimitExceeded|TransactionInProgress|InternalServer|InternalService/;

/** Reasons of a cancelled transaction, by action; none for anything else. */
export const cancellationCodes = (refusal: AwsRefusal): readonly string[] => {
  const reasons = refusal.body['CancellationReasons'];
  return Array.isArray(reasons) ? reasons.map((reason: { Code?: unknown }) => String(reason.Code)) : [];
};

const passesByItself = (refusal: AwsRefusal, status: number): boolean =>
  status >= 500 || PASSES.test(refusal.code) || cancellationCodes(refusal).includes('TransactionConflict');

export type AwsCall = (operation: string, input: unknown) => Promise<unknown>;

/**
 * Calls operations of one service that speaks JSON over POST, signed. For the hot path alone: the SDK's clients bring
 * models, serialisers and provider chains of 200 KiB, and this one needs two operations. Throws AwsRefusal for what
 * the service refuses; what may pass by itself is tried again first.
 */
export const makeAwsCall = (
  service: AwsService,
  access: AwsAccess,
  fetching: typeof fetch = fetch,
): AwsCall => {
  const url = new URL(access.endpoint ?? `https://${service.name}.${access.region}.amazonaws.com`);
  const { sessionToken, ...keys } = access.credentials;
  const signer = new SignatureV4({
    service: service.name,
    region: access.region,
    credentials: { ...keys, ...(sessionToken && { sessionToken }) },
    sha256: Sha256,
  });
  const send = async (operation: string, body: string): Promise<Response> => {
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      query: {},
      headers: {
        host: url.host,
        'content-type': `application/x-amz-json-${service.json}`,
        'x-amz-target': `${service.target}.${operation}`,
      },
      body,
    });
    return fetching(new URL('/', url), {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  };
  return async (operation, input) => {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await send(operation, body);
        const text = await answer.text();
        const output = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
        if (answer.ok) return output;
        const refusal = new AwsRefusal(service.name, answer.status, output);
        if (attempt === ATTEMPTS || !passesByItself(refusal, answer.status)) throw refusal;
      } catch (error) {
        if (error instanceof AwsRefusal || attempt === ATTEMPTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_DELAY_MS * 2 ** attempt));
    }
  };
};
