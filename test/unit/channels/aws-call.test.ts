import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeSecretOverCall } from '../../../shared/channels/adapters/secrets/secret-over-call.ts';
import { AwsRefusal, DYNAMODB, makeAwsCall, SECRETS_MANAGER } from '../../../shared/platform/aws/aws-call.ts';

type Answer = { readonly status: number; readonly body: unknown };

describe('a signed call of an AWS service', () => {
  let server: Server;
  let endpoint: string;
  const answers: Answer[] = [];
  const requests: { readonly headers: IncomingMessage['headers']; readonly body: unknown }[] = [];

  beforeEach(async () => {
    answers.length = 0;
    requests.length = 0;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        requests.push({ headers: request.headers, body: JSON.parse(text) as unknown });
        const { status, body } = answers.shift() ?? { status: 200, body: {} };
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const call = (service = DYNAMODB) =>
    makeAwsCall(service, {
      region: 'eu-west-1',
      endpoint,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    });

  it('names operation and service, and signs host, target, token and body', async () => {
    await call()('PutItem', { TableName: 't' });
    const [request] = requests;
    expect(request?.body).toEqual({ TableName: 't' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      'x-amz-security-token': 'token',
    });
    expect(request?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
  });

  it('throws what the service refuses, by its name, without trying again', async () => {
    answers.push({
      status: 400,
      body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' },
    });
    const refused: unknown = await call()('PutItem', {}).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AwsRefusal);
    expect(refused).toMatchObject({ code: 'ConditionalCheckFailedException' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['throttling', { status: 400, body: { __type: 'x#ProvisionedThroughputExceededException' } }],
    ['a fault of the service', { status: 500, body: { __type: 'x#InternalServerError' } }],
    [
      'a conflict of transactions',
      {
        status: 400,
        body: {
          __type: 'x#TransactionCanceledException',
          CancellationReasons: [{ Code: 'TransactionConflict' }],
        },
      },
    ],
  ])('tries again after %s', async (_, answer) => {
    answers.push(answer, { status: 200, body: { done: true } });
    expect(await call()('PutItem', {})).toEqual({ done: true });
    expect(requests).toHaveLength(2);
  });

  it('gives up when the service stays away', async () => {
    answers.push(...Array.from({ length: 4 }, () => ({ status: 503, body: {} })));
    await expect(call()('PutItem', {})).rejects.toThrow('dynamodb: status 503');
    expect(requests).toHaveLength(4);
  });

  it('reads a secret once while it is kept, and its absence for a tenth as long', async () => {
    let now = 0;
    const read = makeSecretOverCall(call(SECRETS_MANAGER), 1_000, () => now);
    answers.push({ status: 400, body: { __type: 'ResourceNotFoundException' } });
    answers.push({ status: 200, body: { SecretString: 'first' } });
    answers.push({ status: 200, body: { SecretString: 'second' } });
    expect(await read('a')).toBeUndefined();
    expect(await read('a')).toBeUndefined();
    now = 100;
    expect(await read('a')).toBe('first');
    now = 1_099;
    expect(await read('a')).toBe('first');
    now = 1_100;
    expect(await read('a')).toBe('second');
    expect(requests).toHaveLength(3);
    expect(requests[0]?.headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
  });
});
