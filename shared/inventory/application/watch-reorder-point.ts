import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import { isSameCell, type Cell } from '../domain/cell.ts';
import { freeOf } from '../domain/position.ts';
import { judgeReorderPoint, type NetPosition, type ReorderPoint } from '../domain/reorder-point.ts';
import { checkCell, type AdjustDeps, type AdjustmentRefusal } from './adjust-stock.ts';
import type { Clock, StockLedger, SupplyOrders } from './ports.ts';
import type { ReadInbound, ReorderPoints } from './stock-watch-ports.ts';

type WatchDeps = {
  readonly ledger: Pick<StockLedger, 'findPositions'>;
  readonly points: ReorderPoints;
  readonly readInbound: ReadInbound;
  readonly now: Clock;
};

/** All open supply of the cell, overdue and undated, too: it is on order. */
export const makeReadInbound =
  (supply: Pick<SupplyOrders, 'listExpected'>): ReadInbound =>
  async ({ sku, nodeId }) =>
    (await supply.listExpected(sku))
      .filter((expected) => expected.nodeId === nodeId)
      .reduce((sum, { units }) => sum + units, 0);

/** Somebody else may judge the same cell; so often in a row only if something is wrong. */
const ATTEMPTS = 10;

/** Undefined: the node has never held the SKU, or nobody can read what it has. */
const netAt = async ({ ledger, readInbound }: WatchDeps, cell: Cell): Promise<NetPosition | undefined> => {
  const [positions, inbound] = await Promise.all([ledger.findPositions([cell]), readInbound(cell)]);
  const position = positions.find((one) => isSameCell(one, cell));
  return position === undefined || position.problem !== undefined
    ? undefined
    : { free: freeOf(position), inbound };
};

/** Judges by what is so now, not by the message that asked for it: late, twice and out of order lead to the same. */
const judge = async (
  deps: WatchDeps,
  cell: Cell,
  setTo?: { readonly reorderPoint: number | undefined },
): Promise<ReorderPoint | 'neverHeld' | undefined> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await deps.points.find(cell);
    if (known === undefined && setTo === undefined) return undefined;
    const net = await netAt(deps, cell);
    if (net === undefined) return 'neverHeld';
    const decision = judgeReorderPoint(cell, known, net, setTo);
    if (decision === undefined) return known;
    if (await deps.points.save(decision, net, deps.now())) return decision.after;
  }
  throw new BrokenInvariant(`the reorder point of ${cell.nodeId} never stands still`);
};

/** Says once for each crossing that a cell is at or below its reorder point, and arms it when it is above again. */
export const makeWatchReorderPoint =
  (deps: WatchDeps) =>
  async (cell: Cell): Promise<void> =>
    void (await judge(deps, cell));

export type SetReorderPoint = { readonly cell: Cell; readonly reorderPoint: number | undefined };
export type ReorderRefusal = AdjustmentRefusal | { readonly type: 'neverHeld' };

/** Sets or (undefined) lifts a reorder point. A cell that is below a new point has crossed it. */
export const makeSetReorderPoint =
  (deps: WatchDeps & Pick<AdjustDeps, 'catalogue' | 'network'>) =>
  async (
    { cell, reorderPoint }: SetReorderPoint,
    actor: Actor,
  ): Promise<Result<ReorderPoint | undefined, ReorderRefusal>> => {
    const checked = await checkCell(deps, cell, actor);
    if (!checked.ok) return checked;
    const after = await judge(deps, cell, { reorderPoint });
    return after === 'neverHeld' ? refuse({ type: 'neverHeld' }) : ok(after);
  };
