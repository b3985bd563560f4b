import type { Instant } from '../../kernel/instant.ts';
import type { TransactionAction } from '../../platform/dynamo/transact.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import {
  deltasOf,
  type CellChange,
  type CountTaskChange,
  type Guard,
  type LedgerEntry,
  type ReservationChange,
} from '../domain/ledger-entry.ts';
import { freeOf } from '../domain/position.ts';
import { supplyPut, supplyViews } from './supply-actions.ts';
import { correctionUpdate, RARE, stillness, type Condition } from './position-correction.ts';
import type { DriftScore } from '../domain/told.ts';
import { dueKey, softAttribute } from './soft-items.ts';
import {
  countTaskKey,
  driftKey,
  groupKey,
  movementKey,
  onceKey,
  positionKey,
  reservationKey,
} from './stock-items.ts';

/** What it means when an action's condition was false. */
export type ConditionMeaning =
  | { readonly type: 'guard'; readonly cell: Cell }
  | { readonly type: 'onceKey'; readonly cell: Cell }
  | { readonly type: 'reservation' }
  | { readonly type: 'member' | 'group' | 'supply' | 'countTask'; readonly id: string }
  | { readonly type: 'movement' | 'view' | 'mark' };

export type MeantAction = { readonly action: TransactionAction; readonly meaning: ConditionMeaning };

const atLeast = (attribute: string, delta: number): Condition[] =>
  delta < 0
    ? [{ expression: `${attribute} >= :${attribute}Min`, values: { [`:${attribute}Min`]: -delta } }]
    : [];

/** What counts units that exist: there cannot be fewer than none. */
const COVERED = ['onHand', 'reserved', 'quarantined', 'inTransit'] as const;

/**
 * A guard as DynamoDB checks it. On a position that is not there every comparison is false, which is what a claim on
 * it deserves; units may arrive at it.
 */
const conditionOf = (guard: Guard, deltas: ReturnType<typeof deltasOf>): Condition | undefined => {
  switch (guard.type) {
    case 'free':
      return {
        expression: 'freeUnits >= :atLeast AND attribute_not_exists(frozen)',
        values: { ':atLeast': guard.atLeast },
      };
    case 'covered': {
      const parts = COVERED.flatMap((counter) => atLeast(counter, deltas[counter]));
      return parts.length === 0
        ? undefined
        : {
            expression: parts.map((part) => part.expression).join(' AND '),
            values: Object.assign({}, ...parts.map((part) => part.values)) as Record<string, number | string>,
          };
    }
    case 'countedFrom':
      return guard.position === undefined
        ? { expression: 'attribute_not_exists(pk)', values: {} }
        : {
            expression: 'onHand = :knownOnHand AND safetyStock = :knownSafetyStock',
            values: {
              ':knownOnHand': guard.position.onHand,
              ':knownSafetyStock': guard.position.safetyStock,
            },
          };
    case 'toldFrom':
      if (guard.position === undefined) return { expression: 'attribute_not_exists(pk)', values: {} };
      return guard.position.asOf === undefined
        ? {
            expression: 'onHand = :knownOnHand AND attribute_not_exists(told)',
            values: { ':knownOnHand': guard.position.onHand },
          }
        : {
            expression: 'onHand = :knownOnHand AND told.asOf = :knownAsOf',
            values: { ':knownOnHand': guard.position.onHand, ':knownAsOf': guard.position.asOf },
          };
    case 'ringFenceIs':
      return {
        expression: `${guard.ringFence === 0 ? 'attribute_not_exists(ringFence) OR ' : ''}ringFence = :knownRingFence`,
        values: { ':knownRingFence': guard.ringFence },
      };
    case 'thawed':
      return { expression: 'attribute_exists(pk) AND attribute_not_exists(frozen)', values: {} };
    case 'frozen':
      return { expression: 'attribute_exists(frozen)', values: {} };
    case 'isStill':
      return stillness(guard);
  }
};

/** The part of a position's update that speaks of soft claims; nothing for a change that does not. */
const softUpdate = ({ soft = [], lapse }: CellChange) => {
  const touched = [...soft, ...(lapse?.expired ?? [])];
  const names = Object.fromEntries(
    touched.map(({ until }, index) => [`#soft${index}`, softAttribute(until)]),
  );
  const checks = touched.map(({ until, units }, index): Condition => {
    if (index >= soft.length)
      return { expression: `#soft${index} = :soft${index}`, values: { [`:soft${index}`]: units } };
    return units < 0
      ? { expression: `#soft${index} >= :soft${index}Min`, values: { [`:soft${index}Min`]: -units } }
      : {
          expression: `attribute_not_exists(lapsedTo) OR lapsedTo < :soft${index}Until`,
          values: { [`:soft${index}Until`]: until },
        };
  });
  if (lapse !== undefined)
    checks.push({
      expression: 'attribute_not_exists(lapsedTo) OR lapsedTo <= :lapsedTo',
      values: { ':lapsedTo': lapse.to },
    });
  return {
    checks,
    names,
    adds: soft.map((_, index) => `, #soft${index} :soft${index}`),
    addValues: Object.fromEntries(soft.map(({ units }, index) => [`:soft${index}`, units])),
    removes: touched.slice(soft.length).map((_, index) => `#soft${soft.length + index}`),
  };
};

const all = (conditions: readonly Condition[]): Condition | undefined =>
  conditions.length === 0
    ? undefined
    : {
        expression:
          conditions.length === 1
            ? conditions.map(({ expression }) => expression).join()
            : conditions.map(({ expression }) => `(${expression})`).join(' AND '),
        values: Object.assign({}, ...conditions.map(({ values }) => values)) as Record<
          string,
          number | string
        >,
      };

/** `freeUnits` is kept beside the counters that it is made of, since a condition can compare but not subtract. */
const positionUpdate = (tableName: string, change: CellChange, at: Instant): TransactionAction => {
  const deltas = deltasOf(change);
  const soft = softUpdate(change);
  const condition = all([conditionOf(change.guard, deltas) ?? [], soft.checks].flat());
  const removes = [...(change.freeze === 'lifted' ? ['frozen'] : []), ...soft.removes];
  const rare = RARE.filter((counter) => deltas[counter] !== 0);
  const set = {
    ...(change.freeze === undefined || change.freeze === 'lifted' ? {} : { frozen: change.freeze }),
    ...(change.told === undefined ? {} : { told: { asOf: at, ...change.told } }),
    ...(change.drift === undefined ? {} : { drift: change.drift }),
    ...(change.lapse === undefined ? {} : { lapsedTo: change.lapse.to }),
  };
  return {
    Update: {
      TableName: tableName,
      Key: positionKey(change.cell),
      UpdateExpression: [
        [
          'SET entity = :entity, sku = :sku, nodeId = :nodeId, updatedAt = :at',
          ...Object.keys(set).map((name) => `${name} = :${name}`),
        ].join(', '),
        'ADD onHand :onHand, reserved :reserved, safetyStock :safetyStock, freeUnits :freeUnits, version :one',
        ...rare.map((counter) => `, ${counter} :${counter}`),
        ...soft.adds,
        ...(removes.length === 0 ? [] : [`REMOVE ${removes.join(', ')}`]),
      ].join(' '),
      ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
      ...(change.guard.type === 'free' ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {}),
      ...(Object.keys(soft.names).length === 0 ? {} : { ExpressionAttributeNames: soft.names }),
      ExpressionAttributeValues: {
        ':entity': 'position',
        ':sku': change.cell.sku,
        ':nodeId': change.cell.nodeId,
        ':at': at,
        ':onHand': deltas.onHand,
        ':reserved': deltas.reserved,
        ':safetyStock': deltas.safetyStock,
        ':freeUnits': freeOf(deltas),
        ':one': 1,
        ...Object.fromEntries(rare.map((counter) => [`:${counter}`, deltas[counter]])),
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
        ...soft.addValues,
        ...condition?.values,
      },
    },
  };
};

/** A freeze by itself touches no counter: those of a broken cell may be anything. */
const freezeUpdate = (tableName: string, change: CellChange, at: Instant): TransactionAction => {
  const condition = conditionOf(change.guard, deltasOf(change));
  const isLifted = change.freeze === 'lifted';
  return {
    Update: {
      TableName: tableName,
      Key: positionKey(change.cell),
      UpdateExpression: isLifted
        ? 'SET updatedAt = :at ADD version :one REMOVE frozen'
        : 'SET updatedAt = :at, frozen = :frozen ADD version :one',
      ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
      ExpressionAttributeValues: { ':at': at, ':one': 1, ...(isLifted ? {} : { ':frozen': change.freeze }) },
    },
  };
};

const updateOf = (tableName: string, change: CellChange, at: Instant): TransactionAction => {
  const { setsCounters } = change;
  if (setsCounters !== undefined) {
    const condition = conditionOf(change.guard, deltasOf(change));
    return correctionUpdate({ tableName, cell: change.cell, counters: setsCounters, condition, at });
  }
  const isFreezeAlone = change.freeze !== undefined && change.told === undefined;
  return (isFreezeAlone ? freezeUpdate : positionUpdate)(tableName, change, at);
};

const newItem = (tableName: string, item: Record<string, unknown>): TransactionAction => ({
  Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Marks where a soft claim ends, and forgets the mark with the claims: a sweep finds what is due by these. */
const dueActions = (tableName: string, { cell, soft = [], lapse }: CellChange): readonly MeantAction[] => [
  ...soft
    .filter(({ units }) => units > 0)
    .map(({ until }): MeantAction => ({
      action: {
        Put: { TableName: tableName, Item: { ...dueKey(cell, until), entity: 'due', ...cell } },
      },
      meaning: { type: 'mark' },
    })),
  ...(lapse?.expired ?? []).map(({ until }): MeantAction => ({
    action: { Delete: { TableName: tableName, Key: dueKey(cell, until) } },
    meaning: { type: 'mark' },
  })),
];

const changeActions = (tableName: string, change: CellChange, at: Instant): readonly MeantAction[] => {
  const { cell } = change;
  return [
    { action: updateOf(tableName, change, at), meaning: { type: 'guard', cell } },
    ...change.movements.map((movement): MeantAction => ({
      action: newItem(tableName, {
        ...movementKey(cell, at, movement.movementId),
        entity: 'movement',
        at,
        ...movement,
      }),
      meaning: { type: 'movement' },
    })),
    ...(change.onceKey === undefined
      ? []
      : [
          {
            action: newItem(tableName, { ...onceKey(cell, change.onceKey), entity: 'once', at }),
            meaning: { type: 'onceKey' as const, cell },
          },
        ]),
    ...(change.drift === undefined ? [] : [driftPut(tableName, change, change.drift)]),
    ...dueActions(tableName, change),
  ];
};

/** The score once more, under its node, so that the worst cells of a node can be listed. */
const driftPut = (tableName: string, { cell, told }: CellChange, drift: DriftScore): MeantAction => ({
  action: {
    Put: {
      TableName: tableName,
      Item: { ...driftKey(cell), entity: 'drift', ...cell, ...drift, difference: told?.difference ?? 0 },
    },
  },
  meaning: { type: 'guard', cell },
});

const countTaskAction = (
  tableName: string,
  { cell, expectedVersion, after }: CountTaskChange,
): TransactionAction => {
  const condition =
    expectedVersion === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :expected',
          ExpressionAttributeValues: { ':expected': expectedVersion },
        };
  return after === 'closed'
    ? { Delete: { TableName: tableName, Key: countTaskKey(cell), ...condition } }
    : {
        Put: {
          TableName: tableName,
          Item: { ...countTaskKey(cell), entity: 'countTask', ...after },
          ...condition,
        },
      };
};

const reservationPut = (
  tableName: string,
  { expectedVersion, after }: ReservationChange,
): TransactionAction => ({
  Put: {
    TableName: tableName,
    Item: { ...reservationKey(after.reservationId), entity: 'reservation', ...after },
    ...(expectedVersion === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :expected',
          ExpressionAttributeValues: { ':expected': expectedVersion },
        }),
  },
});

const groupPut = (
  tableName: string,
  { expected, after }: NonNullable<LedgerEntry['groups']>[number],
): TransactionAction => ({
  Put: {
    TableName: tableName,
    Item: { ...groupKey(after.groupId), entity: 'group', ...after },
    ...(expected === 'absent'
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#status = :expected',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':expected': expected },
        }),
  },
});

const supplyActions = (tableName: string, supply: LedgerEntry['supply']): readonly MeantAction[] =>
  supply === undefined
    ? []
    : [
        { action: supplyPut(tableName, supply), meaning: { type: 'supply', id: supply.after.supplyId } },
        ...supplyViews(tableName, supply).map((action) => ({ action, meaning: { type: 'view' as const } })),
      ];

/** An entry as the actions of one transaction, each with what its refusal means. */
export const actionsOf = (tableName: string, entry: LedgerEntry): readonly MeantAction[] => [
  ...(entry.reservation === undefined
    ? []
    : [
        {
          action: reservationPut(tableName, entry.reservation),
          meaning: { type: 'reservation' as const },
        },
      ]),
  ...(entry.members ?? []).map((change) => ({
    action: reservationPut(tableName, change),
    meaning: { type: 'member' as const, id: change.after.reservationId },
  })),
  ...(entry.groups ?? []).map((change) => ({
    action: groupPut(tableName, change),
    meaning: { type: 'group' as const, id: change.after.groupId },
  })),
  ...supplyActions(tableName, entry.supply),
  ...(entry.countTasks ?? []).map((change) => ({
    action: countTaskAction(tableName, change),
    meaning: { type: 'countTask' as const, id: cellKey(change.cell) },
  })),
  ...entry.changes.flatMap((change) => changeActions(tableName, change, entry.at)),
];
