import type { Cell } from './cell.ts';
import type { CellChange } from './ledger-entry.ts';
import type { Position } from './position.ts';

/** Units arrived at a node. The same `key` at the same cell has its effect once. */
export type Receipt = {
  readonly cell: Cell;
  readonly key: string;
  readonly quantity: number;
  readonly document?: string | undefined;
};

/** On hand was counted: it is this many, whatever was believed. Of on hand and safety stock, what is not named is kept. */
export type Count = {
  readonly cell: Cell;
  readonly key: string;
  readonly onHand?: number | undefined;
  readonly safetyStock?: number | undefined;
  readonly reason?: string | undefined;
};

/**
 * Units come back, are gone for good, are more or fewer than was believed by a known difference, or go into quarantine
 * and out of it again.
 */
export type StockMove = {
  readonly cell: Cell;
  readonly kind: 'return' | 'writeOff' | 'adjust' | 'quarantine' | 'clear';
  readonly key: string;
  /** What on hand changes by: positive for a return, negative for a write-off. */
  readonly difference: number;
  /** What the quarantine changes by; absent: nothing. */
  readonly quarantined?: number | undefined;
  readonly document?: string | undefined;
  readonly reason?: string | undefined;
};

export const move = (moved: StockMove, actor: string): CellChange => ({
  cell: moved.cell,
  onceKey: `${moved.kind}:${moved.key}`,
  guard: { type: 'covered' },
  movements: [
    {
      movementId: `${moved.kind}:${moved.key}`,
      kind: moved.kind,
      onHandDelta: moved.difference,
      reservedDelta: 0,
      ...(moved.quarantined === undefined ? {} : { quarantinedDelta: moved.quarantined }),
      actor,
      ...(moved.document === undefined ? {} : { document: moved.document }),
      ...(moved.reason === undefined ? {} : { reason: moved.reason }),
    },
  ],
});

export const receive = ({ cell, key, quantity, document }: Receipt, actor: string): CellChange => ({
  cell,
  onceKey: `receive:${key}`,
  guard: { type: 'covered' },
  movements: [
    {
      movementId: `receive:${key}`,
      kind: 'receive',
      onHandDelta: quantity,
      reservedDelta: 0,
      actor,
      ...(document === undefined ? {} : { document }),
    },
  ],
});

/**
 * Turns a counted figure into the movement that leads to it from `known`. Reserved units stay reserved: a count below
 * them makes the position overcommitted, which the books report and routing sees as nothing available. Where nobody has
 * counted, on hand stays what it is by then: only the safety stock is set.
 */
export const count = (counted: Count, known: Position | undefined, actor: string): CellChange => {
  const { cell, key, onHand, safetyStock } = counted;
  const difference = onHand === undefined ? 0 : onHand - (known?.onHand ?? 0);
  return {
    cell,
    ...(onHand === undefined ? {} : { told: { by: `count:${key}`, difference } }),
    onceKey: `count:${key}`,
    guard: {
      type: 'countedFrom',
      position: known === undefined ? undefined : { onHand: known.onHand, safetyStock: known.safetyStock },
    },
    movements: [
      {
        movementId: `count:${key}`,
        kind: onHand === undefined ? 'adjust' : 'count',
        onHandDelta: difference,
        reservedDelta: 0,
        safetyStockDelta: safetyStock === undefined ? 0 : safetyStock - (known?.safetyStock ?? 0),
        ...(onHand === undefined ? {} : { onHandAfter: onHand }),
        actor,
        reason: counted.reason ?? (onHand === undefined ? 'safety stock' : 'count'),
      },
    ],
  };
};
