import type { Connection } from '../../application/ports.ts';
import { below } from '../call-channel.ts';

/** `ck_…:cs_…` as WooCommerce issues them, over HTTP basic authentication. */
export const wooCommerceHeaders = ({ accessToken }: Connection): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Basic ${Buffer.from(accessToken).toString('base64')}` };

/** A path of the REST API of one shop. */
export const wooCommerceUrl = ({ apiUrl }: Connection, path: string): string =>
  below(apiUrl, `/wp-json/wc/v3/${path}`);
