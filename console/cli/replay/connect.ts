import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal, type ApiClient } from '../api-client.ts';
import { UsageError } from '../failures.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { ChannelName } from './sign-webhook.ts';

type Wanted = { readonly channel: ChannelName; readonly connection: string; readonly secret?: string };

/** A body signed wrongly on purpose tells whether there is such a connection, and leaves no trace: 401 or 404. */
const isThere = async (api: ApiClient, { channel, connection }: Wanted): Promise<boolean> => {
  const unsigned = {
    'content-type': 'application/json',
    'x-shopify-hmac-sha256': 'AAAA',
    'x-wc-webhook-signature': 'AAAA',
  };
  try {
    const path = `/channels/${channel}/${connection}/webhooks`;
    await api.call({
      method: 'POST',
      path,
      body: '{}',
      headers: unsigned,
      anonymous: true,
      repeatable: true,
    });
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 401) return true;
    if (error instanceof ApiRefusal && error.status === 404) return false;
    throw error;
  }
};

type Patience = { readonly patienceMs?: number; readonly onWait?: () => void };

/** The receiver remembers for a while that there was no such connection: deliveries wait until it looks again. */
const untilThere = async (api: ApiClient, wanted: Wanted, options: Patience): Promise<void> => {
  const until = Date.now() + (options.patienceMs ?? 60_000);
  while (!(await isThere(api, wanted))) {
    if (Date.now() > until)
      throw new Error(
        `${wanted.channel}/${wanted.connection} is made, and not known to the receiver yet: try again`,
      );
    options.onWait?.();
    await wait(1_000);
  }
};

/**
 * The secret to sign with: the one that is given, else the one that this machine gave the connection earlier. A
 * connection that does not exist is made. The secret of one that exists is never changed: a shop would be cut off.
 */
export const connect = async (
  api: ApiClient,
  known: KnownSecrets,
  wanted: Wanted,
  options: Patience = {},
): Promise<string> => {
  const { channel, connection } = wanted;
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(connection))
    throw new UsageError('--connection is a name of letters, digits, - and _, at most 60');
  const name = { url: api.url, channel, connection };
  const secret = wanted.secret ?? known.recall(name);
  if (await isThere(api, wanted)) {
    if (secret !== undefined) return secret;
    throw new UsageError(
      `${channel}/${connection} exists: give its --secret, or replay to another --connection`,
    );
  }
  const webhookSecret = secret ?? randomBytes(24).toString('base64url');
  const path = `/v1/connections/${channel}/${connection}`;
  await api.call({ method: 'PUT', path, body: { webhookSecret }, repeatable: true });
  known.remember(name, webhookSecret);
  await untilThere(api, wanted, options);
  return webhookSecret;
};
