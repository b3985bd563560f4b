import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { ConnectionBook, DeliveryClaim } from './ports.ts';

export type Header = (name: string) => string | undefined;

/** How one channel signs and names its deliveries. */
export type WebhookProtocol = {
  /** Over the raw bytes, in constant time. */
  readonly isSigned: (rawBody: Uint8Array, header: Header, secret: string) => boolean;
  /** Unsigned by the channel's design, carries nothing, and must be acknowledged. */
  readonly isPing: (rawBody: Uint8Array, header: Header) => boolean;
  readonly topic: (header: Header) => string;
  /** What the channel names this delivery, the same at every retry; absent where it names none. */
  readonly deliveryName: (header: Header) => string | undefined;
};

export type ReceiveRefusal =
  | { readonly type: 'unknownConnection' }
  | { readonly type: 'wrongSignature' }
  | { readonly type: 'unreadable'; readonly reason: string }
  | { readonly type: 'tooLarge' };

type Deps = {
  readonly connections: ConnectionBook;
  readonly deliveries: DeliveryClaim;
  readonly protocolOf: (channel: ConnectionRef['channel']) => WebhookProtocol;
  /** Why the bytes cannot be a payload; undefined when they can. */
  readonly unreadableBecause: (rawBody: Uint8Array) => string | undefined;
  /** The same parts give the same id. */
  readonly deriveDeliveryId: (parts: readonly (string | Uint8Array)[]) => string;
  readonly now: () => Instant;
};

/**
 * Keeps a signed delivery and only then acknowledges it. Of copies of one delivery, in the same instant or later, one
 * is kept. A ping is kept once a connection, so that nobody fills the store without a signature.
 * Throws when the store does not answer: the channel delivers again.
 */
export const makeReceiveWebhook =
  (deps: Deps) =>
  async (
    ref: ConnectionRef,
    rawBody: Uint8Array,
    header: Header,
  ): Promise<Result<{ readonly deliveryId: string; readonly repeated: boolean }, ReceiveRefusal>> => {
    const connection = await deps.connections.find(ref);
    if (connection === undefined) return refuse({ type: 'unknownConnection' });
    const protocol = deps.protocolOf(ref.channel);
    const isPing = protocol.isPing(rawBody, header);
    if (!isPing) {
      if (!protocol.isSigned(rawBody, header, connection.webhookSecret))
        return refuse({ type: 'wrongSignature' });
      const reason = deps.unreadableBecause(rawBody);
      if (reason !== undefined) return refuse({ type: 'unreadable', reason });
    }
    const topic = isPing ? 'ping' : protocol.topic(header).slice(0, 100);
    const name = protocol.deliveryName(header);
    const claim = isPing ? ['ping'] : name === undefined ? ['body', topic, rawBody] : ['name', topic, name];
    const deliveryId = deps.deriveDeliveryId([ref.channel, ref.connection, ...claim]);
    const kept = await deps.deliveries.keep({ deliveryId, ...ref, topic, receivedAt: deps.now() }, rawBody);
    return kept === 'tooLarge'
      ? refuse({ type: 'tooLarge' })
      : ok({ deliveryId, repeated: kept === 'keptBefore' });
  };
