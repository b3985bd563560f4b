import type { Sku } from '../../kernel/ids.ts';
import type { ConnectionRef } from '../domain/delivery.ts';
import type { PublicationMessage } from './publication-ports.ts';
import type { makePublishAvailability } from './publish-availability.ts';
import type { makeResyncPage } from './resync-availability.ts';

type Received = { readonly message: PublicationMessage; readonly isRepeated: boolean };

const skusOf = (messages: readonly Received[]): readonly Sku[] => [
  ...new Set(messages.flatMap(({ message }) => (message.type === 'changed' ? message.skus : []))),
];

/**
 * Works off what waits for one shop: many messages of a SKU are one figure. A message that was begun before leaves
 * open what has arrived, so its SKUs are told whatever is remembered.
 */
export const makeWorkOffPublication =
  (deps: {
    readonly publish: ReturnType<typeof makePublishAvailability>;
    readonly resyncPage: ReturnType<typeof makeResyncPage>;
  }) =>
  async (ref: ConnectionRef, messages: readonly Received[]): Promise<void> => {
    const unsure = skusOf(
      messages.filter(({ message, isRepeated }) => isRepeated || ('isUnsure' in message && message.isUnsure)),
    );
    await deps.publish({ ref, skus: skusOf(messages), unsure });
    for (const { message } of messages)
      if (message.type === 'resync') await deps.resyncPage(ref, message.resyncId, message.page);
  };
