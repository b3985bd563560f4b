import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { decodeCursor, encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import { Unreadable } from '../../platform/http/unreadable.ts';
import type { DueClaims } from '../application/ports.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { dueCellFrom, duePartition, DUE_SHARDS } from './soft-items.ts';

/** Sorts behind every mark of that very instant. */
const upTo = (at: string): string => `${at}~`;

export const makeDynamoDueClaims = ({ client, tableName }: StockTable): DueClaims => ({
  shards: DUE_SHARDS,
  listDue: async (shard, at, page) => {
    const from = decodeCursor(page.cursor);
    if (!from.ok) throw new Unreadable('cursor', 'is not a cursor of this list');
    const answer = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk < :upTo',
        ExpressionAttributeValues: { ':pk': duePartition(shard), ':upTo': upTo(at) },
        Limit: page.limit,
        ExclusiveStartKey: from.value,
      }),
    );
    return {
      items: (answer.Items ?? []).map(dueCellFrom),
      cursor: encodeCursor(answer.LastEvaluatedKey as TableKey | undefined),
    };
  },
});
