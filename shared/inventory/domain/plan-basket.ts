import type { NodeId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { cellKey, type Cell } from './cell.ts';
import type { BasketLine } from './basket-claim.ts';
import { availableOf, type Position } from './position.ts';
import type { LineQuantity } from './reservation.ts';

/** What a basket wants of one SKU, and the nodes that may hold it, the preferred one first. */
export type BasketWish = LineQuantity & { readonly nodeIds: readonly NodeId[] };
/** Units of a line that are not to be had, beside what the line can have. */
export type Missing = LineQuantity & { readonly available: number };

export const cellsOf = (wishes: readonly BasketWish[]): readonly Cell[] => {
  const cells = wishes.flatMap(({ sku, nodeIds }) => nodeIds.map((nodeId) => ({ sku, nodeId })));
  return [...new Map(cells.map((cell) => [cellKey(cell), cell])).values()];
};

const spread = (wish: BasketWish, left: ReadonlyMap<string, number>): readonly BasketLine[] => {
  const { lineId, sku, quantity, nodeIds } = wish;
  const leftAt = (nodeId: NodeId): number => left.get(cellKey({ sku, nodeId })) ?? 0;
  const whole = nodeIds.find((nodeId) => leftAt(nodeId) >= quantity);
  let wanted = quantity;
  return (whole === undefined ? nodeIds : [whole]).flatMap((nodeId) => {
    const taken = Math.min(wanted, leftAt(nodeId));
    wanted -= taken;
    return taken > 0 ? [{ lineId, sku, nodeId, quantity: taken }] : [];
  });
};

/**
 * Which node holds what of a basket: the first that has a line whole, else as many of the preferred ones as it takes.
 * Refused with every line that cannot be had in full.
 */
export const planBasket = (
  wishes: readonly BasketWish[],
  positions: readonly Position[],
): Result<readonly BasketLine[], readonly Missing[]> => {
  const left = new Map(positions.map((position) => [cellKey(position), availableOf(position)]));
  const missing: Missing[] = [];
  const planned = wishes.flatMap((wish) => {
    const lines = spread({ ...wish, nodeIds: [...new Set(wish.nodeIds)] }, left);
    const available = lines.reduce((sum, line) => sum + line.quantity, 0);
    for (const line of lines) left.set(cellKey(line), (left.get(cellKey(line)) ?? 0) - line.quantity);
    const { lineId, sku, quantity } = wish;
    if (available < quantity) missing.push({ lineId, sku, quantity: quantity - available, available });
    return lines;
  });
  return missing.length === 0 ? ok(planned) : refuse(missing);
};
