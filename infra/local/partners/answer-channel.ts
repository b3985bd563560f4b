import type { Told } from './partner-server.ts';

const lastNumber = (path: string): number => Number(/(\d+)(?!.*\d)/.exec(path)?.[1] ?? 1);

/** What the channel's own API would answer: enough for a client that reads ids and states. */
export const answerChannel = ({ channel, method, path, body }: Told): unknown => {
  if (channel === 'woocommerce') {
    const isProductSearch = method === 'GET' && path.includes('/products?');
    const sku = new URLSearchParams(path.split('?')[1] ?? '').get('sku') ?? '';
    return isProductSearch ? [{ id: 93, sku }] : { id: lastNumber(path), ...(body as object | undefined) };
  }
  if (path.includes('/fulfillments')) return { fulfillment: { id: 1_022_782_888, status: 'success' } };
  if (path.includes('/inventory_levels')) return { inventory_level: body ?? {} };
  return {};
};
