import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` leaves for the command line; absent where nothing runs on this machine. */
export type LocalSession = {
  readonly url?: string;
  readonly apiKey?: string;
  readonly stage?: string;
  readonly region?: string;
  readonly account?: string;
  readonly aws?: boolean;
  readonly stateMachines?: Readonly<Record<string, string>>;
};

export type Settings = {
  readonly url: string;
  readonly key: string | undefined;
  readonly session: LocalSession;
};

const DEFAULT_URL = 'http://localhost:8080';

/** Reads `.local/session.json` below `directory`; an absent or unreadable file says nothing. */
export const readLocalSession = (directory: string): LocalSession => {
  try {
    const session: unknown = JSON.parse(readFileSync(join(directory, '.local', 'session.json'), 'utf8'));
    return typeof session === 'object' && session !== null ? session : {};
  } catch {
    return {};
  }
};

/**
 * A flag goes before the environment, the environment before what `npm start` has written. The key of the local
 * session is only offered to the local session's own URL, so that it never leaves for another host.
 */
export const chooseSettings = (
  flags: { readonly url?: string; readonly key?: string },
  environment: Readonly<Record<string, string | undefined>>,
  session: LocalSession,
): Settings => {
  const named = flags.url ?? environment['SWITCHYARD_URL'];
  const url = named ?? session.url ?? DEFAULT_URL;
  const isLocalSession = named === undefined || named === session.url;
  return {
    url,
    key: flags.key ?? environment['SWITCHYARD_KEY'] ?? (isLocalSession ? session.apiKey : undefined),
    session: isLocalSession ? session : {},
  };
};
