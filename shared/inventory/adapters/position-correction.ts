import type { Instant } from '../../kernel/instant.ts';
import type { TransactionAction } from '../../platform/dynamo/transact.ts';
import type { Cell } from '../domain/cell.ts';
import type { Guard } from '../domain/ledger-entry.ts';
import { freeOf, type Counters } from '../domain/position.ts';
import { positionKey } from './stock-items.ts';

export type Condition = {
  readonly expression: string;
  readonly values: Readonly<Record<string, number | string>>;
};

/** Few cells have any of these: they are kept on those only, so that an ordinary position stays small. */
export const RARE = ['quarantined', 'inTransit', 'ringFence'] as const;
const COMMON = ['onHand', 'reserved', 'safetyStock', 'freeUnits', 'version'] as const;

/** The position is figure by figure what was read: whoever writes behind our back counts no version. */
export const stillness = ({ position, version }: Extract<Guard, { readonly type: 'isStill' }>): Condition => {
  if (position === undefined)
    return version === 0
      ? { expression: 'attribute_not_exists(pk)', values: {} }
      : { expression: 'version = :isVersion', values: { ':isVersion': version } };
  const rare = RARE.map((counter) =>
    position[counter] === 0
      ? `(attribute_not_exists(${counter}) OR ${counter} = :is_${counter})`
      : `${counter} = :is_${counter}`,
  );
  const common = COMMON.map((counter) => `${counter} = :is_${counter}`);
  return {
    expression: [...common, ...rare].join(' AND '),
    values: Object.fromEntries([...COMMON, ...RARE].map((counter) => [`:is_${counter}`, position[counter]])),
  };
};

/** Puts counters where broken ones were; a position that is gone is made anew. */
export const correctionUpdate = (correction: {
  readonly tableName: string;
  readonly cell: Cell;
  readonly counters: Counters;
  readonly condition: Condition | undefined;
  readonly at: Instant;
}): TransactionAction => {
  const { tableName, cell, counters, condition, at } = correction;
  const kept = RARE.filter((counter) => counters[counter] !== 0);
  const gone = RARE.filter((counter) => counters[counter] === 0);
  const set = [
    'entity',
    'sku',
    'nodeId',
    'updatedAt',
    'onHand',
    'reserved',
    'safetyStock',
    'freeUnits',
    ...kept,
  ];
  const values: Readonly<Record<string, unknown>> = {
    ...counters,
    ...cell,
    entity: 'position',
    updatedAt: at,
    freeUnits: freeOf(counters),
  };
  return {
    Update: {
      TableName: tableName,
      Key: positionKey(cell),
      UpdateExpression: [
        `SET ${set.map((name) => `${name} = :${name}`).join(', ')}`,
        'ADD version :one',
        ...(gone.length === 0 ? [] : [`REMOVE ${gone.join(', ')}`]),
      ].join(' '),
      ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
      ExpressionAttributeValues: {
        ...Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
        ':one': 1,
        ...condition?.values,
      },
    },
  };
};
