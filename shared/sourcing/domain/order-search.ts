import { closeBySlack, lowerBound, raisePrices, startPrices } from './dual-ascent.ts';
import { isHopeless, mostSaving, openNode, priceExtensions } from './extensions.ts';
import type { OrderModel } from './order-model.ts';
import { SearchLevel } from './search-level.ts';
import { forgetClosed, inheritSuppliers, rootSuppliers } from './suppliers.ts';

/** Relative to the cost of shipping nothing: differences below this are rounding, not money. */
const ROUNDING = 1e-12;
/** Candidates that are few enough to try without bounding them first. */
const HANDFUL = 3;

/**
 * Exact choice of the nodes that ship one order: depth-first branch and bound over the set of opened nodes.
 *
 * Once the set is fixed the units follow greedily (cheapest open node first, dearest demand first), so the search
 * is over sets only. What keeps it small:
 * - Saving is submodular: a node adds less to a larger set. A node whose own saving does not pay its shipment is
 *   closed for the whole subtree.
 * - Every set with one node more is priced exactly, so only sets with two more need a bound.
 * - The bound is a dual ascent on unit prices v: with slack(n) = shipment - sum over SKUs of units x (v - cost),
 *   any further set T costs at least base(v) + sum over T of slack(n). It is additive, so it also closes single
 *   nodes (Erlenkotter 1978, widened to limited stock and to "at least two more").
 *
 * The object owns buffers and is not re-entrant; the search itself depends on the model alone.
 */
export class OrderSearch {
  /** After `run`: the best cost, its nodes (the first `chosenCount`), and whether the search was completed. */
  cost = 0;
  chosen = new Int32Array(0);
  chosenCount = 0;
  completed = true;
  /** No plan costs less than this; equals `cost` when completed. */
  bound = 0;
  /** Sets that were branched on. */
  visited = 0;

  #levels: SearchLevel[] = [];
  #roomNodes = 0;
  #roomSkus = 0;
  #roomTiers = 0;
  #path = new Int32Array(0);
  readonly #marks = { mark: new Int32Array(0), stamp: 0 };
  #epsilon = 0;
  #visitLimit = Number.POSITIVE_INFINITY;

  /** Finds the cheapest plan of the model; `visitLimit` bounds the sets branched on, for callers with a deadline. */
  run(model: OrderModel, visitLimit = Number.POSITIVE_INFINITY): void {
    this.#makeRoom(model);
    this.#visitLimit = visitLimit;
    this.visited = 0;
    this.completed = true;
    this.chosenCount = 0;
    const root = this.#level(0);
    this.#startRoot(model, root);
    this.cost = model.costOfNothing;
    this.#epsilon = ROUNDING * Math.abs(model.costOfNothing);
    this.bound = Number.NEGATIVE_INFINITY;
    if (model.maxShipments > 0) this.#explore(model, 0);
    if (this.completed) this.bound = this.cost;
  }

  #makeRoom(model: OrderModel): void {
    let tiers = 0;
    for (let s = 0; s < model.skuCount; s += 1) {
      tiers = Math.max(tiers, (model.tierStart[s + 1] ?? 0) - (model.tierStart[s] ?? 0));
    }
    if (model.nodeCount > this.#roomNodes || model.skuCount > this.#roomSkus || tiers > this.#roomTiers) {
      this.#roomNodes = Math.max(this.#roomNodes, 2 * model.nodeCount, 16);
      this.#roomSkus = Math.max(this.#roomSkus, 2 * model.skuCount, 4);
      this.#roomTiers = Math.max(this.#roomTiers, tiers, 2);
      this.#levels = [];
      this.chosen = new Int32Array(this.#roomNodes);
      this.#path = new Int32Array(this.#roomNodes);
      this.#marks.mark = new Int32Array(this.#roomNodes);
      this.#marks.stamp = 0;
    }
  }

  #level(depth: number): SearchLevel {
    const known = this.#levels[depth];
    if (known !== undefined) return known;
    const made = new SearchLevel(this.#roomNodes, this.#roomSkus, this.#roomTiers + depth + 1);
    this.#levels[depth] = made;
    return made;
  }

  #startRoot(model: OrderModel, root: SearchLevel): void {
    const { skuCount, nodeCount, tierStart, tierUnits, tierPrice } = model;
    const { segmentRoom, segmentCount, segmentPrice, segmentUnits, candidates } = root;
    let cost = 0;
    for (let s = 0; s < skuCount; s += 1) {
      const from = tierStart[s] ?? 0;
      const count = (tierStart[s + 1] ?? 0) - from;
      segmentCount[s] = count;
      for (let t = 0; t < count; t += 1) {
        const units = tierUnits[from + t] ?? 0;
        const price = tierPrice[from + t] ?? 0;
        segmentUnits[s * segmentRoom + t] = units;
        segmentPrice[s * segmentRoom + t] = price;
        cost += units * price;
      }
    }
    for (let n = 0; n < nodeCount; n += 1) candidates[n] = n;
    root.candidateCount = nodeCount;
    root.cost = cost;
  }

  /** Prices every one-node extension exactly, bounds the rest, and branches where the bound does not settle it. */
  #explore(model: OrderModel, depth: number): void {
    const level = this.#level(depth);
    this.visited += 1;
    this.#priceExtensions(model, depth);
    if (level.candidateCount < 2 || model.maxShipments - depth < 2) return;
    if (isHopeless(model, level, this.cost - this.#epsilon)) return;
    if (depth === 0) {
      this.#diveGreedily(model);
      rootSuppliers(model, level);
    } else inheritSuppliers(model, this.#level(depth - 1), level, this.#marks);
    startPrices(model, level);
    while (!this.#isSettled(model, level)) {
      if (depth === 0 && this.bound === Number.NEGATIVE_INFINITY) {
        this.bound = Math.min(lowerBound(level), this.cost);
      }
      if (this.visited >= this.#visitLimit) {
        this.completed = false;
        return;
      }
      const next = mostSaving(level);
      const node = level.candidates[next] ?? 0;
      this.#open(model, depth, node);
      this.#explore(model, depth + 1);
      if (!this.completed) return;
      closeAt(level, next);
    }
  }

  /** Opens the most saving node again and again: a good plan at hand lets the bound close nodes at once. */
  #diveGreedily(model: OrderModel): void {
    for (let depth = 0; depth + 1 < model.maxShipments; depth += 1) {
      const level = this.#level(depth);
      if (level.candidateCount < 2) return;
      const node = level.candidates[mostSaving(level)] ?? 0;
      this.#open(model, depth, node);
      this.#priceExtensions(model, depth + 1);
    }
  }

  /** Prices the plans with one node more and keeps the best if it beats all before. */
  #priceExtensions(model: OrderModel, depth: number): void {
    const level = this.#level(depth);
    const node = priceExtensions(model, level, this.#epsilon);
    if (node < 0) return;
    const cost = level.cost - (level.net[node] ?? 0);
    if (cost >= this.cost - this.#epsilon) return;
    this.cost = cost;
    this.chosen.set(this.#path.subarray(0, depth));
    this.chosen[depth] = node;
    this.chosenCount = depth + 1;
  }

  #open(model: OrderModel, depth: number, node: number): void {
    this.#path[depth] = node;
    openNode(model, this.#level(depth), this.#level(depth + 1), node);
  }

  /** Raises prices and closes nodes until nothing moves. True when no set with two more nodes can be better. */
  #isSettled(model: OrderModel, level: SearchLevel): boolean {
    for (;;) {
      // A handful of nodes is branched on faster than it is bounded.
      if (level.candidateCount <= HANDFUL) return level.candidateCount < 2;
      const raised = raisePrices(model, level, this.#epsilon);
      const closed = closeBySlack(level, this.cost - this.#epsilon);
      if (closed && 2 * level.candidateCount < level.listedCount) forgetClosed(model, level);
      if (!raised && !closed) return false;
    }
  }
}

/** An infinite slack keeps a closed node out of every later step without touching the supplier lists. */
const closeAt = (level: SearchLevel, position: number): void => {
  level.slack[level.candidates[position] ?? 0] = Number.POSITIVE_INFINITY;
  level.candidateCount -= 1;
  level.candidates[position] = level.candidates[level.candidateCount] ?? 0;
};
