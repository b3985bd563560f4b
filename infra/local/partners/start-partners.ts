import type { ApiClient } from '../../../console/cli/api-client.ts';
import { makeChannelAnswers } from './answer-channel.ts';
import { dialsOf, type Dials } from './dials.ts';
import { makeDice, type Dice } from './dice.ts';
import type { ShopOrder } from './shop-order.ts';
import { shopifyOrderId } from './shopify-payload.ts';
import { startPartnerServer, type Told } from './partner-server.ts';
import { makeShopShelf, type ShopShelf } from './shop-shelf.ts';
import { makeSimulatedChannel, type SimulatedChannel } from './simulated-channel.ts';
import { makeSimulatedNodes, type SimulatedNodes } from './simulated-nodes.ts';

export type Partners = {
  readonly dice: Dice;
  readonly dials: Dials;
  readonly nodes: SimulatedNodes;
  /** Where a node is told of its work. */
  readonly nodeEndpoint: (nodeId: string) => string;
  /** The base URL of a channel's own API. */
  readonly channelApiUrl: (channel: 'shopify' | 'woocommerce') => string;
  readonly openShop: (
    shop: Pick<Parameters<typeof makeSimulatedChannel>[0], 'channel' | 'connection' | 'secret'>,
  ) => SimulatedChannel;
  readonly told: () => readonly Told[];
  readonly throttled: () => number;
  /** What a channel's shop shows, and where one may alter it behind our back. */
  readonly shelves: Readonly<Record<'shopify' | 'woocommerce', ShopShelf>>;
  readonly stop: () => Promise<void>;
};

/**
 * Starts simulated channels and nodes around the API at `api.url`. They use the public interfaces only, as real
 * partners do. All decisions follow from `seed`.
 */
export const startPartners = async (settings: {
  readonly api: ApiClient;
  readonly seed: number;
  /** 0 to 1; or each dial by itself. */
  readonly nastiness: number | Dials;
  /** What messages to nodes are signed with; absent: nodes take them unchecked. */
  readonly signingSecret?: string | undefined;
  readonly log: (text: string) => void;
}): Promise<Partners> => {
  const dice = makeDice(settings.seed);
  const dials = typeof settings.nastiness === 'number' ? dialsOf(settings.nastiness) : settings.nastiness;
  const nodes = makeSimulatedNodes({ url: settings.api.url, dice, dials, log: settings.log });
  const shelves = { shopify: makeShopShelf(), woocommerce: makeShopShelf() };
  const sold = new Map<string, ShopOrder>();
  const server = await startPartnerServer({
    dice,
    dials,
    onWork: nodes.receive,
    onCalledOff: nodes.callOff,
    signingSecret: settings.signingSecret,
    answerChannel: makeChannelAnswers((orderId) => sold.get(orderId), shelves),
  });
  return {
    dice,
    dials,
    nodes,
    nodeEndpoint: (nodeId) => `${server.url}/nodes/${nodeId}/work`,
    channelApiUrl: (channel) => `${server.url}/${channel}`,
    openShop: (shop) => {
      const channel = makeSimulatedChannel({ api: settings.api, dice, dials, ...shop });
      if (shop.channel !== 'shopify') return channel;
      return {
        ...channel,
        place: (order) => {
          sold.set(shopifyOrderId(order.number), order);
          return channel.place(order);
        },
      };
    },
    told: server.told,
    throttled: server.throttled,
    shelves,
    stop: async () => {
      nodes.stop();
      await server.close();
    },
  };
};
