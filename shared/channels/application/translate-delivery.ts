import type { ConnectionRef, Delivery, DeliveryOutcome } from '../domain/delivery.ts';
import type { DeliveryLog, IntakeOutcome, OrderIntake, Translate, Translation } from './ports.ts';

type Deps = {
  readonly translatorOf: (channel: ConnectionRef['channel']) => Translate;
  readonly intake: OrderIntake;
  readonly deliveries: Pick<DeliveryLog, 'readBody' | 'recordOutcome'>;
};

const outcomeOf = (taken: IntakeOutcome): DeliveryOutcome => {
  switch (taken.type) {
    case 'placed':
      return { status: 'accepted', orderId: taken.orderId };
    case 'revised':
      return { status: 'accepted', orderId: taken.orderId, reason: 'a later version of the order' };
    case 'cancelled':
      return { status: 'accepted', orderId: taken.orderId, reason: 'the order is cancelled' };
    case 'alreadyThere':
      return { status: 'duplicate', orderId: taken.orderId };
    case 'ignored':
    case 'refused':
      return { status: taken.type, reason: taken.reason, ...(taken.orderId && { orderId: taken.orderId }) };
    case 'unknownOrder':
      return { status: 'ignored', reason: 'it ends an order that is not known here' };
  }
};

const take = async (
  intake: OrderIntake,
  ref: ConnectionRef,
  translation: Translation,
): Promise<DeliveryOutcome> => {
  switch (translation.kind) {
    case 'order':
      return outcomeOf(await intake.place(translation.order));
    case 'cancellation': {
      const { channelOrderId, reason } = translation;
      return outcomeOf(await intake.cancel({ ...ref, channelOrderId, reason }));
    }
    case 'ignored':
    case 'refused':
      return { status: translation.kind, reason: translation.reason };
  }
};

/**
 * Makes an order of what a channel delivered, and records what became of it. A payload that cannot become one is an
 * outcome; only a fault of our own throws, and the delivery comes again: placing twice is placing once.
 */
export const makeTranslateDelivery =
  (deps: Deps) =>
  async (delivery: Delivery, rawBody: Uint8Array | undefined): Promise<DeliveryOutcome> => {
    const body = rawBody ?? (await deps.deliveries.readBody(delivery.deliveryId));
    const text = body === undefined ? undefined : new TextDecoder().decode(body);
    const translation: Translation =
      text === undefined
        ? { kind: 'refused', reason: 'the raw body is no longer kept' }
        : deps.translatorOf(delivery.channel)(delivery, text);
    const ref = { channel: delivery.channel, connection: delivery.connection };
    const outcome = await take(deps.intake, ref, translation);
    await deps.deliveries.recordOutcome(delivery, outcome);
    return outcome;
  };
