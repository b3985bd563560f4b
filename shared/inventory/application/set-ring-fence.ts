import { ok, type Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import type { Position } from '../domain/position.ts';
import { setRingFence, type RingFence } from '../domain/set-ring-fence.ts';
import { applyChange, checkCell, type AdjustDeps, type AdjustmentRefusal } from './adjust-stock.ts';

/** Sets the units that routing leaves alone. A repeated key answers with the position and changes nothing. */
export const makeSetRingFence =
  (deps: AdjustDeps) =>
  async (ringFence: RingFence, actor: Actor): Promise<Result<Position, AdjustmentRefusal>> => {
    const checked = await checkCell(deps, ringFence.cell, actor);
    if (!checked.ok) return checked;
    return ok(await applyChange(deps, ringFence.cell, (known) => setRingFence(ringFence, known, actor.name)));
  };
