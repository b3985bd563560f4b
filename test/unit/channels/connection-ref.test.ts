import { connectionRefOf } from '../../../shared/channels/index.ts';
import { receiveWebhook } from '../../../shared/contracts/channels/routes.ts';

describe('the path of a webhook', () => {
  it.each([
    ['shopify', 'main'],
    ['woocommerce', 'EU_shop-2'],
    ['etsy', 'main'],
    ['shopify', ''],
    ['shopify', 'a/b'],
    ['shopify', 'x'.repeat(61)],
    ['shopify', 'ünder'],
  ])('of %s and connection "%s" is read as its contract says', (channel, connection) => {
    const isByContract = receiveWebhook.pathParameters.safeParse({ channel, connection }).success;
    expect(connectionRefOf(channel, connection) !== undefined).toBe(isByContract);
  });
});
