import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';

/** A figure that somebody counted at the shelf. */
export type CountedFigure = {
  readonly onHand: number;
  readonly by: string;
  readonly at: Instant;
  /** What the books said then. */
  readonly expected: number;
};

/**
 * Somebody has to count a cell. `open`: nobody has yet; `review`: the figure is too far from the books to be taken on
 * one person's word. A task that is done is deleted: the cell's history keeps the count, with the task as its document.
 */
export type CountTask = {
  readonly taskId: string;
  readonly cell: Cell;
  readonly version: number;
  readonly status: 'open' | 'review';
  readonly raisedAt: Instant;
  readonly reason: string;
  readonly figure?: CountedFigure;
  /** Why the figure before was not taken. */
  readonly rejection?: { readonly by: string; readonly at: Instant; readonly reason: string };
};

export const raiseCountTask = (cell: Cell, reason: string, at: Instant): CountTask => ({
  taskId: `count-${cell.nodeId}-${at}`,
  cell,
  version: 1,
  status: 'open',
  raisedAt: at,
  reason,
});

/** Off by no more than this is taken on one person's word: two units, or a twentieth of what the books say. */
export const isWithinTolerance = (figure: Pick<CountedFigure, 'onHand' | 'expected'>): boolean =>
  Math.abs(figure.onHand - figure.expected) <= Math.max(2, Math.floor(figure.expected / 20));

export const submitFigure = (task: CountTask, figure: CountedFigure): CountTask => ({
  ...task,
  version: task.version + 1,
  status: 'review',
  figure,
});

/** The figure is not taken: count again. */
export const askForRecount = (
  { figure: _, ...task }: CountTask,
  rejection: NonNullable<CountTask['rejection']>,
): CountTask => ({ ...task, version: task.version + 1, status: 'open', rejection });
