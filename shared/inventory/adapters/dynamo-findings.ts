import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { factOf } from '../../contracts/events/fact.ts';
import { stockDiscrepancyFound } from '../../contracts/inventory/events.ts';
import type { Instant } from '../../kernel/instant.ts';
import { transact, type TransactionAction } from '../../platform/dynamo/transact.ts';
import { factsItem } from '../../platform/facts/facts-item.ts';
import type { ProofStore } from '../application/books-ports.ts';
import type { Finding } from '../domain/proof.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { actionsOf } from './ledger-actions.ts';
import { findingFrom, findingKey, findingPartition } from './proof-items.ts';
import { itemsOf, putIf } from './table-access.ts';

const isInvalid = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ValidationError');

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

type Findings = Pick<ProofStore, 'findFinding' | 'openFindings' | 'openFinding' | 'closeFinding'>;

/** What is off, in the inventory's own table: a finding, its fact and the freeze of its cell are one write. */
export const makeDynamoFindings = (table: StockTable): Findings => ({
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
});
