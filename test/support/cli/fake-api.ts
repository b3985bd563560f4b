import { makeApiClient, type ApiClient } from '../../../console/cli/api-client.ts';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A client whose API is a function; what was asked of it is kept. */
export const fakeApi = (
  answer: (asked: Asked) => { readonly status?: number; readonly body: unknown },
): { readonly api: ApiClient; readonly asked: readonly Asked[] } => {
  const asked: Asked[] = [];
  const fake = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = init.body instanceof Uint8Array ? Buffer.from(init.body).toString('utf8') : init.body;
    const request: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof body === 'string' ? body : '',
    };
    asked.push(request);
    const { status = 200, body: answered } = answer(request);
    return new Response(JSON.stringify(answered), { status });
  };
  return { api: makeApiClient({ url: 'http://api.test', key: 'secret-key', fetch: fake }), asked };
};
