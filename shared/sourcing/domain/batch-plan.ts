import type { BatchDecider } from './batch-decider.ts';
import type { BatchModel } from './batch-model.ts';

/** What one order uses. Replaced as a whole, never changed, so that keeping an older plan costs one reference. */
export interface Placement {
  readonly entries: readonly number[];
  readonly units: readonly number[];
  readonly arcs: readonly number[];
  readonly cost: number;
}

/** The placements of all orders together with what they leave at each position and node. */
export class BatchPlan {
  readonly placements: Placement[];
  readonly left: Float64Array;
  readonly nodeLeft: Float64Array;
  cost = 0;
  readonly #model: BatchModel;

  constructor(model: BatchModel) {
    this.#model = model;
    this.left = Float64Array.from(model.stock);
    this.nodeLeft = Float64Array.from(model.nodeLimit);
    this.placements = model.orders.map((order) => nothing(order.costOfNothing));
    for (const placement of this.placements) this.cost += placement.cost;
  }

  /** Gives the order's units back; it then counts as unfilled. */
  withdraw(order: number): void {
    const placement = this.placements[order];
    if (placement === undefined) return;
    this.#use(order, placement, -1);
    this.cost -= placement.cost;
    const unplaced = nothing(this.#model.orders[order]?.costOfNothing ?? 0);
    this.placements[order] = unplaced;
    this.cost += unplaced.cost;
  }

  /** Takes the units of a placement for an order that was withdrawn. */
  apply(order: number, placement: Placement): void {
    this.cost += placement.cost - (this.placements[order]?.cost ?? 0);
    this.placements[order] = placement;
    this.#use(order, placement, 1);
  }

  #use(order: number, placement: Placement, sign: 1 | -1): void {
    const { entryPosition, arcNode } = this.#model.orders[order] ?? EMPTY;
    const { entries, units, arcs } = placement;
    for (let i = 0; i < entries.length; i += 1) {
      const position = entryPosition[entries[i] ?? 0] ?? 0;
      this.left[position] = (this.left[position] ?? 0) - sign * (units[i] ?? 0);
    }
    for (let i = 0; i < arcs.length; i += 1) {
      const node = arcNode[arcs[i] ?? 0] ?? 0;
      this.nodeLeft[node] = (this.nodeLeft[node] ?? 0) - sign;
    }
  }

  /** Replaces every placement. */
  restore(placements: readonly Placement[]): void {
    for (let o = 0; o < placements.length; o += 1) {
      const placement = placements[o];
      if (placement === undefined || placement === this.placements[o]) continue;
      this.withdraw(o);
    }
    for (let o = 0; o < placements.length; o += 1) {
      const placement = placements[o];
      if (placement !== undefined && placement !== this.placements[o]) this.apply(o, placement);
    }
    this.cost = this.placements.reduce((sum, placement) => sum + placement.cost, 0);
  }
}

const EMPTY = { entryPosition: new Int32Array(0), arcNode: new Int32Array(0) };

const nothing = (cost: number): Placement => ({ entries: [], units: [], arcs: [], cost });

/** The decision that the decider holds now, as a placement. */
export const takeDecision = (decider: BatchDecider): Placement => {
  const entries: number[] = [];
  const units: number[] = [];
  const arcs: number[] = [];
  for (let i = 0; i < decider.count; i += 1) {
    entries.push(decider.entry[i] ?? 0);
    units.push(decider.units[i] ?? 0);
  }
  for (let i = 0; i < decider.arcCount; i += 1) arcs.push(decider.arc[i] ?? 0);
  return { entries, units, arcs, cost: decider.cost };
};
