import type { TellOutcome } from '../application/ports.ts';

const TIMEOUT_MS = 10_000;

/** These pass by themselves: the queue tells again, later. */
const PASSES = new Set([408, 425, 429]);

export type Fetch = typeof fetch;

/**
 * One call of a channel's API. Throws when it may succeed later (no answer, 5xx, 429); says `refused` for any other
 * 4xx. Errors name host and status, never the token or the body.
 */
export const callChannel = async (
  fetching: Fetch,
  method: 'POST' | 'PUT',
  url: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<TellOutcome> => {
  const { host } = new URL(url);
  let status: number;
  try {
    const answer = await fetching(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = answer.status;
    await answer.body?.cancel();
  } catch (error) {
    throw new Error(`${host} does not answer (${error instanceof Error ? error.name : 'unknown'})`);
  }
  if (status >= 200 && status < 300) return { type: 'said' };
  if (status >= 400 && status < 500 && !PASSES.has(status)) return { type: 'refused', status };
  throw new Error(`${host} answers ${status}`);
};

/** The base URL and a path below it, whether or not the base ends in a slash. */
export const below = (apiUrl: string | undefined, path: string): string =>
  `${(apiUrl ?? '').replace(/\/+$/, '')}${path}`;
