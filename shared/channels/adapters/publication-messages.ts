import * as z from 'zod';
import { channelName, connectionName } from '../../contracts/channels/routes.ts';
import { sku } from '../../contracts/scalars.ts';
import type { PublicationMessage } from '../application/publication-ports.ts';

const ref = { channel: channelName, connection: connectionName };

/** As they lie in the queue, and in its dead letters, from where they may be moved back. */
export const publicationMessage: z.ZodType<PublicationMessage> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('changed'),
    ...ref,
    skus: z.array(sku).min(1),
    isUnsure: z.literal(true).exactOptional(),
  }),
  z.object({ type: z.literal('resync'), ...ref, resyncId: z.string(), page: z.int() }),
]);
