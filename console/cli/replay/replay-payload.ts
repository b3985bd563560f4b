import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery as DeliveryOutcome } from '../../../shared/contracts/channels/routes.ts';
import { ApiRefusal, ApiUnreachable, type ApiClient } from '../api-client.ts';
import { signWebhook, type Delivery } from './sign-webhook.ts';

/** `lost`: kept, and nothing was heard of it in time. `crashed`: the API failed. Neither may happen. */
export type ReplayOutcome = {
  readonly outcome: 'accepted' | 'duplicate' | 'ignored' | 'refused' | 'lost' | 'crashed';
  readonly topic: string;
  readonly deliveryId?: string;
  readonly orderId?: string;
  readonly reason?: string;
};

const PATIENCE_MS = 30_000;

const awaitOutcome = async (
  api: ApiClient,
  deliveryId: string,
  patienceMs: number,
): Promise<DeliveryOutcome | undefined> => {
  const until = Date.now() + patienceMs;
  for (let pause = 100; ; pause = Math.min(1_000, pause * 1.5)) {
    try {
      const delivery = await api.get<DeliveryOutcome>(`/v1/deliveries/${encodeURIComponent(deliveryId)}`);
      if (delivery.status !== 'received') return delivery;
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 404) throw error;
    }
    if (Date.now() >= until) return undefined;
    await wait(pause);
  }
};

/** Another instance of the receiver may not know a connection that was just made: this many seconds at most. */
const UNKNOWN_FOR_S = 60;

const deliver = async (api: ApiClient, delivery: Delivery, secret: string, patienceMs: number) => {
  for (let second = 0; ; second += 1) {
    try {
      return await api.call<{ deliveryId: string; repeated: boolean }>({
        method: 'POST',
        path: `/channels/${delivery.channel}/${encodeURIComponent(delivery.connection)}/webhooks`,
        body: delivery.body,
        headers: signWebhook(delivery, secret),
        repeatable: true,
        anonymous: true,
      });
    } catch (error) {
      const isUnknownYet = error instanceof ApiRefusal && error.status === 404;
      if (!isUnknownYet || second >= UNKNOWN_FOR_S || patienceMs === 0) throw error;
      await wait(1_000);
    }
  }
};

/** Delivers one signed body as its channel would, and waits for what became of it. */
export const replayPayload = async (
  api: ApiClient,
  delivery: Delivery,
  secret: string,
  options: { readonly patienceMs?: number } = {},
): Promise<ReplayOutcome> => {
  const { topic } = delivery;
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  try {
    const { body } = await deliver(api, delivery, secret, patienceMs);
    const { deliveryId } = body;
    const became = await awaitOutcome(api, deliveryId, patienceMs);
    if (became === undefined)
      return {
        outcome: 'lost',
        topic,
        deliveryId,
        reason: `no outcome after ${Math.round(patienceMs / 1000)} s`,
      };
    const order = became.orderId === undefined ? {} : { orderId: became.orderId };
    if (body.repeated)
      return {
        outcome: 'duplicate',
        topic,
        deliveryId,
        ...order,
        reason: `delivered before: ${became.status}${became.reason === undefined ? '' : `, ${became.reason}`}`,
      };
    const reason = became.reason === undefined ? {} : { reason: became.reason };
    return { outcome: became.status as ReplayOutcome['outcome'], topic, deliveryId, ...order, ...reason };
  } catch (error) {
    if (error instanceof ApiUnreachable) throw error;
    if (!(error instanceof ApiRefusal)) throw error;
    const outcome = error.status >= 500 ? 'crashed' : 'refused';
    return { outcome, topic, reason: `${error.status}: ${error.message}` };
  }
};
