import { parseLossless, type LosslessJson } from '../../platform/json.ts';
import { ChannelBusy } from '../application/channel-busy.ts';
import type { TellOutcome } from '../application/ports.ts';

const TIMEOUT_MS = 10_000;

/** These pass by themselves: the queue tells again, later. */
const PASSES = new Set([408, 425, 429]);

const TOO_MANY_CALLS = 429;
/** What a shop that says 429 and no more is left alone for. */
const REST_MS = 2_000;

/** `Retry-After` in seconds (Shopify sends fractions) or as a date; absent or unreadable: `REST_MS`. */
export const restOf = (retryAfter: string | null, nowMs: number): number => {
  if (retryAfter === null) return REST_MS;
  const ms = /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - nowMs;
  return Number.isNaN(ms) ? REST_MS : Math.max(0, Math.ceil(ms));
};

export type Fetch = typeof fetch;
export type ChannelCall = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

type Refused = Extract<TellOutcome, { readonly type: 'refused' }>;
type Answered = { readonly type: 'answered'; readonly text: string };

const send = async (fetching: Fetch, call: ChannelCall): Promise<Answered | Refused> => {
  const { method, url, headers, body } = call;
  const { host } = new URL(url);
  let status: number;
  let text: string;
  let retryAfter: string | null;
  try {
    const answer = await fetching(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = answer.status;
    retryAfter = answer.headers.get('retry-after');
    text = await answer.text();
  } catch (error) {
    throw new Error(`${host} does not answer (${error instanceof Error ? error.name : 'unknown'})`);
  }
  if (status >= 200 && status < 300) return { type: 'answered', text };
  if (status >= 400 && status < 500 && !PASSES.has(status)) return { type: 'refused', status };
  if (status === TOO_MANY_CALLS) throw new ChannelBusy(host, restOf(retryAfter, Date.now()));
  throw new Error(`${host} answers ${status}`);
};

/**
 * One call of a channel's API. Throws when it may succeed later (no answer, 5xx; `ChannelBusy` for 429); says `refused`
 * for any other 4xx. Errors name host and status, never the token or the body.
 */
export const callChannel = async (fetching: Fetch, call: ChannelCall): Promise<TellOutcome> => {
  const answer = await send(fetching, call);
  return answer.type === 'answered' ? { type: 'said' } : answer;
};

/** A call whose answer is read, with every digit of its ids. Throws as `callChannel`, and on an answer that is not JSON. */
export const askChannel = async (
  fetching: Fetch,
  call: ChannelCall,
): Promise<{ readonly type: 'answered'; readonly body: LosslessJson } | Refused> => {
  const answer = await send(fetching, call);
  if (answer.type === 'refused') return answer;
  try {
    return { type: 'answered', body: parseLossless(answer.text) };
  } catch {
    throw new Error(`${new URL(call.url).host} answers something other than JSON`);
  }
};

/** The base URL and a path below it, whether or not the base ends in a slash. */
export const below = (apiUrl: string | undefined, path: string): string =>
  `${(apiUrl ?? '').replace(/\/+$/, '')}${path}`;
