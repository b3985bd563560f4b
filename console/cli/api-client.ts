import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../../shared/contracts/http/problem.ts';

/** The API answered, and refused. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly problem: Partial<Problem>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `the API answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Nobody answered. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
type Call = {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON unless it is text or bytes; then `headers` names the media type. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Safe to send again when the connection broke or the API was overloaded. GET always is. */
  readonly repeatable?: boolean;
  /** Goes out without the key: a signed webhook needs none. */
  readonly anonymous?: boolean;
};
type Answer<Body> = { readonly status: number; readonly body: Body };

export type ApiClient = {
  readonly url: string;
  /** Throws ApiRefusal on 4xx and 5xx, ApiUnreachable when there is no answer. */
  readonly call: <Body>(call: Call) => Promise<Answer<Body>>;
  readonly get: <Body>(path: string, query?: Query) => Promise<Body>;
  /** All pages of a list, in order. */
  readonly pages: <Body extends { readonly cursor?: string | undefined }>(
    path: string,
    query?: Query,
  ) => AsyncGenerator<Body>;
};

const TRIES = 4;
const PASSING_TROUBLE = new Set([429, 502, 503, 504]);

const withQuery = (url: string, path: string, query: Query = {}): string => {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const text = new URLSearchParams(parameters).toString();
  return `${url}${path}${text === '' ? '' : `?${text}`}`;
};

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemOf = (status: number, text: string): Partial<Problem> => {
  const body = readBody(text);
  if (typeof body === 'object' && body !== null) {
    if ('title' in body) return body as Partial<Problem>;
    if ('message' in body && typeof body.message === 'string')
      return { status, title: body.message.toLowerCase() };
  }
  return { status, title: `the API answered ${status}` };
};

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
};

/** Speaks to the public HTTP API and nothing else. `key` goes out as a bearer token. */
export const makeApiClient = (settings: {
  readonly url: string;
  readonly key?: string | undefined;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}): ApiClient => {
  const send = settings.fetch ?? fetch;
  const url = settings.url.replace(/\/+$/, '');

  const attempt = async (call: Call): Promise<Response> => {
    const raw = typeof call.body === 'string' || call.body instanceof Uint8Array;
    const body = raw ? (call.body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(call.body);
    try {
      return await send(withQuery(url, call.path, call.query), {
        method: call.method ?? 'GET',
        headers: {
          ...(settings.key === undefined || call.anonymous
            ? {}
            : { authorization: `Bearer ${settings.key}` }),
          ...(call.body === undefined || raw ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(settings.timeoutMs ?? 35_000),
      });
    } catch (error) {
      throw new ApiUnreachable(`no answer from ${url} (${causeOf(error)})`, { cause: error });
    }
  };

  const call = async <Body>(request: Call): Promise<Answer<Body>> => {
    const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
    for (let tries = 1; ; tries += 1) {
      const again = repeatable && tries < TRIES;
      try {
        const response = await attempt(request);
        const text = await response.text();
        if (response.ok) return { status: response.status, body: readBody(text) as Body };
        if (!(again && PASSING_TROUBLE.has(response.status)))
          throw new ApiRefusal(response.status, problemOf(response.status, text));
      } catch (error) {
        if (!(again && error instanceof ApiUnreachable) || causeOf(error.cause) === 'ECONNREFUSED')
          throw error;
      }
      await wait(150 * 2 ** tries);
    }
  };

  const get = async <Body>(path: string, query?: Query): Promise<Body> =>
    (await call<Body>({ path, ...(query === undefined ? {} : { query }) })).body;

  async function* pages<Body extends { readonly cursor?: string | undefined }>(
    path: string,
    query: Query = {},
  ): AsyncGenerator<Body> {
    let cursor: string | undefined;
    do {
      const page = await get<Body>(path, { ...query, cursor });
      yield page;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  return { url, call, get, pages };
};
