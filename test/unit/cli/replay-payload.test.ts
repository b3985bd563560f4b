import { UsageError } from '../../../console/cli/failures.ts';
import { connect } from '../../../console/cli/replay/connect.ts';
import { replayPayload } from '../../../console/cli/replay/replay-payload.ts';
import { fakeApi, type Asked } from '../../support/cli/fake-api.ts';

const delivery = {
  channel: 'shopify',
  connection: 'main',
  topic: 'orders/create',
  body: Buffer.from('{"id": 820982911946154508}'),
  id: 'd-1',
} as const;

const channelWith = (outcome: object, repeated = false) =>
  fakeApi(({ method }) =>
    method === 'POST'
      ? { status: 202, body: { deliveryId: 'dlv_1', repeated } }
      : { body: { deliveryId: 'dlv_1', ...outcome } },
  );

describe('replaying a payload', () => {
  it('sends its bytes signed and without a key, and reports the order', async () => {
    const { api, asked } = channelWith({ status: 'accepted', orderId: 'ord_1' });
    await expect(replayPayload(api, delivery, 'secret')).resolves.toEqual({
      outcome: 'accepted',
      topic: 'orders/create',
      deliveryId: 'dlv_1',
      orderId: 'ord_1',
    });
    expect(asked[0]).toMatchObject({
      path: '/channels/shopify/main/webhooks',
      body: '{"id": 820982911946154508}',
    });
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('reports what was delivered before as a duplicate of it', async () => {
    const { api } = channelWith({ status: 'ignored', reason: 'a refund' }, true);
    await expect(replayPayload(api, delivery, 'secret')).resolves.toMatchObject({
      outcome: 'duplicate',
      reason: 'delivered before: ignored, a refund',
    });
  });

  it('reports a delivery of which nothing is heard as lost', async () => {
    const { api } = channelWith({ status: 'received' });
    await expect(replayPayload(api, delivery, 'secret', { patienceMs: 0 })).resolves.toMatchObject({
      outcome: 'lost',
    });
  });

  it('reports a refusal with its reason', async () => {
    const { api } = fakeApi(() => ({ status: 400, body: { title: 'malformed', detail: 'is not JSON' } }));
    await expect(replayPayload(api, delivery, 'secret')).resolves.toEqual({
      outcome: 'refused',
      topic: 'orders/create',
      reason: '400: is not JSON',
    });
  });

  it('reports a failure of the API as a crash', async () => {
    const { api } = fakeApi(() => ({ status: 500, body: { title: 'broken' } }));
    await expect(replayPayload(api, delivery, 'secret')).resolves.toMatchObject({ outcome: 'crashed' });
  });
});

describe('connecting for a replay', () => {
  const memory = (secret?: string) => {
    const remembered: string[] = [];
    return {
      recall: () => secret,
      remember: (_: unknown, made: string) => void remembered.push(made),
      remembered,
    };
  };
  const shop = (exists: boolean) => {
    let isThere = exists;
    return fakeApi(({ method }: Asked) => {
      if (method === 'PUT') isThere = true;
      return method === 'PUT' ? { body: {} } : { status: isThere ? 401 : 404, body: { title: 'refused' } };
    });
  };
  const wanted = { channel: 'shopify', connection: 'main' } as const;

  it('makes a connection that does not exist, and remembers its secret', async () => {
    const known = memory();
    const { api, asked } = shop(false);
    const secret = await connect(api, known, wanted);
    expect(known.remembered).toEqual([secret]);
    const put = asked.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: '/v1/connections/shopify/main' });
    expect(JSON.parse(put?.body ?? '')).toEqual({ webhookSecret: secret });
  });

  it('never changes the secret of one that exists', async () => {
    const { api, asked } = shop(true);
    await expect(connect(api, memory('made before'), wanted)).resolves.toBe('made before');
    await expect(connect(api, memory(), { ...wanted, secret: 'given' })).resolves.toBe('given');
    await expect(connect(api, memory(), wanted)).rejects.toThrow(UsageError);
    expect(asked.every(({ method }) => method === 'POST')).toBe(true);
  });
});
