import type { ConnectionRef } from '../../domain/delivery.ts';
import type { Connection, ConnectionBook } from '../../application/ports.ts';

export const secretIdOf = (prefix: string, { channel, connection }: ConnectionRef): string =>
  `${prefix}channels/${channel}/${connection}`;

const textIn = (fields: object, name: string): string | undefined => {
  const value: unknown = (fields as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const rateIn = (fields: object): number | undefined => {
  const value: unknown = (fields as Record<string, unknown>)['callsPerSecond'];
  return typeof value === 'number' && value > 0 ? value : undefined;
};

/** Reads a connection's secret. Throws when it is there and is not what put-connection writes. */
const connectionOf = (secret: string): Connection => {
  const fields: unknown = JSON.parse(secret);
  const webhookSecret =
    typeof fields === 'object' && fields !== null ? textIn(fields, 'webhookSecret') : undefined;
  if (typeof fields !== 'object' || fields === null || webhookSecret === undefined)
    throw new Error('a connection secret has no webhookSecret');
  return {
    webhookSecret,
    apiUrl: textIn(fields, 'apiUrl'),
    accessToken: textIn(fields, 'accessToken'),
    locationId: textIn(fields, 'locationId'),
    callsPerSecond: rateIn(fields),
  };
};

export const makeSecretConnectionBook = (
  readSecret: (secretId: string) => Promise<string | undefined>,
  prefix: string,
): ConnectionBook => ({
  find: async (ref) => {
    const secret = await readSecret(secretIdOf(prefix, ref));
    return secret === undefined ? undefined : connectionOf(secret);
  },
});
