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

/** On hand was counted: it is this many, whatever was believed. Safety stock is kept when not named. */
export type Count = {
  readonly cell: Cell;
  readonly key: string;
  readonly onHand: number;
  readonly safetyStock?: number | undefined;
  readonly reason: string;
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
 * them makes the position overcommitted, which the books report and routing sees as nothing available.
 */
export const count = (counted: Count, known: Position | undefined, actor: string): CellChange => ({
  cell: counted.cell,
  told: { by: `count:${counted.key}`, difference: counted.onHand - (known?.onHand ?? 0) },
  onceKey: `count:${counted.key}`,
  guard: {
    type: 'countedFrom',
    position: known === undefined ? undefined : { onHand: known.onHand, safetyStock: known.safetyStock },
  },
  movements: [
    {
      movementId: `count:${counted.key}`,
      kind: 'count',
      onHandDelta: counted.onHand - (known?.onHand ?? 0),
      reservedDelta: 0,
      safetyStockDelta:
        counted.safetyStock === undefined ? 0 : counted.safetyStock - (known?.safetyStock ?? 0),
      onHandAfter: counted.onHand,
      actor,
      reason: counted.reason,
    },
  ],
});
