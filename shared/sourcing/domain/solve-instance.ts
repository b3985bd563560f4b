import { BrokenInvariant } from '../../kernel/result.ts';
import { BatchSearch } from './batch-search.ts';
import { compileBatch, type BatchModel, type BatchOrder } from './batch-model.ts';
import type { Placement } from './batch-plan.ts';
import { costOfPlans } from './check-plans.ts';
import { chooseNodes } from './choose-nodes.ts';
import type { OrderPlan, SourcingInstance, SourcingSolution } from './instance.ts';

export interface SolveOptions {
  readonly seed: number;
  /** A plan to start from; the answer never costs more. Plans that break the instance are a defect of the caller. */
  readonly plans?: readonly OrderPlan[];
}

/**
 * Solves one instance in slices, so that the caller can watch a clock, show progress or stop. Deterministic: the
 * same instance, seed and sequence of slices give the same plan.
 */
export class InstanceSolver {
  readonly #instance: SourcingInstance;
  readonly #model: BatchModel;
  readonly #search: BatchSearch;

  constructor(instance: SourcingInstance, options: SolveOptions) {
    this.#instance = instance;
    this.#model = compileBatch(instance);
    const plans = options.plans;
    if (plans !== undefined && !costOfPlans(instance, plans).ok) {
      throw new BrokenInvariant('the plans to start from do not fit the instance');
    }
    this.#search = new BatchSearch(this.#model, options.seed);
    if (plans !== undefined) this.#search.startFrom(readPlacements(this.#model, plans));
  }

  /** True when the best plan is proved optimal: more work cannot help. */
  get isProven(): boolean {
    return this.#search.isProven;
  }

  /** Orders decided so far, the unit of work. */
  get work(): number {
    return this.#search.decider.work;
  }

  get cost(): number {
    return this.#search.bestCost;
  }

  get bound(): number {
    return Math.min(this.#search.pricing.bound, this.#search.bestCost);
  }

  /**
   * Works for about `work` order decisions. `progress` (0 to 1) says how much of the whole budget is spent: the
   * search begins with prices, then explores widely and settles down towards the end.
   */
  advance(progress: number, work: number): void {
    const until = this.work + work;
    while (!this.isProven && this.work < until) this.#search.step(progress);
  }

  /** The best plan so far, line by line, checked against the instance. */
  solution(): SourcingSolution {
    const plans = this.#model.orders.map((order, o) => readPlan(order, this.#search.best[o]));
    const cost = costOfPlans(this.#instance, plans);
    if (!cost.ok) throw new BrokenInvariant(`${cost.refusal.path} ${cost.refusal.problem}`);
    const isProven = this.isProven;
    return {
      cost: cost.value,
      proven: isProven,
      bound: isProven ? cost.value : Math.min(this.bound, cost.value),
      plans,
    };
  }
}

/** Solves an instance with a budget of order decisions; nothing depends on the machine's speed. */
export const solveInstance = (
  instance: SourcingInstance,
  options: SolveOptions & { readonly work: number },
): SourcingSolution => {
  const solver = new InstanceSolver(instance, options);
  while (!solver.isProven && solver.work < options.work) {
    solver.advance(solver.work / options.work, Math.max(1, options.work / 1000));
  }
  return solver.solution();
};

/** Gives each order exactly the units that its placement holds and lets the exact choice deal them to lines. */
const readPlan = (order: BatchOrder, placement: Placement | undefined): OrderPlan => {
  const granted = order.source.arcs.map((): Record<string, number> => ({}));
  placement?.entries.forEach((entry, i) => {
    const arc = granted[order.arcIndex[order.entryArc[entry] ?? 0] ?? 0];
    const sku = order.demands[order.entrySku[entry] ?? 0]?.sku;
    if (arc !== undefined && sku !== undefined) arc[sku] = placement.units[i] ?? 0;
  });
  const candidates = order.source.arcs
    .map((arc, index) => ({ ...arc, stock: granted[index] ?? {} }))
    .filter((candidate) => Object.keys(candidate.stock).length > 0);
  const { shipments, unfilled } = chooseNodes({ ...order.source, candidates });
  return { order: order.source.id, shipments, unfilled };
};

const readPlacements = (model: BatchModel, plans: readonly OrderPlan[]): readonly Placement[] => {
  const planOf = new Map(plans.map((plan) => [plan.order, plan]));
  return model.orders.map((order) => {
    const units = new Map<number, number>();
    const arcs = new Set<number>();
    const skuOfLine = new Map<string, number>();
    order.demands.forEach((demand, sku) => {
      for (const index of demand.lines) skuOfLine.set(order.source.lines[index]?.id ?? '', sku);
    });
    for (const shipment of planOf.get(order.source.id)?.shipments ?? []) {
      const arc = order.arcIndex.findIndex((index) => order.source.arcs[index]?.node === shipment.node);
      for (const line of shipment.lines) {
        const sku = skuOfLine.get(line.line);
        const entry = order.entryArc.findIndex((owner, e) => owner === arc && order.entrySku[e] === sku);
        units.set(entry, (units.get(entry) ?? 0) + line.quantity);
        arcs.add(arc);
      }
    }
    return placementOf(order, [...units.keys()], [...units.values()], [...arcs]);
  });
};

const placementOf = (order: BatchOrder, entries: number[], units: number[], arcs: number[]): Placement => {
  let cost = 0;
  for (const arc of arcs) cost += order.arcCost[arc] ?? 0;
  const filled = new Float64Array(order.skuCount);
  entries.forEach((entry, i) => {
    cost += (units[i] ?? 0) * (order.entryCost[entry] ?? 0);
    const sku = order.entrySku[entry] ?? 0;
    filled[sku] = (filled[sku] ?? 0) + (units[i] ?? 0);
  });
  for (let s = 0; s < order.skuCount; s += 1) {
    let left = filled[s] ?? 0;
    for (let t = order.tierStart[s] ?? 0; t < (order.tierStart[s + 1] ?? 0); t += 1) {
      const served = Math.min(left, order.tierUnits[t] ?? 0);
      left -= served;
      cost += ((order.tierUnits[t] ?? 0) - served) * (order.tierPrice[t] ?? 0);
    }
  }
  return { entries, units, arcs, cost: entries.length === 0 ? order.costOfNothing : cost };
};
