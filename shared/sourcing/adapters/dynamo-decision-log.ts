import { gzipSync } from 'node:zlib';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DecisionLog } from '../application/choose-nodes-for-order.ts';

const DAYS_KEPT = 400;

/**
 * Keeps decisions by order. The inputs are compressed: a decision over two hundred nodes still fits in a few write
 * units, far below the 400 KB of an item.
 */
export const makeDynamoDecisionLog = (table: {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}): DecisionLog => ({
  keep: async ({ decisionId, at, request, candidates, choice }) => {
    await table.client.send(
      new PutCommand({
        TableName: table.tableName,
        Item: {
          pk: `ORDER#${request.orderId}`,
          sk: `DECISION#${decisionId}`,
          entity: 'decision',
          at,
          revision: request.revision,
          cost: choice.cost,
          proven: choice.proven,
          shipments: choice.shipments.map(({ node }) => node),
          inputs: gzipSync(JSON.stringify({ request, candidates, choice })),
          expiresAt: Math.floor(Date.parse(at) / 1000) + DAYS_KEPT * 86_400,
        },
      }),
    );
  },
});
