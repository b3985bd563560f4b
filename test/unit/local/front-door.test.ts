import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { endToEndHeaders, startFrontDoor, type FrontDoor } from '../../../infra/local/front-door.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: http.IncomingHttpHeaders;
  rawHeaders: string[];
  body: Buffer;
}

const listen = async (handler: http.RequestListener): Promise<{ server: http.Server; port: number }> => {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
};

const ask = (
  port: number,
  options: http.RequestOptions,
  body?: Buffer,
): Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });

describe('the front door', () => {
  const seen: Seen[] = [];
  const answer = Buffer.from([0, 255, 128, 10, 13]);
  let cloud: http.Server;
  let door: FrontDoor;

  beforeAll(async () => {
    const started = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers, rawHeaders } = request;
        seen.push({ method, url, headers, rawHeaders, body: Buffer.concat(chunks) });
        response
          .writeHead(201, ['Content-Type', 'application/x-thing', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'])
          .end(answer);
      });
    });
    cloud = started.server;
    door = await startFrontDoor({
      target: { endpoint: `http://127.0.0.1:${started.port}`, apiId: 'abc' },
      port: 18_080,
    });
  });
  afterAll(async () => {
    await door.close();
    cloud.closeAllConnections();
    await new Promise((resolve) => cloud.close(resolve));
  });
  beforeEach(() => seen.splice(0));

  it('forwards path and query as they were encoded, but for a slash, which MiniStack would decode too early', async () => {
    await ask(door.port, { path: '/v1/stock/A%2FB%20%C3%A9?q=a%20b%2Bc&q=2&empty&x=%E2%82%AC' });
    expect(seen[0]?.url).toBe(
      '/_aws/execute-api/abc/$default/v1/stock/A%252FB%20%C3%A9?q=a%20b%2Bc&q=2&empty&x=%E2%82%AC',
    );
  });

  it('passes a binary body and its answer byte for byte', async () => {
    const body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256));
    const got = await ask(
      door.port,
      { method: 'POST', path: '/x', headers: { 'content-length': body.length } },
      body,
    );
    expect(seen[0]?.body.equals(body)).toBe(true);
    expect(got.status).toBe(201);
    expect(got.body.equals(answer)).toBe(true);
    expect(got.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('passes a body of unknown length on', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    await ask(
      door.port,
      { method: 'PUT', path: '/x', headers },
      Buffer.from('{ "id": 12345678901234567890 }'),
    );
    expect(seen[0]?.body.toString()).toBe('{ "id": 12345678901234567890 }');
  });

  it('keeps names, values and repetition of headers, writes Host anew and tells where the request came from', async () => {
    const headers = {
      'X-Shopify-Hmac-Sha256': 'a+b/c=',
      'X-Many': ['1', '2'],
      Host: 'shop.example',
      'X-Forwarded-For': '10.0.0.9',
    };
    await ask(door.port, { path: '/x', headers });
    const [request] = seen;
    expect(request?.rawHeaders).toEqual(
      expect.arrayContaining(['X-Shopify-Hmac-Sha256', 'a+b/c=', 'X-Many', '1', '2']),
    );
    expect(request?.headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(request?.headers).toMatchObject({
      'x-forwarded-for': '10.0.0.9, 127.0.0.1',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': String(door.port),
    });
  });

  it('takes the next port when the wanted one is taken, and says so', async () => {
    const lines: string[] = [];
    const target = { endpoint: 'http://127.0.0.1:9', apiId: 'abc' };
    const second = await startFrontDoor({ target, port: door.port, progress: (line) => lines.push(line) });
    expect(second.port).toBeGreaterThan(door.port);
    expect(lines[0]).toContain(`${door.port} is taken`);
    await second.close();
  });

  it('answers with a problem document when the cloud is down', async () => {
    const { server, port } = await listen(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const orphan = await startFrontDoor({
      target: { endpoint: `http://127.0.0.1:${port}`, apiId: 'abc' },
      port: 18_180,
    });
    const got = await ask(orphan.port, { method: 'POST', path: '/v1/orders' }, Buffer.from('{}'));
    expect(got.status).toBe(502);
    expect(got.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(got.body.toString())).toMatchObject({
      title: 'Bad Gateway',
      status: 502,
      instance: '/v1/orders',
    });
    await orphan.close();
  });
});

describe('the headers of one hop', () => {
  it('are dropped with those that Connection names', () => {
    const raw = [
      'Connection',
      'close, X-Hop',
      'X-Hop',
      '1',
      'Host',
      'a',
      'Transfer-Encoding',
      'chunked',
      'X-End',
      '2',
    ];
    expect(endToEndHeaders(raw)).toEqual(['X-End', '2']);
  });
});
