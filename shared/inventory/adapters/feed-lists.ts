import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { decodeCursor, encodeCursor } from '../../platform/dynamo/cursor.ts';
import { Unreadable } from '../../platform/http/unreadable.ts';
import type { FeedStore, RowNote } from '../application/feed-ports.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { confirmedFrom, confirmedPrefix, feedKey, pieceNotesFrom, PIECES } from './feed-items.ts';
import type { TableItem } from './stock-items.ts';

/** Items of a partition from a sort key on, page by page. */
async function* itemsFrom(
  { client, tableName }: StockTable,
  pk: string,
  from: string,
): AsyncGenerator<TableItem> {
  let start: Record<string, unknown> | undefined;
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': pk, ':from': from },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    yield* answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

export const makeConfirmations =
  (table: StockTable): FeedStore['confirmedSince'] =>
  async (nodeId, asOf) => {
    const newest = new Map<Sku, Instant>();
    const note = (sku: Sku, moment: Instant): void => {
      const known = newest.get(sku);
      if (known === undefined || moment > known) newest.set(sku, moment);
    };
    for await (const item of itemsFrom(table, `FEEDNODE#${nodeId}`, confirmedPrefix(asOf))) {
      if (item['entity'] !== 'confirmed') continue;
      const confirmed = confirmedFrom(item);
      for (const sku of confirmed.skus) note(sku, confirmed.asOf);
      for (const other of confirmed.others) note(other.sku, other.asOf);
    }
    return newest;
  };

/** The cursor names the piece that the next page begins in, and how many of its notes have been shown. */
const startOf = (cursor: string | undefined): { readonly from: string; readonly shown: number } => {
  const key = decodeCursor(cursor);
  const { sk = PIECES, shown = 0 } = key.ok ? (key.value ?? {}) : {};
  if (!key.ok || typeof sk !== 'string' || !sk.startsWith(PIECES) || typeof shown !== 'number')
    throw new Unreadable('query.cursor', 'is not a cursor of this list');
  return { from: sk, shown };
};

export const makeNotes =
  (table: StockTable): FeedStore['listNotes'] =>
  async (feedId, page) => {
    const { from, shown } = startOf(page.cursor);
    const items: RowNote[] = [];
    for await (const item of itemsFrom(table, feedKey(feedId).pk, from)) {
      const { sk, notes } = pieceNotesFrom(item);
      const skipped = sk === from ? shown : 0;
      const room = page.limit - items.length;
      const rest = notes.slice(skipped);
      items.push(...rest.slice(0, room));
      if (rest.length > room) return { items, cursor: encodeCursor({ sk, shown: skipped + room }) };
    }
    return { items, cursor: undefined };
  };
