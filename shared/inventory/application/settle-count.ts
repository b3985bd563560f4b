import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { maySpeakFor, type Actor } from '../domain/actor.ts';
import { applyFigure } from '../domain/apply-figure.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import {
  askForRecount,
  isWithinTolerance,
  submitFigure,
  type CountedFigure,
  type CountTask,
} from '../domain/count-task.ts';
import { horizonOf } from '../domain/reconcile.ts';
import type { CellBook, CountTasks } from './feed-ports.ts';
import type { Clock, StockLedger } from './ports.ts';

export type CountDeps = {
  readonly ledger: Pick<StockLedger, 'commit'>;
  readonly cells: CellBook;
  readonly countTasks: Pick<CountTasks, 'find'>;
  readonly now: Clock;
};

export type CountRefusal = {
  readonly type: 'noTask' | 'notYourNode' | 'nothingToReview' | 'notASecondPerson' | 'movedMeanwhile';
};

/** `applied`: the task is done. `review`: it waits for a second person. `recount`: it is open again. */
export type CountOutcome =
  { readonly outcome: 'applied' } | { readonly outcome: 'review' | 'recount'; readonly task: CountTask };

/** Others may change a cell between reading and writing it; so often in a row only if something is wrong. */
const ATTEMPTS = 20;

const taskFor = async (
  { countTasks }: CountDeps,
  cell: Cell,
  actor: Actor,
): Promise<Result<CountTask, CountRefusal>> => {
  if (!maySpeakFor(actor, cell.nodeId)) return refuse({ type: 'notYourNode' });
  const task = await countTasks.find(cell);
  return task === undefined ? refuse({ type: 'noTask' }) : ok(task);
};

const keep = async (deps: CountDeps, before: CountTask, after: CountTask): Promise<Result<CountTask, CountRefusal>> => {
  const entry = { at: deps.now(), changes: [], countTasks: [{ cell: after.cell, expectedVersion: before.version, after }] };
  return (await deps.ledger.commit(entry)).ok ? ok(after) : refuse({ type: 'movedMeanwhile' });
}; // prettier-ignore

/** Sets the cell to what was counted, thaws it and closes the task, in one transaction. */
const apply = async (
  deps: CountDeps,
  task: CountTask,
  figure: CountedFigure,
  actor: string,
): Promise<Result<CountOutcome, CountRefusal>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [known] = await deps.cells.findCells([task.cell]);
    const movements = await deps.cells.movementsSince(task.cell, horizonOf(figure.at));
    const at = deps.now();
    const written = await deps.ledger.commit({
      at,
      changes: [applyFigure(task, figure, known, movements, actor)],
      countTasks: [{ cell: task.cell, expectedVersion: task.version, after: 'closed' }],
    });
    if (written.ok) return ok({ outcome: 'applied' });
    if (written.refusal.moved.length > 0) return refuse({ type: 'movedMeanwhile' });
  }
  throw new BrokenInvariant(`position ${cellKey(task.cell)} never stands still`);
};

const expectedAt = async (deps: CountDeps, cell: Cell): Promise<number> => {
  const [known] = await deps.cells.findCells([cell]);
  return known?.onHand ?? 0;
};

/** Somebody has counted: what is near enough to the books is taken, the rest waits for a second person. */
export const makeSubmitCount =
  (deps: CountDeps) =>
  async (cell: Cell, onHand: number, actor: Actor): Promise<Result<CountOutcome, CountRefusal>> => {
    const task = await taskFor(deps, cell, actor);
    if (!task.ok) return task;
    const at: Instant = deps.now();
    const figure = { onHand, by: actor.name, at, expected: await expectedAt(deps, cell) };
    if (isWithinTolerance(figure)) return apply(deps, task.value, figure, actor.name);
    const kept = await keep(deps, task.value, submitFigure(task.value, figure));
    return kept.ok ? ok({ outcome: 'review', task: kept.value }) : kept;
  };

/** A second person takes the figure. */
export const makeApproveCount =
  (deps: CountDeps) =>
  async (cell: Cell, actor: Actor): Promise<Result<CountOutcome, CountRefusal>> => {
    const task = await taskFor(deps, cell, actor);
    if (!task.ok) return task;
    const { figure } = task.value;
    if (figure === undefined) return refuse({ type: 'nothingToReview' });
    if (figure.by === actor.name) return refuse({ type: 'notASecondPerson' });
    return apply(deps, task.value, figure, actor.name);
  };

/** The figure is not taken: the task is open again, and says why. */
export const makeRejectCount =
  (deps: CountDeps) =>
  async (cell: Cell, reason: string, actor: Actor): Promise<Result<CountOutcome, CountRefusal>> => {
    const task = await taskFor(deps, cell, actor);
    if (!task.ok) return task;
    if (task.value.figure === undefined) return refuse({ type: 'nothingToReview' });
    const rejection = { by: actor.name, at: deps.now(), reason };
    const kept = await keep(deps, task.value, askForRecount(task.value, rejection));
    return kept.ok ? ok({ outcome: 'recount', task: kept.value }) : kept;
  };
