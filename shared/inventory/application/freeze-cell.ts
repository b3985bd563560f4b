import { ok, refuse, type Result } from '../../kernel/result.ts';
import { isSameCell, type Cell } from '../domain/cell.ts';
import { freeze, thaw } from '../domain/freeze-cell.ts';
import type { Position } from '../domain/position.ts';
import type { Clock, StockLedger } from './ports.ts';

type Deps = { readonly ledger: Pick<StockLedger, 'commit' | 'findPositions'>; readonly now: Clock };
export type FreezeCommand = { readonly cell: Cell; readonly reason: string; readonly actor: string };
/** `changed`: by this call; false when the cell was so before. */
export type FreezeOutcome = { readonly changed: boolean; readonly position: Position };
export type FreezeRefusal = { readonly type: 'neverHeld' };

const makeChangeFreeze =
  (change: typeof freeze) =>
  ({ ledger, now }: Deps) =>
  async ({ cell, reason, actor }: FreezeCommand): Promise<Result<FreezeOutcome, FreezeRefusal>> => {
    const at = now();
    const written = await ledger.commit({ at, changes: [change(cell, reason, actor, at)] });
    const position = (await ledger.findPositions([cell])).find((found) => isSameCell(found, cell));
    return position === undefined ? refuse({ type: 'neverHeld' }) : ok({ changed: written.ok, position });
  };

/** Stops offering a cell whose figures are in doubt. A cell that is frozen already keeps its first reason. */
export const makeFreezeCell = makeChangeFreeze(freeze);

/** Offers a cell again, once somebody has looked. */
export const makeThawCell = makeChangeFreeze(thaw);
