import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal, ApiUnreachable, type ApiClient } from '../../../console/cli/api-client.ts';
import { deliveryIdOf, signWebhook, type ChannelName } from '../../../console/cli/replay/sign-webhook.ts';
import type { Dials } from './dials.ts';
import type { Dice } from './dice.ts';
import { shopifyPayload } from './shopify-payload.ts';
import type { ShopOrder } from './shop-order.ts';
import { woocommercePayload } from './woocommerce-payload.ts';

/** Counts of what went over the wire, to be held against what arrived. */
export type Traffic = { readonly deliveries: number; readonly repeats: number; readonly retries: number };

export type SimulatedChannel = {
  /** Tells of a new order: sometimes twice, sometimes with its update arriving first. Resolves when all is acknowledged. */
  readonly place: (order: ShopOrder) => Promise<void>;
  /** Tells that the customer has cancelled. */
  readonly cancel: (order: ShopOrder) => Promise<void>;
  readonly traffic: () => Traffic;
};

/** A channel gives up after this many answers that are not 2xx. */
const ATTEMPTS = 8;

type Message = { readonly topic: string; readonly text: string };

const messagesOf = {
  shopify: {
    created: (order: ShopOrder) => ({ topic: 'orders/create', text: shopifyPayload(order, order.placedAt) }),
    updated: (order: ShopOrder, at: Date) => ({ topic: 'orders/updated', text: shopifyPayload(order, at) }),
    cancelled: (order: ShopOrder, at: Date) => ({
      topic: 'orders/cancelled',
      text: shopifyPayload(order, at, at),
    }),
  },
  woocommerce: {
    created: (order: ShopOrder) => ({
      topic: 'order.created',
      text: woocommercePayload(order, order.placedAt),
    }),
    updated: (order: ShopOrder, at: Date) => ({
      topic: 'order.updated',
      text: woocommercePayload(order, at),
    }),
    cancelled: (order: ShopOrder, at: Date) => ({
      topic: 'order.updated',
      text: woocommercePayload(order, at, 'cancelled'),
    }),
  },
} as const;

/** A shop that signs, repeats, reorders and retries its webhooks as the real ones do. */
export const makeSimulatedChannel = (settings: {
  readonly api: ApiClient;
  readonly channel: ChannelName;
  readonly connection: string;
  readonly secret: string;
  readonly dice: Dice;
  readonly dials: Dials;
}): SimulatedChannel => {
  const { api, channel, connection, secret, dice, dials } = settings;
  const say = messagesOf[channel];
  let deliveries = 0;
  let repeats = 0;
  let retries = 0;

  const deliver = async ({ topic, text }: Message): Promise<void> => {
    const body = Buffer.from(text, 'utf8');
    const delivery = { channel, connection, topic, body, id: deliveryIdOf(connection, topic, body) };
    const headers = signWebhook(delivery, secret);
    deliveries += 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const path = `/channels/${channel}/${connection}/webhooks`;
        await api.call({ method: 'POST', path, body, headers, anonymous: true });
        return;
      } catch (error) {
        const isPassing =
          error instanceof ApiUnreachable || (error instanceof ApiRefusal && error.status >= 429);
        if (!isPassing || attempt >= ATTEMPTS) throw error;
        retries += 1;
        await wait(100 * 2 ** attempt);
      }
    }
  };

  const deliverPerhapsTwice = async (message: Message, order: ShopOrder): Promise<void> => {
    const isRepeated = dice.happens(dials.duplicateRate, 'repeat', channel, order.number, message.topic);
    if (isRepeated) repeats += 1;
    await Promise.all(isRepeated ? [deliver(message), deliver(message)] : [deliver(message)]);
  };

  return {
    place: async (order) => {
      const created = say.created(order);
      const updated = say.updated(order, new Date(order.placedAt.getTime() + 1_000));
      const overtakes = dice.happens(dials.reorderRate, 'overtakes', channel, order.number);
      for (const message of overtakes ? [updated, created] : [created])
        await deliverPerhapsTwice(message, order);
    },
    cancel: (order) =>
      deliverPerhapsTwice(say.cancelled(order, new Date(order.placedAt.getTime() + 2_000)), order),
    traffic: () => ({ deliveries, repeats, retries }),
  };
};
