import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal, type ApiClient } from '../../../console/cli/api-client.ts';
import type { KnownSecrets } from '../../../console/cli/replay/known-secrets.ts';
import { shopifyOrderId } from '../partners/shopify-payload.ts';
import type { SimulatedChannel, Traffic } from '../partners/simulated-channel.ts';
import type { Partners } from '../partners/start-partners.ts';
import { makeCanonicalShop } from './canonical-shop.ts';
import { inParallel } from './in-parallel.ts';
import type { PlannedOrder, Via } from './order-plan.ts';

/** Runs with different seeds do not meet: their shops are different connections. */
export const connectionOf = (seed: number): string => `demo-${seed}`;
type Channel = 'shopify' | 'woocommerce';

/** How many customers press the button at the same time. */
const CUSTOMERS = 6;

export type Shops = Readonly<Record<Via, Pick<SimulatedChannel, 'place' | 'cancel'>>> & {
  readonly traffic: () => Readonly<Record<Channel, Traffic>>;
};

/** The id under which the channel knows a planned order. */
export const channelOrderIdOf = ({ via, order }: PlannedOrder): string => {
  if (via === 'shopify') return shopifyOrderId(order.number);
  return via === 'woocommerce' ? String(700 + order.number) : `A-${order.number}`;
};

/** Connects a shop of each channel; their secrets are left for `yard replay`, and for the next run. */
export const openShops = async (
  api: ApiClient,
  partners: Partners,
  known: KnownSecrets,
  connection: string,
): Promise<Shops> => {
  const open = async (channel: Channel): Promise<SimulatedChannel> => {
    const name = { url: api.url, channel, connection };
    const secret = known.recall(name) ?? randomBytes(24).toString('base64url');
    await api.call({
      method: 'PUT',
      path: `/v1/connections/${channel}/${connection}`,
      body: {
        webhookSecret: secret,
        apiUrl: partners.channelApiUrl(channel),
        accessToken: randomBytes(16).toString('base64url'),
      },
      repeatable: true,
    });
    known.remember(name, secret);
    return partners.openShop({ channel, connection, secret });
  };
  const [shopify, woocommerce] = await Promise.all([open('shopify'), open('woocommerce')]);
  return {
    shopify,
    woocommerce,
    api: makeCanonicalShop(api, connection),
    traffic: () => ({ shopify: shopify.traffic(), woocommerce: woocommerce.traffic() }),
  };
};

/** Lets every planned order in, and takes back what customers take back. Answers with what went wrong, in words. */
export const placeOrders = async (
  shops: Shops,
  plan: readonly PlannedOrder[],
  onPlaced: (placed: number) => void,
): Promise<readonly string[]> => {
  const failures: string[] = [];
  const regrets: Promise<void>[] = [];
  let placed = 0;
  const fail = (planned: PlannedOrder, what: string, error: unknown) => {
    const isEarlierRun = planned.via === 'api' && error instanceof ApiRefusal && error.status === 409;
    if (!isEarlierRun)
      failures.push(`${planned.via} order ${channelOrderIdOf(planned)} ${what}: ${String(error)}`);
  };
  await inParallel(plan, CUSTOMERS, async (planned) => {
    const { via, cancelAfter } = planned;
    const order = { ...planned.order, placedAt: new Date() };
    try {
      await shops[via].place(order);
    } catch (error) {
      return fail(planned, 'could not be placed', error);
    }
    onPlaced((placed += 1));
    if (cancelAfter === undefined) return;
    const regret = wait(cancelAfter).then(() => shops[via].cancel(order));
    regrets.push(regret.catch((error: unknown) => fail(planned, 'could not be cancelled', error)));
  });
  await Promise.all(regrets);
  return failures;
};
