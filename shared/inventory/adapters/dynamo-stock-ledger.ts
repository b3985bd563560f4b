import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { pauseWithJitter, transact, TRANSACTION_LIMIT } from '../../platform/dynamo/transact.ts';
import type { CommitRefusal, StockLedger } from '../application/ports.ts';
import type { Cell } from '../domain/cell.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { Position } from '../domain/position.ts';
import { actionsOf, type ConditionMeaning } from './ledger-actions.ts';
import { positionOrFrozen } from './position-or-frozen.ts';
import { isSoftAttribute } from './soft-items.ts';
import {
  groupFrom,
  groupKey,
  positionKey,
  reservationFrom,
  reservationKey,
  type TableItem,
} from './stock-items.ts';

export type StockTable = {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** How long to wait before a conflicted transaction is tried again; absent: full jitter. */
  readonly wait?: (attempt: number) => Promise<void>;
  /** Told of the cells of a transaction that met another one, or a throttle, and is tried again. */
  readonly onContention?: (cells: readonly Cell[]) => void;
  /** Fewer cells in one transaction than it could hold. */
  readonly cellsPerEntry?: number;
};

/**
 * DynamoDB takes 100 actions in one transaction: one for the reservation, and up to three a cell (the position, and two
 * movements, or a movement and its key or the mark of when it expires).
 */
const CELLS_PER_TRANSACTION = 33;

/** DynamoDB reads at most this many items in one BatchGetItem. */
const KEYS_PER_BATCH = 100;

type FailedMeaning = ConditionMeaning & { readonly attributes: readonly string[] };

const refusalOf = (meanings: readonly FailedMeaning[]): CommitRefusal => ({
  type: 'refused',
  reservationMoved: meanings.some((meaning) => meaning.type === 'reservation'),
  moved: meanings.flatMap((meaning) => ('id' in meaning ? [meaning.id] : [])),
  guardFailed: meanings.flatMap((meaning) => (meaning.type === 'guard' ? [meaning.cell] : [])),
  softAt: meanings.flatMap((meaning) =>
    meaning.type === 'guard' && meaning.attributes.some(isSoftAttribute) ? [meaning.cell] : [],
  ),
  keyUsed: meanings.flatMap((meaning) => (meaning.type === 'onceKey' ? [meaning.cell] : [])),
});

const THROTTLES: readonly string[] = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];
const isThrottle = (error: unknown): boolean => error instanceof Error && THROTTLES.includes(error.name);

const commit = async (table: StockTable, entry: LedgerEntry): Promise<Result<void, CommitRefusal>> => {
  const actions = actionsOf(table.tableName, entry);
  if (actions.length > TRANSACTION_LIMIT)
    throw new Error(`an entry of ${actions.length} actions is not atomic`);
  const noteContention = (): void => table.onContention?.(entry.changes.map(({ cell }) => cell));
  const outcome = await transact(
    table.client,
    actions.map(({ action }) => action),
    async (attempt) => {
      noteContention();
      await (table.wait ?? pauseWithJitter)(attempt);
    },
  ).catch((error: unknown) => {
    if (isThrottle(error)) noteContention();
    throw error;
  });
  if (outcome.written) return ok(undefined);
  return refuse(
    refusalOf(
      outcome.conditionFailedAt.flatMap((index) => {
        const meaning = actions[index]?.meaning;
        return meaning === undefined ? [] : [{ ...meaning, attributes: outcome.attributes[index] ?? [] }];
      }),
    ),
  );
};

const positionsFrom = (items: readonly TableItem[]): readonly Position[] =>
  items.flatMap(positionOrFrozen).map(({ freeUnits: _, ...position }) => position);

const findBatch = async (
  table: StockTable,
  Keys: Record<string, unknown>[],
): Promise<readonly TableItem[]> => {
  const found: TableItem[] = [];
  let request: BatchGetCommandOutput['UnprocessedKeys'] = {
    [table.tableName]: { Keys, ConsistentRead: true },
  };
  while (request !== undefined && Object.keys(request).length > 0) {
    const answer: BatchGetCommandOutput = await table.client.send(
      new BatchGetCommand({ RequestItems: request }),
    );
    found.push(...(answer.Responses?.[table.tableName] ?? []));
    request = answer.UnprocessedKeys;
  }
  return found;
};

/** The items that exist under the keys, read consistently, in no particular order. */
export const findItems = async (
  table: StockTable,
  keys: readonly Record<string, unknown>[],
): Promise<readonly TableItem[]> => {
  const batches = Array.from({ length: Math.ceil(keys.length / KEYS_PER_BATCH) }, (_, index) =>
    findBatch(table, keys.slice(index * KEYS_PER_BATCH, (index + 1) * KEYS_PER_BATCH)),
  );
  return (await Promise.all(batches)).flat();
};

const listPositions = async (table: StockTable, sku: Cell['sku']): Promise<readonly Position[]> => {
  const found: Position[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const answer: QueryCommandOutput = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :node)',
        ExpressionAttributeValues: { ':pk': `SKU#${sku}`, ':node': 'NODE#' },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    found.push(...positionsFrom(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
};

/** The ledger on DynamoDB: an entry is one transaction, a guard is a condition, so no interleaving oversells. */
export const makeDynamoStockLedger = (table: StockTable): StockLedger => ({
  cellsPerEntry: table.cellsPerEntry ?? CELLS_PER_TRANSACTION,
  commit: (entry) => commit(table, entry),
  findReservation: async (reservationId) => {
    const answer = await table.client.send(
      new GetCommand({
        TableName: table.tableName,
        Key: reservationKey(reservationId),
        ConsistentRead: true,
      }),
    );
    return answer.Item === undefined ? undefined : reservationFrom(answer.Item);
  },
  findReservations: async (ids) => (await findItems(table, ids.map(reservationKey))).map(reservationFrom),
  findGroups: async (groupIds) => (await findItems(table, groupIds.map(groupKey))).map(groupFrom),
  findPositions: async (cells) => positionsFrom(await findItems(table, cells.map(positionKey))),
  listPositions: (sku) => listPositions(table, sku),
});
