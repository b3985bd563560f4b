import { GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { encodeCursor, type TableKey } from '../../platform/dynamo/cursor.ts';
import type { Books, StoreRequest } from '../application/books-ports.ts';
import type { ClaimId } from '../domain/reservation.ts';
import { findItems, type StockTable } from './dynamo-stock-ledger.ts';
import { startOf } from '../../platform/dynamo/page-start.ts';
import { keyOf, readableItems, readItem, storePageOf } from './readable-items.ts';
import { movementFrom, movementPrefix, positionFrom, positionKey, reservationFrom, reservationKey, skuOf } from './stock-items.ts'; // prettier-ignore

/**
 * Where to read on. A SKU's partition holds what is expected of it (`EXPECTED#`), its history (`MOVE#`), its positions
 * (`NODE#`) and the keys of what was done (`ONCE#`), in this order: a history that is not wanted is jumped over, and so is
 * everything behind the positions. A start key need not exist.
 */
const nextStart = (last: TableKey | undefined, { skipsHistoryOf }: StoreRequest): TableKey | undefined => {
  const sku = last === undefined ? undefined : skuOf(last);
  if (last === undefined || sku === undefined) return last;
  const sortKey = String(last['sk']);
  if (sortKey < 'NODE#') return skipsHistoryOf?.(sku) === true ? { ...last, sk: 'NODE#' } : last;
  return sortKey < 'NODE$' ? last : { ...last, sk: '~' };
};

const ENTITIES = { ':position': 'position', ':movement': 'movement', ':reservation': 'reservation', ':group': 'group' }; // prettier-ignore

/** The store as it is written in its table. Scans are eventually consistent: what they show is only suspected. */
export const makeDynamoBooks = (table: StockTable): Books => ({
  scan: async (request) => {
    const answer = await table.client.send(
      new ScanCommand({
        TableName: table.tableName,
        FilterExpression: 'entity IN (:position, :movement, :reservation, :group)',
        ExpressionAttributeValues: ENTITIES,
        Limit: request.limit,
        ExclusiveStartKey: startOf(request.cursor, {}),
        ...(request.segment === undefined
          ? {}
          : { Segment: request.segment.index, TotalSegments: request.segment.of }),
      }),
    );
    const next = nextStart(answer.LastEvaluatedKey as TableKey | undefined, request);
    return { ...storePageOf(answer.Items ?? [], request.skipsHistoryOf), cursor: encodeCursor(next) };
  },
  readPosition: async (cell) => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: positionKey(cell), ConsistentRead: true }),
    );
    if (Item === undefined) return { position: undefined, positionProblem: undefined, version: 0 };
    const version = typeof Item['version'] === 'number' ? Item['version'] : 0;
    const read = readItem(Item, positionFrom);
    return read.ok
      ? { position: read.value, positionProblem: undefined, version }
      : { position: undefined, positionProblem: `the position: ${read.refusal}`, version };
  },
  readMovements: async (cell, page) => {
    const [pk, prefix] = [`SKU#${cell.sku}`, movementPrefix(cell)];
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :moves)',
        ExpressionAttributeValues: { ':pk': pk, ':moves': prefix },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: page.limit,
        ExclusiveStartKey: startOf(page.cursor, { pk, prefix }),
      }),
    );
    const { values, unreadable } = readableItems(answer.Items ?? [], movementFrom);
    const cursor = encodeCursor(answer.LastEvaluatedKey as TableKey | undefined);
    return { movements: values, unreadable, cursor };
  },
  readReservations: async (ids: readonly ClaimId[]) => {
    const items = await findItems(table, ids.map(reservationKey));
    const { values, unreadable } = readableItems(items, reservationFrom);
    return { reservations: values, unreadable };
  },
  isReadable: async (key) => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: keyOf(key), ConsistentRead: true }),
    );
    return Item === undefined || storePageOf([Item]).unreadable.length === 0;
  },
});
