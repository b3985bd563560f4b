import type { makeTranslateDelivery } from '../application/translate-delivery.ts';
import type { TableChange } from '../../platform/lambda/stream-handler.ts';
import { readDeliveryItem, unpack } from './dynamo/delivery-items.ts';

/**
 * Translates the deliveries among a table's changes, in their order. The stream carries the body with it, unless it
 * continues in further parts: then it is read. Throws on a fault, and the batch comes again.
 */
export const makeDeliveryTranslation =
  (
    translate: ReturnType<typeof makeTranslateDelivery>,
    log: (message: string, details: Readonly<Record<string, unknown>>) => void,
  ) =>
  async (changes: readonly TableChange[]): Promise<void> => {
    for (const { name, after } of changes) {
      if (name !== 'INSERT' || after?.['entity'] !== 'delivery') continue;
      const { delivery, packed, parts } = readDeliveryItem(after);
      const outcome = await translate(delivery, parts > 1 ? undefined : unpack([packed]));
      const { deliveryId, channel, connection, topic } = delivery;
      log('delivery translated', { deliveryId, channel, connection, topic, ...outcome });
    }
  };
