import type { TransactionAction } from '../../platform/dynamo/transact.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { expectedOf, isOpen, openSupplyOf, type ExpectedSupply } from '../domain/supply/supply-order.ts';
import { expectedKey, openSupplyKey, supplyKey } from './supply-items.ts';

type SupplyChange = NonNullable<LedgerEntry['supply']>;

const isSame = (a: ExpectedSupply, b: ExpectedSupply): boolean =>
  a.units === b.units && a.expectedOn === b.expectedOn && a.status === b.status;

/** What cells expect of an order changes with it: only the lines that are told differently are written. */
const expectedActions = (tableName: string, { before, after }: SupplyChange): TransactionAction[] => {
  const known = before === undefined ? [] : expectedOf(before);
  const next = expectedOf(after);
  const ended = known.filter(({ sku }) => next.every((expected) => expected.sku !== sku));
  const told = next.filter((expected) =>
    known.every((other) => other.sku !== expected.sku || !isSame(other, expected)),
  );
  return [
    ...ended.map((expected) => ({ Delete: { TableName: tableName, Key: expectedKey(expected) } })),
    ...told.map((expected) => ({
      Put: { TableName: tableName, Item: { ...expectedKey(expected), entity: 'expected', ...expected } },
    })),
  ];
};

const openAction = (tableName: string, { after }: SupplyChange): TransactionAction =>
  isOpen(after)
    ? {
        Put: {
          TableName: tableName,
          Item: { ...openSupplyKey(after.supplyId), entity: 'openSupply', ...openSupplyOf(after) },
        },
      }
    : { Delete: { TableName: tableName, Key: openSupplyKey(after.supplyId) } };

/** The order itself, whose version says whether somebody was quicker. */
export const supplyPut = (tableName: string, { before, after }: SupplyChange): TransactionAction => ({
  Put: {
    TableName: tableName,
    Item: { ...supplyKey(after.supplyId), entity: 'supply', ...after },
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :expected',
          ExpressionAttributeValues: { ':expected': before.version },
        }),
  },
});

/** What is written beside the order: the list of open orders, and what its cells expect of it. */
export const supplyViews = (tableName: string, change: SupplyChange): readonly TransactionAction[] => [
  openAction(tableName, change),
  ...expectedActions(tableName, change),
];
