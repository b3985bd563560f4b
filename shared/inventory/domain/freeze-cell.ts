import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';
import type { CellChange } from './ledger-entry.ts';

/** Nothing is offered of the cell any more, until it is thawed: its figures are in doubt. No unit moves. */
export const freeze = (cell: Cell, reason: string, actor: string, at: Instant): CellChange => ({
  cell,
  guard: { type: 'thawed' },
  freeze: { reason, since: at },
  movements: [
    { movementId: `freeze:${at}`, kind: 'freeze', onHandDelta: 0, reservedDelta: 0, actor, reason },
  ],
});

/** What the cell has is offered again. */
export const thaw = (cell: Cell, reason: string, actor: string, at: Instant): CellChange => ({
  cell,
  guard: { type: 'frozen' },
  freeze: 'lifted',
  movements: [{ movementId: `thaw:${at}`, kind: 'thaw', onHandDelta: 0, reservedDelta: 0, actor, reason }],
});
