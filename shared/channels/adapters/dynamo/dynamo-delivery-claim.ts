import { gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { transact } from '../../../platform/dynamo/transact.ts';
import type { DeliveryClaim } from '../../application/ports.ts';
import { deliveryKey, expiryOf, partKey } from './delivery-keys.ts';

/** DynamoDB takes items of 400 KB; the rest of the item needs well under 10 KB. */
const PART_BYTES = 380 * 1024;
/** One transaction carries 4 MB. */
const MOST_PARTS = 10;

const isTaken = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/**
 * The claim and the compressed raw body are one conditional write: what is acknowledged is stored, and of identical
 * deliveries in the same instant one is. A body beyond one item continues in parts, in the same transaction.
 */
export const makeDynamoDeliveryClaim = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): DeliveryClaim => ({
  keep: async (delivery, rawBody) => {
    const packed = gzipSync(rawBody);
    const parts = Math.ceil(packed.length / PART_BYTES);
    if (parts > MOST_PARTS) return 'tooLarge';
    const put = (item: Record<string, unknown>) => ({
      TableName: table.tableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    const cut = (part: number) => packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    const expiresAt = expiryOf(delivery);
    const claim = put({
      ...deliveryKey(delivery.deliveryId),
      entity: 'delivery',
      ...delivery,
      body: cut(0),
      parts,
      expiresAt,
    });
    if (parts > 1) {
      const more = Array.from({ length: parts - 1 }, (_, index) =>
        put({
          ...partKey(delivery.deliveryId, index + 1),
          entity: 'deliveryPart',
          body: cut(index + 1),
          expiresAt,
        }),
      );
      const outcome = await transact(
        table.client,
        [claim, ...more].map((Put) => ({ Put })),
      );
      return outcome.written ? 'kept' : 'keptBefore';
    }
    try {
      await table.client.send(new PutCommand(claim));
      return 'kept';
    } catch (error) {
      if (isTaken(error)) return 'keptBefore';
      throw error;
    }
  },
});
