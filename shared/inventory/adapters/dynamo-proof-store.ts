import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { stockDiscrepancyFound } from '../../contracts/inventory/events.ts';
import { factOf } from '../../contracts/events/fact.ts';
import type { Instant } from '../../kernel/instant.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { ProofStore, Sheet, StretchEnd, StretchKey } from '../application/books-ports.ts';
import type { Finding } from '../domain/proof.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { actionsOf } from './ledger-actions.ts';
import { cutSheet } from './cut-sheet.ts';
import { findingFrom, findingKey, findingPartition, LAST_RUN_KEY, proofPartition, runFrom, sheetFrom, sheetKey, stretchFrom, stretchKey } from './proof-items.ts'; // prettier-ignore
import type { TableItem } from './stock-items.ts';

/** Sheets are of no use after their run; DynamoDB removes them. */
const KEPT_SECONDS = 2 * 24 * 3600;

const isInvalid = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ValidationError');

/** Puts an item whose condition may be false. */
const putIf = async ({ client }: StockTable, input: PutCommand['input']): Promise<boolean> => {
  try {
    await client.send(new PutCommand(input));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

async function* itemsOf(
  { client, tableName }: StockTable,
  pk: string,
  prefix: string,
): AsyncGenerator<TableItem> {
  let from: Record<string, unknown> | undefined;
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    yield* answer.Items ?? [];
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
}

const keepSheet = async (
  table: StockTable & { readonly newId: () => string; readonly nowMs: () => number },
  key: StretchKey,
  sheet: Sheet,
  end: StretchEnd,
): Promise<StretchEnd> => {
  const attempt = table.newId();
  const expiresAt = Math.floor(table.nowMs() / 1000) + KEPT_SECONDS;
  const parts = cutSheet(sheet);
  for (const [index, part] of parts.entries()) {
    await putIf(table, {
      TableName: table.tableName,
      Item: {
        ...sheetKey(key.proofId, attempt, index),
        entity: 'sheet',
        expiresAt,
        sheet: JSON.stringify(part),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  }
  // This one decides whose sheet counts: a stretch may be read twice, and shows another moment each time.
  const isFirst = await putIf(table, {
    TableName: table.tableName,
    Item: { ...stretchKey(key), entity: 'stretch', expiresAt, attempt, parts: parts.length, ...end },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (isFirst) return end;
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.tableName, Key: stretchKey(key), ConsistentRead: true }),
  );
  const { cursor, counts } = stretchFrom(Item ?? {});
  return { cursor, counts };
};

async function* sheetsOf(table: StockTable, proofId: string): AsyncGenerator<Sheet> {
  const pk = proofPartition(proofId);
  const counted = new Set<string>();
  for await (const item of itemsOf(table, pk, 'STRETCH#')) counted.add(stretchFrom(item).attempt);
  for await (const item of itemsOf(table, pk, 'SHEET#')) {
    if (counted.has(String(item['sk']).split('#')[1] ?? '')) yield sheetFrom(item);
  }
}

const factsOf = (finding: Finding, at: Instant) =>
  factsItem({
    pk: findingPartition(finding.subject),
    aggregateId: finding.subject,
    version: finding.occurrence,
    at,
    facts: [
      factOf(stockDiscrepancyFound, {
        subject: finding.subject,
        ...finding.cell,
        isFrozen: finding.isFrozen,
        violations: finding.violations.map(({ rule, detail }) => ({ rule, detail })),
        proofId: finding.proofId,
      }),
    ],
  });

const openingOf = (tableName: string, finding: Finding, at: Instant): readonly TransactionAction[] => [
  {
    Put: {
      TableName: tableName,
      Item: { ...findingKey(finding.subject), entity: 'finding', ...finding },
      ConditionExpression: 'attribute_not_exists(pk) OR (#status = :mended AND occurrence < :occurrence)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':mended': 'mended', ':occurrence': finding.occurrence },
    },
  },
  {
    Put: {
      TableName: tableName,
      Item: factsOf(finding, at),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  },
];

/** Sheets, findings and the last run, in the inventory's own table: a finding, its fact and the freeze are one write. */
export const makeDynamoProofStore = (
  table: StockTable & { readonly newId: () => string; readonly nowMs: () => number },
): ProofStore => ({
  keepSheet: (key, sheet, end) => keepSheet(table, key, sheet, end),
  sheetsOf: (proofId) => sheetsOf(table, proofId),
  findFinding: async (subject) => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: findingKey(subject), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : findingFrom(Item);
  },
  openFindings: async () => {
    const findings: Finding[] = [];
    for await (const item of itemsOf(table, 'BOOKS', 'FINDING#')) findings.push(findingFrom(item));
    return findings.filter(({ status }) => status === 'open');
  },
  openFinding: async (finding, change, at) => {
    const frozen = change === undefined ? [] : actionsOf(table.tableName, { at, changes: [change] });
    try {
      const { written } = await transact(table.client, [
        ...openingOf(table.tableName, finding, at),
        ...frozen.map(({ action }) => action),
      ]);
      return written ? 'opened' : 'refused';
    } catch (error) {
      // A position whose version is no number cannot be changed at all, and so not be frozen.
      if (change !== undefined && isInvalid(error)) return 'refused';
      throw error;
    }
  },
  closeFinding: async (finding, at) => {
    await putIf(table, {
      TableName: table.tableName,
      Item: { ...findingKey(finding.subject), entity: 'finding', ...finding, status: 'mended', mendedAt: at },
      ConditionExpression: '#status = :open AND occurrence = :occurrence',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':open': 'open', ':occurrence': finding.occurrence },
    });
  },
  lastRun: async () => {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.tableName, Key: LAST_RUN_KEY, ConsistentRead: true }),
    );
    return Item === undefined ? undefined : runFrom(Item);
  },
  rememberRun: async (run) => {
    await putIf(table, {
      TableName: table.tableName,
      Item: { ...LAST_RUN_KEY, entity: 'proof', ...run },
      ConditionExpression: 'attribute_not_exists(pk) OR startedAt <= :startedAt',
      ExpressionAttributeValues: { ':startedAt': run.startedAt },
    });
  },
});
