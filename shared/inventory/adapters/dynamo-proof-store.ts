import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ProofStore } from '../application/books-ports.ts';
import { makeDynamoFindings } from './dynamo-findings.ts';
import { makeDynamoProofSheets, type ProofTable } from './dynamo-proof-sheets.ts';
import { LAST_RUN_KEY, runFrom } from './proof-items.ts';
import { putIf } from './table-access.ts';

/** Where proofs put down what they have read and found. */
export const makeDynamoProofStore = (table: ProofTable): ProofStore => ({
  ...makeDynamoProofSheets(table),
  ...makeDynamoFindings(table),
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
