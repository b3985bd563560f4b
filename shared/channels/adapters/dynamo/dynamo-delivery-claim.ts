import { gzipSync } from 'node:zlib';
import { AwsRefusal, cancellationCodes, type AwsCall } from '../../../platform/aws/aws-call.ts';
import type { DeliveryClaim } from '../../application/ports.ts';
import { deliveryKey, expiryOf, partKey } from './delivery-keys.ts';

/** DynamoDB takes items of 400 KB; the rest of the item needs well under 10 KB. */
const PART_BYTES = 380 * 1024;
/** One transaction carries 4 MB. */
const MOST_PARTS = 10;

type Attribute = { readonly S: string } | { readonly N: string } | { readonly B: string };

const attributeOf = (value: string | number | Uint8Array): Attribute => {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : { B: Buffer.from(value).toString('base64') };
};

const attributesOf = (
  item: Readonly<Record<string, string | number | Uint8Array>>,
): Record<string, Attribute> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));

const isTaken = (error: unknown): boolean =>
  error instanceof AwsRefusal &&
  (error.code === 'ConditionalCheckFailedException' ||
    cancellationCodes(error).includes('ConditionalCheckFailed'));

/**
 * The claim and the compressed raw body are one conditional write: what is acknowledged is stored, and of identical
 * deliveries in the same instant one is. A body beyond one item continues in parts, in the same transaction.
 */
export const makeDynamoDeliveryClaim = (call: AwsCall, tableName: string): DeliveryClaim => ({
  keep: async (delivery, rawBody) => {
    const packed = gzipSync(rawBody);
    const parts = Math.ceil(packed.length / PART_BYTES);
    if (parts > MOST_PARTS) return 'tooLarge';
    const expiresAt = expiryOf(delivery);
    const items = Array.from({ length: parts }, (_, part) => {
      const body = packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      return part === 0
        ? { ...deliveryKey(delivery.deliveryId), entity: 'delivery', ...delivery, body, parts, expiresAt }
        : { ...partKey(delivery.deliveryId, part), entity: 'deliveryPart', body, expiresAt };
    });
    const puts = items.map((item) => ({
      TableName: tableName,
      Item: attributesOf(item),
      ConditionExpression: 'attribute_not_exists(pk)',
    }));
    try {
      if (parts === 1) await call('PutItem', puts[0]);
      else await call('TransactWriteItems', { TransactItems: puts.map((Put) => ({ Put })) });
      return 'kept';
    } catch (error) {
      if (isTaken(error)) return 'keptBefore';
      throw error;
    }
  },
});
