import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { decision, decisionInputs } from '../../contracts/sourcing/decision.ts';
import { storedJson } from '../../platform/dynamo/stored-bytes.ts';
import type { DecisionLog, DecisionQueries, Hash } from '../application/ports.ts';
import type { DecisionRecord } from '../domain/decision-record.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

const DAYS_KEPT = 400;
const ORDER_ID_LENGTH = 'ord_'.length + 26;

export const hashSha256: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const storedRecord = z.object({
  decisionId: z.string(),
  orderId: z.string(),
  at: z.string(),
  inputHash: z.string(),
  decisionHash: z.string(),
  record: storedJson.pipe(z.object({ inputs: decisionInputs, decision })),
});

/** A decision as it lies in the table; throws on an item that is none. */
export const decisionFrom = (image: unknown): DecisionRecord => {
  const { record, ...rest } = storedRecord.parse(image);
  return { ...rest, ...record };
};

const keysOf = (orderId: string, decisionId: string) => ({
  pk: `ORDER#${orderId}`,
  sk: `DECISION#${decisionId}`,
});

/**
 * Keeps decisions by order. Inputs and decision are compressed: a decision over two hundred nodes takes some 12 KB,
 * far below the 400 KB of an item.
 */
export const makeDynamoDecisionLog = (table: Table): DecisionLog => ({
  keep: async ({ inputs, decision: made, ...record }) => {
    await table.client.send(
      new PutCommand({
        TableName: table.tableName,
        Item: {
          ...keysOf(record.orderId, record.decisionId),
          ...record,
          entity: 'decision',
          record: gzipSync(JSON.stringify({ inputs, decision: made })),
          expiresAt: Math.floor(Date.parse(record.at) / 1000) + DAYS_KEPT * 86_400,
        },
      }),
    );
  },
});

/** A decision's id begins with its order's, so that one key finds it without an index. */
export const makeDynamoDecisionQueries = (table: Table): DecisionQueries => ({
  find: async (decisionId) => {
    const answer = await table.client.send(
      new GetCommand({
        TableName: table.tableName,
        Key: keysOf(decisionId.slice(0, ORDER_ID_LENGTH), decisionId),
      }),
    );
    return answer.Item === undefined ? undefined : decisionFrom(answer.Item);
  },
  listOfOrder: async (orderId) => {
    const records: DecisionRecord[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await table.client.send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: { ':pk': `ORDER#${orderId}`, ':sk': 'DECISION#' },
          ExclusiveStartKey: from,
        }),
      );
      // Records of before this shape hold no hash: they expire, they are not shown.
      for (const image of page.Items ?? []) if ('inputHash' in image) records.push(decisionFrom(image));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return records.sort((one, other) => (one.at < other.at ? -1 : 1));
  },
});
