import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChannelName } from './sign-webhook.ts';

type Connection = { readonly url: string; readonly channel: ChannelName; readonly connection: string };

/** Webhook secrets that were made on this machine, so that a second replay can sign like the first. */
export type KnownSecrets = {
  readonly recall: (connection: Connection) => string | undefined;
  readonly remember: (connection: Connection, secret: string) => void;
};

const nameOf = ({ url, channel, connection }: Connection): string => `${url} ${channel}/${connection}`;

/** Kept in `.local/webhook-secrets.json` below `project`, for this user's eyes only. */
export const fileKnownSecrets = (project: string): KnownSecrets => {
  const file = join(project, '.local', 'webhook-secrets.json');
  const read = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  };
  return {
    recall: (connection) => read()[nameOf(connection)],
    remember: (connection, secret) => {
      mkdirSync(dirname(file), { recursive: true });
      const secrets = { ...read(), [nameOf(connection)]: secret };
      writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    },
  };
};
