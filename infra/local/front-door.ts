import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { choosePort } from './cloud/ports.ts';

export interface FrontDoorTarget {
  /** The cloud's endpoint, for example https://127.0.0.1:4566. */
  readonly endpoint: string;
  readonly apiId: string;
  /** The stage's name; `$default` is what an HTTP API of ours has. */
  readonly stage?: string;
}

export interface FrontDoor {
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops what is still open. */
  readonly close: () => Promise<void>;
}

/** Headers that speak of one connection only (RFC 9110, 7.6.1), and Host, which each hop writes itself. */
const OF_ONE_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
]);
const MAX_SOCKETS = 128;
/** API Gateway answers within 30 s or not at all. */
const ANSWER_WITHIN_MS = 35_000;

/**
 * The flat list of header names and values without those of one hop, with names and repetitions as they
 * came, so that what a partner signed arrives as it was sent.
 */
export const endToEndHeaders = (raw: readonly string[]): string[] => {
  const named = raw.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase() === 'connection'
      ? (raw[index + 1] ?? '').toLowerCase().split(/\s*,\s*/)
      : [],
  );
  return raw.filter((_, index) => {
    const name = (raw[index - (index % 2)] ?? '').toLowerCase();
    return !OF_ONE_HOP.has(name) && !named.includes(name);
  });
};

const forwardedHeaders = (request: http.IncomingMessage, targetHost: string): string[] => {
  const { host = 'localhost' } = request.headers;
  const earlier = request.headers['x-forwarded-for'];
  const client = request.socket.remoteAddress ?? '127.0.0.1';
  const kept = endToEndHeaders(request.rawHeaders);
  const headers = kept.filter(
    (_, index) => !/^x-forwarded-(for|proto|host|port)$/i.test(kept[index - (index % 2)] ?? ''),
  );
  const length = request.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked'];
  return [
    ...headers,
    ...length,
    ...['Host', targetHost],
    ...['X-Forwarded-For', earlier === undefined ? client : `${String(earlier)}, ${client}`],
    ...['X-Forwarded-Proto', 'http', 'X-Forwarded-Host', host],
    ...['X-Forwarded-Port', String(request.socket.localPort ?? '')],
  ];
};

const refuse = (response: http.ServerResponse, instance: string): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = {
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: 'The local cloud does not answer. Is npm start still running? See .local/logs/cloud.log.',
    instance,
  };
  response.writeHead(502, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
};

/**
 * A SKU may hold a slash. MiniStack decodes the whole path before it looks for the route, so an encoded slash is sent
 * encoded once more; the API's handlers decode what is left, as they do on AWS.
 */
export const keepSlashesEncoded = (url: string): string => {
  const [path = '', ...query] = url.split('?');
  return [path.replace(/%2f/gi, '%252F'), ...query].join('?');
};

/** Passes requests on to the API's path-style address, byte for byte in both directions. */
const forwarder = (target: FrontDoorTarget, agent: http.Agent): http.RequestListener => {
  const endpoint = new URL(target.endpoint);
  const client = endpoint.protocol === 'https:' ? https : http;
  const prefix = `/_aws/execute-api/${target.apiId}/${target.stage ?? '$default'}`;

  return (request, response) => {
    const url = request.url ?? '/';
    const send = (retried: boolean): void => {
      const outgoing = client.request({
        agent,
        hostname: endpoint.hostname,
        port: endpoint.port,
        method: request.method,
        path: prefix + keepSlashesEncoded(url),
        headers: forwardedHeaders(request, endpoint.host),
        timeout: ANSWER_WITHIN_MS,
      });
      outgoing.once('response', (answer) => {
        response.writeHead(
          answer.statusCode ?? 502,
          answer.statusMessage,
          endToEndHeaders(answer.rawHeaders),
        );
        answer.once('error', () => response.destroy());
        answer.pipe(response);
      });
      outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        // A kept connection that the cloud closed just now: safe to ask once more when nothing was asked for.
        const isIdle = outgoing.reusedSocket && error.code === 'ECONNRESET';
        const isSafe = request.method === 'GET' || request.method === 'HEAD';
        if (isIdle && isSafe && !retried && !response.headersSent) send(true);
        else refuse(response, url);
      });
      response.once('close', () => outgoing.destroy());
      if (request.method === 'GET' || request.method === 'HEAD') outgoing.end();
      else request.pipe(outgoing);
    };
    send(false);
  };
};

/**
 * The plain-http door to the deployed API on 127.0.0.1, so that nobody meets the cloud's certificate.
 * When the port is taken it opens at the next free one and says so.
 * The calling process must trust the endpoint's certificate (`ensureCloud` sees to that), or name it in `ca`.
 */
export const startFrontDoor = async (options: {
  readonly target: FrontDoorTarget;
  readonly port?: number;
  readonly ca?: string;
  readonly progress?: (line: string) => void;
}): Promise<FrontDoor> => {
  const { target, port: wanted = 8080, ca, progress } = options;
  const isTls = target.endpoint.startsWith('https:');
  const pool = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' as const };
  const agent = isTls
    ? new https.Agent({ ...pool, ...(ca === undefined ? {} : { ca }) })
    : new http.Agent(pool);
  const server = http.createServer({ keepAliveTimeout: 30_000 }, forwarder(target, agent));

  const free = await choosePort(wanted);
  if (free !== wanted) progress?.(`Port ${wanted} is taken: the front door is at ${free}`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(free, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    agent.destroy();
    await closed;
  };
  return { url: `http://localhost:${port}`, port, close };
};
