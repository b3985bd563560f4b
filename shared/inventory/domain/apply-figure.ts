import type { CountedFigure, CountTask } from './count-task.ts';
import type { CellChange, Movement } from './ledger-entry.ts';
import type { BookedMovement } from './reconcile.ts';
import type { ToldPosition } from './told.ts';

/**
 * What leads from the books to a counted figure: as of when it was counted, so that what has moved since stays moved.
 * Unlike a snapshot it was taken at the shelf: latency is no excuse. The cell is offered again, and its drift begins
 * anew: with the old score the next unit that is off would freeze it once more.
 */
export const applyFigure = (
  task: CountTask,
  figure: CountedFigure,
  known: ToldPosition | undefined,
  movements: readonly BookedMovement[],
  actor: string,
): CellChange => {
  const since = movements.filter((movement) => (movement.asOf ?? movement.at) > figure.at);
  const moved = since.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0);
  const onHand = known?.onHand ?? 0;
  const difference = Math.max(-onHand, figure.onHand + moved - onHand);
  const reason = `${figure.onHand} counted by ${figure.by}, ${figure.expected} in the books`;
  const common = { reservedDelta: 0, document: task.taskId, actor };
  const thaw: Movement = {
    ...common,
    movementId: `thaw:${task.taskId}`,
    kind: 'thaw',
    onHandDelta: 0,
    reason: 'counted',
  };
  return {
    cell: task.cell,
    guard: {
      type: 'toldFrom',
      position: known === undefined ? undefined : { onHand, asOf: known.told?.asOf },
    },
    told: { asOf: figure.at, by: task.taskId, difference },
    ...(known?.drift === undefined ? {} : { drift: { score: 0, at: figure.at } }),
    ...(known?.frozen === undefined ? {} : { freeze: 'lifted' }),
    movements: [
      {
        ...common,
        movementId: `count:${task.taskId}`,
        kind: 'count',
        onHandDelta: difference,
        onHandAfter: onHand + difference,
        asOf: figure.at,
        reason,
      },
      ...(known?.frozen === undefined ? [] : [thaw]),
    ],
  };
};
