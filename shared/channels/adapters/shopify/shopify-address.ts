import type { Connection } from '../../application/ports.ts';
import { below } from '../call-channel.ts';

const VERSION = '2025-07';

export const shopifyHeaders = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { 'x-shopify-access-token': accessToken };

/** A path of the Admin API of one shop. */
export const shopifyUrl = ({ apiUrl }: Connection, path: string): string =>
  below(apiUrl, `/admin/api/${VERSION}/${path}`);
