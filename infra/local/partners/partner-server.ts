import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMessage } from './answer-stock.ts';
import type { Dials } from './dials.ts';
import type { Dice } from './dice.ts';
import type { Work } from './decide-work.ts';

/** What a channel was told over its own API. */
export type Told = {
  readonly channel: 'shopify' | 'woocommerce';
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
};

export type PartnerServer = {
  readonly url: string;
  readonly told: () => readonly Told[];
  /** Calls of channels' APIs that were answered with 429. */
  readonly throttled: () => number;
  readonly close: () => Promise<void>;
};

const LARGEST_BODY = 2_000_000;

const readText = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Error('the body is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const reply = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

const isWork = (value: unknown): value is Work =>
  typeof value === 'object' &&
  value !== null &&
  'fulfilmentOrderId' in value &&
  typeof value.fulfilmentOrderId === 'string' &&
  'lines' in value &&
  Array.isArray(value.lines);

/** As a node is to check it: HMAC-SHA256 over the bytes, compared in constant time. */
const isSigned = (secret: string | undefined, text: string, said: unknown): boolean => {
  if (secret === undefined) return true;
  const due = Buffer.from(`sha256=${createHmac('sha256', secret).update(text, 'utf8').digest('hex')}`);
  const given = Buffer.from(typeof said === 'string' ? said : '');
  return given.length === due.length && timingSafeEqual(given, due);
};

const parse = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * One server for all partners of the demo, on the loopback interface:
 * `/nodes/{nodeId}/work` takes the work of a node; `/shopify/…` and `/woocommerce/…` are the channels' own APIs, as far
 * as our adapters use them, and keep what they are told. It does not keep the process alive.
 */
export const startPartnerServer = async (settings: {
  readonly dice: Dice;
  readonly dials: Dials;
  readonly onWork: (work: Work) => void;
  readonly onCalledOff: (fulfilmentOrderId: string) => void;
  /** Given: nodes take only messages that are signed with it. */
  readonly signingSecret?: string | undefined;
  readonly answerChannel: (told: Told) => unknown;
}): Promise<PartnerServer> => {
  const { dice, dials } = settings;
  const told: Told[] = [];
  const failedOnce = new Set<string>();
  const throttledOnce = new Set<string>();
  let throttled = 0;

  const takeWork = (response: ServerResponse, nodeId: string, body: unknown): void => {
    if (!isWork(body)) return reply(response, 422, { error: 'this is not work' });
    if ('status' in body && body.status === 'cancelled') settings.onCalledOff(body.fulfilmentOrderId);
    else settings.onWork({ ...body, nodeId });
    reply(response, 202, { received: body.fulfilmentOrderId });
  };

  const answerChannel = (response: ServerResponse, call: Told): void => {
    const subject = JSON.stringify([call.channel, call.method, call.path, call.body]);
    if (!failedOnce.has(subject) && dice.happens(dials.outageRate, 'outage', subject)) {
      failedOnce.add(subject);
      return reply(response, 503, { errors: 'try again' });
    }
    if (!throttledOnce.has(subject) && dice.happens(dials.throttleRate, 'throttle', subject)) {
      throttledOnce.add(subject);
      throttled += 1;
      return reply(response, 429, { errors: 'too many calls' }, { 'retry-after': '1' });
    }
    if (isMessage(call)) told.push(call);
    reply(response, 200, settings.answerChannel(call));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    const text = await readText(request);
    const body = parse(text);
    const [, nodeId] = /^\/nodes\/([A-Za-z0-9_-]+)\/work$/.exec(path) ?? [];
    if (nodeId !== undefined) {
      const said = request.headers['x-switchyard-signature'];
      return isSigned(settings.signingSecret, text, said)
        ? takeWork(response, nodeId, body)
        : reply(response, 401, { error: 'this is not signed by the one who gives us work' });
    }
    const [, channel, rest] = /^\/(shopify|woocommerce)(\/.*)$/.exec(path) ?? [];
    if (channel === 'shopify' || channel === 'woocommerce')
      return answerChannel(response, { channel, method: request.method ?? 'GET', path: rest ?? '/', body });
    reply(response, 404, { error: 'nobody lives here' });
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => reply(response, 400, { error: 'unreadable' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    told: () => told,
    throttled: () => throttled,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
};
