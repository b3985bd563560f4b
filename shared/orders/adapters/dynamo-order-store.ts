import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { Claim, OrderStore, OrderWithStated, OrderWrite } from '../application/ports.ts';
import { toFact } from './order-facts.ts';
import {
  backorderEntries,
  endingEntries,
  partitionOf,
  readState,
  readStated,
  STATE_KEY,
  statedItem,
  STATED_KEY,
  stateItem,
} from './order-items.ts';

export type OrdersTable = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

/** DynamoDB's limit is 400 KB an item; attribute names and types need the rest. */
const STATED_BYTES = 350_000;
/** As long as a caller may reasonably repeat a request. */
const CLAIM_SECONDS = 7 * 24 * 3600;

const NEW = { ConditionExpression: 'attribute_not_exists(pk)' };

const claimPut = (tableName: string, claim: Claim, at: Instant) => {
  const now = Math.floor(Date.parse(at) / 1000);
  return {
    TableName: tableName,
    Item: {
      pk: `CLAIM#${claim.key}`,
      sk: 'CLAIM',
      entity: 'claim',
      bodyHash: claim.bodyHash,
      orderId: claim.orderId,
      expiresAt: now + CLAIM_SECONDS,
    },
    // What has expired may still be there for a while.
    ConditionExpression: 'attribute_not_exists(pk) OR bodyHash = :hash OR expiresAt < :now',
    ExpressionAttributeValues: { ':hash': claim.bodyHash, ':now': now },
  };
};

const statePut = (tableName: string, { before, after }: OrderWrite) => ({
  TableName: tableName,
  Item: stateItem(after),
  ...(before === undefined
    ? NEW
    : { ConditionExpression: 'version = :known', ExpressionAttributeValues: { ':known': before.version } }),
});

/** Entries that appear, change or go: what stays as it is costs nothing. */
const backorderActions = (tableName: string, { before, after }: OrderWrite): readonly TransactionAction[] => {
  const were = before === undefined ? [] : [...backorderEntries(before), ...endingEntries(before)];
  const are = [...backorderEntries(after), ...endingEntries(after)];
  const gone = were.filter((was) => !are.some((is) => is.pk === was.pk && is.sk === was.sk));
  const changed = are.filter((is) => !were.some((was) => JSON.stringify(was) === JSON.stringify(is)));
  return [
    ...gone.map(({ pk, sk }) => ({ Delete: { TableName: tableName, Key: { pk, sk } } })),
    ...changed.map((entry) => ({ Put: { TableName: tableName, Item: entry } })),
  ];
};

const actionsOf = (tableName: string, write: OrderWrite): readonly TransactionAction[] => {
  const { after, facts, stated, claim } = write;
  const pk = partitionOf(after.orderId);
  const outbox = factsItem({
    pk,
    aggregateId: after.orderId,
    version: after.version,
    at: after.updatedAt,
    facts: facts.map((fact) => toFact(after, fact)),
  });
  return [
    { Put: statePut(tableName, write) },
    ...(facts.length > 0 ? [{ Put: { TableName: tableName, Item: outbox, ...NEW } }] : []),
    ...(stated ? [{ Put: { TableName: tableName, Item: statedItem(after.orderId, stated) } }] : []),
    ...backorderActions(tableName, write),
    ...(claim ? [{ Put: claimPut(tableName, claim, after.updatedAt) }] : []),
  ];
};

/** False when the condition does not hold. */
const putIf = async (
  client: DynamoDBDocumentClient,
  put: ReturnType<typeof statePut | typeof claimPut>,
): Promise<boolean> => {
  try {
    await client.send(new PutCommand(put));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const find = async ({ client, tableName }: OrdersTable, orderId: OrderId) => {
  const answer = await client.send(
    new GetCommand({
      TableName: tableName,
      Key: { pk: partitionOf(orderId), sk: STATE_KEY },
      ConsistentRead: true,
    }),
  );
  return answer.Item === undefined ? undefined : readState(answer.Item);
};

const findWithStated = async (
  { client, tableName }: OrdersTable,
  orderId: OrderId,
): Promise<OrderWithStated | undefined> => {
  const answer = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :state)',
      ExpressionAttributeValues: { ':pk': partitionOf(orderId), ':state': STATE_KEY },
      ConsistentRead: true,
    }),
  );
  const items = answer.Items ?? [];
  const state = items.find((item) => item['sk'] === STATE_KEY);
  const stated = items.find((item) => item['sk'] === STATED_KEY);
  if (state === undefined || stated === undefined) return undefined;
  return { order: readState(state), stated: readStated(stated) };
};

/**
 * Orders in DynamoDB. One change is one transaction: state on the expected version, facts, and only those other items
 * that the change touches; a change that touches the state alone is one plain conditional write, at half the price.
 */
export const makeDynamoOrderStore = (table: OrdersTable): OrderStore => ({
  find: (orderId) => find(table, orderId),
  findWithStated: (orderId) => findWithStated(table, orderId),
  write: async (write) => {
    const { client, tableName } = table;
    if (write.stated && Buffer.byteLength(JSON.stringify(write.stated.order)) > STATED_BYTES)
      return refuse({ type: 'tooLarge' });
    const actions = actionsOf(tableName, write);
    if (actions.length === 1)
      return (await putIf(client, statePut(tableName, write))) ? ok(write.after) : refuse({ type: 'stale' });
    const outcome = await transact(client, actions);
    if (outcome.written) return ok(write.after);
    const claimIndex = write.claim === undefined ? -1 : actions.length - 1;
    return refuse({ type: outcome.conditionFailedAt.includes(claimIndex) ? 'keyReused' : 'stale' });
  },
  keepClaim: async (claim, at) =>
    (await putIf(table.client, claimPut(table.tableName, claim, at)))
      ? ok(claim)
      : refuse({ type: 'keyReused' }),
});
