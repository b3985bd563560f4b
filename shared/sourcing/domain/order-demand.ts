import type { SourcingLine } from './instance.ts';
import type { OrderModel } from './order-model.ts';

/** The lines of an order gathered by SKU; `lines` are indices into the order's lines, dearest missing unit first. */
export interface SkuDemand {
  readonly sku: string;
  readonly lines: readonly number[];
}

/** Groups the lines by SKU. Within a SKU, scarce units go first to the line whose missing unit costs most. */
export const gatherDemand = (lines: readonly SourcingLine[]): readonly SkuDemand[] => {
  const demands: { readonly sku: string; readonly lines: number[] }[] = [];
  const isLong = lines.length > 16;
  const known = isLong ? new Map<string, { readonly sku: string; readonly lines: number[] }>() : NONE;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    if (line === undefined || line.quantity === 0) continue;
    // A short list is scanned faster than a map is filled.
    const same = isLong ? known.get(line.sku) : findSku(demands, line.sku);
    if (same === undefined) {
      const demand = { sku: line.sku, lines: [i] };
      demands.push(demand);
      if (isLong) known.set(line.sku, demand);
      continue;
    }
    let at = same.lines.length;
    while (at > 0 && priceOf(lines, same.lines[at - 1]) < line.unfilledUnitCost) at -= 1;
    same.lines.splice(at, 0, i);
  }
  return demands;
};

const NONE = new Map<string, { readonly sku: string; readonly lines: number[] }>();

const findSku = <Demand extends SkuDemand>(demands: readonly Demand[], sku: string): Demand | undefined => {
  for (const demand of demands) if (demand.sku === sku) return demand;
  return undefined;
};

const priceOf = (lines: readonly SourcingLine[], index: number | undefined): number =>
  index === undefined ? 0 : (lines[index]?.unfilledUnitCost ?? 0);

/** What it costs to fill none of these lines. */
export const costOfNothing = (lines: readonly SourcingLine[]): number => {
  let cost = 0;
  for (const line of lines) cost += line.quantity * line.unfilledUnitCost;
  return cost;
};

/**
 * Writes the demand into a model that was reset for it.
 *
 * A ship-complete order may not miss a unit. Instead of a constraint, a missing unit is priced above the cost of
 * shipping nothing (less what any units could earn at negative cost), so no incomplete plan can be the cheapest.
 */
export const loadDemand = (
  model: OrderModel,
  lines: readonly SourcingLine[],
  demands: readonly SkuDemand[],
  shipComplete: boolean,
  earnings: number,
): void => {
  const nothing = costOfNothing(lines);
  const forbidden = nothing + earnings + 1;
  let tier = 0;
  model.costOfNothing = nothing;
  for (let s = 0; s < demands.length; s += 1) {
    model.tierStart[s] = tier;
    for (const index of demands[s]?.lines ?? []) {
      const line = lines[index];
      if (line === undefined) continue;
      model.tierUnits[tier] = line.quantity;
      model.tierPrice[tier] = shipComplete ? forbidden : line.unfilledUnitCost;
      tier += 1;
    }
  }
  model.tierStart[demands.length] = tier;
};
