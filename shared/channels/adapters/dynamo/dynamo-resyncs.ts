import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { channelName } from '../../../contracts/channels/routes.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { encodeCursor, type TableKey } from '../../../platform/dynamo/cursor.ts';
import { startOf } from '../../../platform/dynamo/page-start.ts';
import type { ResyncStore } from '../../application/publication-ports.ts';
import type { ConnectionRef } from '../../domain/delivery.ts';
import type { Resync, ResyncPage } from '../../domain/resync.ts';
import { DAYS_KEPT } from './delivery-keys.ts';

const resyncItem = z.object({
  channel: channelName,
  connection: z.string(),
  resyncId: z.string(),
  status: z.enum(['running', 'done']),
  startedAt: z.string(),
  changedAt: z.string(),
  page: z.int(),
  cursor: z.string().exactOptional(),
  compared: z.int(),
  repaired: z.int(),
  refused: z.int(),
});

const partitionOf = ({ channel, connection }: ConnectionRef): string => `RESYNCS#${channel}#${connection}`;
/** The id begins with the moment: a shop's resyncs sort by it. */
const keyOf = (ref: ConnectionRef, resyncId: string) => ({ pk: partitionOf(ref), sk: resyncId });

/** Reads a stored resync; throws on an item that is none. */
export const resyncFrom = (item: unknown): Resync => resyncItem.parse(item);

/** False when the condition was false. */
const holds = async (writing: Promise<unknown>): Promise<boolean> => {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** The page's sums are added under the condition that the page was still to do: a page that comes twice counts once. */
const pageUpdate = (TableName: string, resync: Resync, page: ResyncPage, at: Instant): UpdateCommand =>
  new UpdateCommand({
    TableName,
    Key: keyOf(resync, resync.resyncId),
    UpdateExpression: [
      'SET #status = :status, changedAt = :at',
      page.cursor === undefined ? '' : ', #cursor = :cursor',
      ' ADD page :one, compared :compared, repaired :repaired, refused :refused',
    ].join(''),
    ConditionExpression: 'page = :page',
    ExpressionAttributeNames: {
      '#status': 'status',
      ...(page.cursor === undefined ? {} : { '#cursor': 'cursor' }),
    },
    ExpressionAttributeValues: {
      ':status': page.cursor === undefined ? 'done' : 'running',
      ':at': at,
      ':one': 1,
      ':page': resync.page,
      ':compared': page.compared,
      ':repaired': page.repaired,
      ':refused': page.refused,
      ...(page.cursor === undefined ? {} : { ':cursor': page.cursor }),
    },
  });

export const makeDynamoResyncs = ({
  client,
  tableName: TableName,
}: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): ResyncStore => ({
  start: (resync) =>
    holds(
      client.send(
        new PutCommand({
          TableName,
          Item: {
            ...keyOf(resync, resync.resyncId),
            entity: 'resync',
            ...resync,
            expiresAt: Math.floor(Date.parse(resync.startedAt) / 1000) + DAYS_KEPT * 86_400,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    ),
  find: async (ref, resyncId) => {
    const answer = await client.send(
      new GetCommand({ TableName, Key: keyOf(ref, resyncId), ConsistentRead: true }),
    );
    return answer.Item === undefined ? undefined : resyncFrom(answer.Item);
  },
  advance: (resync, page, at) => holds(client.send(pageUpdate(TableName, resync, page, at))),
  list: async (ref, page) => {
    const pk = partitionOf(ref);
    const answer = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ScanIndexForward: false,
        Limit: page.limit,
        ExclusiveStartKey: startOf(page.cursor, { pk }),
      }),
    );
    return {
      items: (answer.Items ?? []).map(resyncFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
});
