import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Item } from './expressions.ts';
import { clientOf, type MemoryDynamo } from './memory-dynamo.ts';

const KIB = 1024;
/** Attribute names and values as JSON: within a few bytes of what DynamoDB bills for items like ours. */
const bytesOf = (item: unknown): number => JSON.stringify(item ?? {}).length;

export type WriteCost = { readonly pk: string; readonly units: number };

/** Write units by partition key: two for each begun KiB of each item, since it is a transaction. */
export const transactionCosts = (command: TransactWriteCommand, table: MemoryDynamo): readonly WriteCost[] =>
  (command.input.TransactItems ?? []).map((action) => {
    const key = action.Put?.Item ?? action.Update?.Key ?? action.Delete?.Key;
    const stored = table.items.get(`${String(key?.['pk'])}\n${String(key?.['sk'])}`);
    const item = action.Put?.Item ?? stored;
    return { pk: String(key?.['pk']), units: 2 * Math.max(1, Math.ceil(bytesOf(item) / KIB)) };
  });

/** Write units of one write: one for each begun KiB of the item as it is then. */
const singleCost = ({ input }: PutCommand | UpdateCommand, table: MemoryDynamo): number => {
  const key: Record<string, unknown> = { ...('Key' in input ? input.Key : input.Item) };
  const stored = table.items.get(`${String(key['pk'])}\n${String(key['sk'])}`);
  return Math.max(1, Math.ceil(bytesOf(stored) / KIB));
};

/** Read units of consistent reads: one for each begun 4 KiB, of each item or of a page together. */
const pageUnits = (items: readonly Item[]): number =>
  Math.max(1, Math.ceil(items.reduce((sum, item) => sum + bytesOf(item), 0) / (4 * KIB)));

export type Meter = { calls: string[]; readUnits: number; writeUnits: number };

/** A client of the table that counts calls and billed units. */
export const meteredClient = (table: MemoryDynamo) => {
  const meter: Meter = { calls: [], readUnits: 0, writeUnits: 0 };
  const client = clientOf(async (command) => {
    if (command instanceof TransactWriteCommand) {
      const costs = transactionCosts(command, table);
      meter.calls.push(`TransactWriteItems(${costs.length})`);
      meter.writeUnits += costs.reduce((sum, { units }) => sum + units, 0);
      return table.execute(command);
    }
    if (command instanceof PutCommand || command instanceof UpdateCommand) {
      meter.calls.push(command instanceof PutCommand ? 'PutItem' : 'UpdateItem');
      // A condition that is false is billed like the write.
      try {
        return table.execute(command);
      } finally {
        meter.writeUnits += singleCost(command, table);
      }
    }
    const answer = table.execute(command) as {
      Item?: Item;
      Items?: Item[];
      ScannedItems?: Item[];
      Responses?: Record<string, Item[]>;
    };
    if (command instanceof GetCommand) {
      meter.calls.push('GetItem');
      meter.readUnits += pageUnits(answer.Item === undefined ? [] : [answer.Item]);
    } else if (command instanceof BatchGetCommand) {
      const keys = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
      meter.calls.push(`BatchGetItem(${keys.length})`);
      meter.readUnits += keys.length;
    } else if (command instanceof QueryCommand || command instanceof ScanCommand) {
      meter.calls.push(command instanceof QueryCommand ? 'Query' : 'Scan');
      const consistent = command.input.ConsistentRead === true ? 1 : 0.5;
      meter.readUnits += consistent * pageUnits(answer.ScannedItems ?? []);
    }
    return answer;
  });
  return { client, meter };
};
