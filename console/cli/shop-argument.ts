import { InvalidArgumentError } from 'commander';

export const CHANNELS = ['shopify', 'woocommerce'] as const;
export type Shop = { readonly channel: (typeof CHANNELS)[number]; readonly connection: string };

/** `shopify/main`: a channel and our name for its shop. */
export const shop = (text: string): Shop => {
  const [channel, connection, ...rest] = text.split('/');
  const known = CHANNELS.find((name) => name === channel);
  if (known === undefined || connection === undefined || connection === '' || rest.length > 0)
    throw new InvalidArgumentError(`say CHANNEL/CONNECTION, e.g. shopify/main (${CHANNELS.join(', ')}).`);
  return { channel: known, connection };
};

export const shopPath = ({ channel, connection }: Shop): string =>
  `/v1/connections/${channel}/${encodeURIComponent(connection)}`;
