import type { Cell } from './cell.ts';
import type { CellChange } from './ledger-entry.ts';
import type { Position } from './position.ts';

/** This many units of the cell are kept from routing. The same `key` at the same cell has its effect once. */
export type RingFence = {
  readonly cell: Cell;
  readonly key: string;
  readonly units: number;
  readonly reason: string;
};

/** Turns the new figure into the movement that leads to it from `known`. No unit moves and none is promised. */
export const setRingFence = (
  { cell, key, units, reason }: RingFence,
  known: Position | undefined,
  actor: string,
): CellChange => {
  const ringFence = known?.ringFence ?? 0;
  return {
    cell,
    onceKey: `ringFence:${key}`,
    guard: { type: 'ringFenceIs', ringFence },
    movements: [
      {
        movementId: `ringFence:${key}`,
        kind: 'ringFence',
        onHandDelta: 0,
        reservedDelta: 0,
        ringFenceDelta: units - ringFence,
        actor,
        reason,
      },
    ],
  };
};
