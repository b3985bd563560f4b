import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { logger } from '../observability.ts';

type Consumed = { readonly TableName?: string; readonly CapacityUnits?: number };

const READS = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'ScanCommand',
  'TransactGetItemsCommand',
]);

const unitsOf = (output: unknown): number => {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: Consumed | readonly Consumed[] };
  return [ConsumedCapacity ?? []].flat().reduce((sum, part) => sum + (part.CapacityUnits ?? 0), 0);
};

/**
 * Has every call say what it consumed and writes that to the log, one line a call. For measuring what an order costs:
 * switched on by METER_CAPACITY, off in ordinary operation since the log lines are billed as well.
 */
export const meterCapacity = (client: DynamoDBClient): void => {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const command = context.commandName ?? 'unknown';
      logger.info('capacity', {
        meter: { command, kind: READS.has(command) ? 'read' : 'write', units: unitsOf(result.output) },
      });
      return result;
    },
    { step: 'initialize', name: 'meterCapacity' },
  );
};
