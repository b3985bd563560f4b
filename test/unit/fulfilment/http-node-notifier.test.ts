import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fulfilmentOrder } from '../../../shared/contracts/fulfilment/routes.ts';
import {
  makeHttpNodeNotifier,
  SIGNATURE_HEADER,
} from '../../../shared/fulfilment/adapters/http-node-notifier.ts';
import { makeWorkSigner } from '../../../shared/fulfilment/adapters/sign-work.ts';
import { aWork } from '../../support/fulfilment/builders.ts';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A node on this machine that answers every message with `status`. */
const withNode = async (
  status: number,
  use: (endpoint: string, received: readonly Received[]) => Promise<void>,
): Promise<void> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/work`, received);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe('the message to a node', () => {
  it('is the work as the API shows it', () =>
    withNode(202, async (endpoint, received) => {
      await makeHttpNodeNotifier().tell(endpoint, aWork());

      expect(received).toHaveLength(1);
      expect(fulfilmentOrder.parse(JSON.parse(received[0]?.body ?? ''))).toMatchObject({
        nodeId: 'DC-EAST',
        status: 'requested',
        shipTo: { name: 'A. Customer' },
      });
      expect(received[0]?.headers['idempotency-key']).toBe(aWork().fulfilmentOrderId);
    }));

  it('has another key when it calls the work off', () =>
    withNode(202, async (endpoint, received) => {
      const work = aWork();
      await makeHttpNodeNotifier().tell(endpoint, { ...work, state: { status: 'cancelled' } });

      expect(fulfilmentOrder.parse(JSON.parse(received[0]?.body ?? ''))).toMatchObject({
        fulfilmentOrderId: work.fulfilmentOrderId,
        status: 'cancelled',
      });
      expect(received[0]?.headers['idempotency-key']).toBe(`${work.fulfilmentOrderId}.cancelled`);
    }));

  it('is signed with the secret of the nodes, or not sent', () =>
    withNode(202, async (endpoint, received) => {
      const tellWith = (secret: string | undefined) =>
        makeHttpNodeNotifier({ sign: makeWorkSigner(async () => secret) }).tell(endpoint, aWork());
      await tellWith('shared secret');
      await expect(tellWith(undefined)).rejects.toThrow('no secret');

      const hex = createHmac('sha256', 'shared secret')
        .update(received[0]?.body ?? '')
        .digest('hex');
      expect(received.map(({ headers }) => headers[SIGNATURE_HEADER])).toEqual([`sha256=${hex}`]);
    }));

  it('is signed over its bytes when there is a signer', () =>
    withNode(202, async (endpoint, received) => {
      const sign = (body: string) => createHmac('sha256', 'shared secret').update(body).digest('hex');
      await makeHttpNodeNotifier({ sign: async (body) => sign(body) }).tell(endpoint, aWork());

      expect(received[0]?.headers[SIGNATURE_HEADER]).toBe(sign(received[0]?.body ?? ''));
    }));

  it.each([302, 404, 500])(
    'that is answered with %i is not delivered, and the fault names no customer',
    (status) =>
      withNode(status, async (endpoint) => {
        const fault = await makeHttpNodeNotifier()
          .tell(endpoint, aWork())
          .catch((error: unknown) => String(error));

        expect(fault).toMatch(/Error/);
        expect(fault).not.toContain('Customer');
      }),
  );

  it('to a node that is not there is a fault', async () => {
    await expect(makeHttpNodeNotifier().tell('http://127.0.0.1:9', aWork())).rejects.toThrow();
  });
});
