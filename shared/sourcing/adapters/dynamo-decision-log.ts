import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { decision, decisionInputs } from '../../contracts/sourcing/decision.ts';
import { storedBytes } from '../../platform/dynamo/stored-bytes.ts';
import type { DecisionLog, DecisionQueries, Hash } from '../application/ports.ts';
import type { DecisionRecord } from '../domain/decision-record.ts';
import { PACKED_WITH, packRecord, unpackRecord } from './packed-record.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

const DAYS_KEPT = 400;
const ORDER_ID_LENGTH = 'ord_'.length + 26;

export const hashSha256: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const contents = z.object({ inputs: decisionInputs, decision });
const storedRecord = z.object({
  decisionId: z.string(),
  orderId: z.string(),
  at: z.string(),
  inputHash: z.string(),
  decisionHash: z.string(),
  record: storedBytes.optional(),
  dictionary: z.literal(PACKED_WITH).optional(),
  parts: z.int().optional(),
});
const storedPart = z.object({ record: storedBytes });

/**
 * A decision as it lies in the table, in one item or, where `rest` is needed, with the bytes of its parts; undefined
 * while they are missing. Throws on an item that is none.
 */
export const decisionFrom = (image: unknown, rest?: Uint8Array): DecisionRecord | undefined => {
  const { record = rest, dictionary, parts: _, ...head } = storedRecord.parse(image);
  return record === undefined ? undefined : { ...head, ...contents.parse(unpackRecord(record, dictionary)) };
};

/** What is left of the 400 KB of an item when its keys, hashes and attribute names have been written. */
const PART_BYTES = 390_000;

const keysOf = (orderId: string, decisionId: string) => ({
  pk: `ORDER#${orderId}`,
  sk: `DECISION#${decisionId}`,
});
const partKeysOf = (orderId: string, decisionId: string, part: number) => ({
  pk: `ORDER#${orderId}`,
  sk: `DECISIONPART#${decisionId}#${String(part).padStart(3, '0')}`,
});

/**
 * Keeps decisions by order. Inputs and decision are packed: a decision over two hundred nodes takes some 12 KB, far
 * below the 400 KB of an item. What takes more lies in parts of its own; the decision is written after them, so that
 * whoever finds it finds all of it.
 */
export const makeDynamoDecisionLog = (table: Table): DecisionLog => {
  const put = async (item: Record<string, unknown>): Promise<void> => {
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
  };
  return {
    keep: async ({ inputs, decision: made, ...head }) => {
      const { orderId, decisionId, at } = head;
      const packed = packRecord({ inputs, decision: made });
      const expiresAt = Math.floor(Date.parse(at) / 1000) + DAYS_KEPT * 86_400;
      const parts = packed.length <= PART_BYTES ? 0 : Math.ceil(packed.length / PART_BYTES);
      for (let part = 0; part < parts; part += 1) {
        const record = packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        await put({ ...partKeysOf(orderId, decisionId, part), entity: 'decisionPart', record, expiresAt });
      }
      await put({
        ...keysOf(orderId, decisionId),
        ...head,
        entity: 'decision',
        dictionary: PACKED_WITH,
        ...(parts === 0 ? { record: packed } : { parts }),
        expiresAt,
      });
    },
  };
};

const restOf = async (
  table: Table,
  orderId: string,
  decisionId: string,
  parts: number,
): Promise<Uint8Array> => {
  const bytes: Uint8Array[] = [];
  for (let part = 0; part < parts; part += 1) {
    const answer = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: partKeysOf(orderId, decisionId, part) }),
    );
    bytes.push(storedPart.parse(answer.Item).record);
  }
  return Buffer.concat(bytes);
};

const wholeFrom = async (table: Table, image: unknown): Promise<DecisionRecord | undefined> => {
  const { orderId, decisionId, parts } = storedRecord.parse(image);
  return decisionFrom(
    image,
    parts === undefined ? undefined : await restOf(table, orderId, decisionId, parts),
  );
};

/** A decision's id begins with its order's, so that one key finds it without an index. */
export const makeDynamoDecisionQueries = (table: Table): DecisionQueries => ({
  find: async (decisionId) => {
    const answer = await table.client.send(
      new GetCommand({
        TableName: table.tableName,
        Key: keysOf(decisionId.slice(0, ORDER_ID_LENGTH), decisionId),
      }),
    );
    return answer.Item === undefined ? undefined : wholeFrom(table, answer.Item);
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
      for (const image of page.Items ?? []) {
        const record = 'inputHash' in image ? await wholeFrom(table, image) : undefined;
        if (record !== undefined) records.push(record);
      }
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return records.sort((one, other) => (one.at < other.at ? -1 : 1));
  },
});
