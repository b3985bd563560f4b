import type { OrderModel } from './order-model.ts';
import { SearchLevel } from './search-level.ts';

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
  #mark = new Int32Array(0);
  #stamp = 0;
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
      this.#mark = new Int32Array(this.#roomNodes);
      this.#stamp = 0;
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
    this.#priceExtensions(model, level, depth);
    if (level.candidateCount < 2 || model.maxShipments - depth < 2) return;
    if (this.#isHopeless(model, level)) return;
    if (depth === 0) {
      this.#diveGreedily(model);
      this.#rootSuppliers(model, level);
    } else this.#inheritSuppliers(model, this.#level(depth - 1), level);
    this.#startPrices(model, level);
    while (!this.#isSettled(model, level)) {
      if (depth === 0 && this.bound === Number.NEGATIVE_INFINITY) this.bound = this.#lowerBound(level);
      if (this.visited >= this.#visitLimit) {
        this.completed = false;
        return;
      }
      const next = this.#mostSaving(level);
      const node = level.candidates[next] ?? 0;
      this.#open(model, depth, node, level.net[node] ?? 0);
      this.#explore(model, depth + 1);
      if (!this.completed) return;
      this.#close(level, next);
    }
  }

  /** Opens the most saving node again and again: a good plan at hand lets the bound close nodes at once. */
  #diveGreedily(model: OrderModel): void {
    for (let depth = 0; depth + 1 < model.maxShipments; depth += 1) {
      const level = this.#level(depth);
      if (level.candidateCount < 2) return;
      const node = level.candidates[this.#mostSaving(level)] ?? 0;
      this.#open(model, depth, node, level.net[node] ?? 0);
      this.#priceExtensions(model, this.#level(depth + 1), depth + 1);
    }
  }

  /** Closes nodes that cannot pay for their shipment any more; keeps the best plan with one node more. */
  #priceExtensions(model: OrderModel, level: SearchLevel, depth: number): void {
    const { skuCount, shipmentCost, unitCost, capacity } = model;
    const { candidates, net, segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
    const epsilon = this.#epsilon;
    const count = level.candidateCount;
    let kept = 0;
    let best = epsilon;
    let bestNode = -1;
    for (let i = 0; i < count; i += 1) {
      const node = candidates[i] ?? 0;
      let saving = 0;
      for (let s = 0, at = node * skuCount; s < skuCount; s += 1, at += 1) {
        let left = capacity[at] ?? 0;
        if (left <= 0) continue;
        const cost = unitCost[at] ?? 0;
        for (let j = s * segmentRoom, end = j + (segmentCount[s] ?? 0); j < end; j += 1) {
          const margin = (segmentPrice[j] ?? 0) - cost;
          if (margin <= 0) break;
          const units = segmentUnits[j] ?? 0;
          if (units >= left) {
            saving += left * margin;
            break;
          }
          saving += units * margin;
          left -= units;
        }
      }
      saving -= shipmentCost[node] ?? 0;
      if (saving <= epsilon) continue;
      net[node] = saving;
      candidates[kept] = node;
      kept += 1;
      if (saving > best) {
        best = saving;
        bestNode = node;
      }
    }
    level.candidateCount = kept;
    if (bestNode >= 0 && level.cost - best < this.cost - epsilon) {
      this.cost = level.cost - best;
      this.chosen.set(this.#path.subarray(0, depth));
      this.chosen[depth] = bestNode;
      this.chosenCount = depth + 1;
    }
  }

  /** Two more shipments at least, and every unit at the best cost of any candidate: a bound without any prices. */
  #isHopeless(model: OrderModel, level: SearchLevel): boolean {
    const { skuCount, shipmentCost, unitCost, capacity } = model;
    const { candidates, candidateCount, segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let i = 0; i < candidateCount; i += 1) {
      const cost = shipmentCost[candidates[i] ?? 0] ?? 0;
      if (cost < least) {
        second = least;
        least = cost;
      } else if (cost < second) second = cost;
    }
    let bound = level.cost + least + second;
    const limit = this.cost - this.#epsilon;
    for (let s = 0; s < skuCount; s += 1) {
      let cheapest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < candidateCount; i += 1) {
        const at = (candidates[i] ?? 0) * skuCount + s;
        if ((capacity[at] ?? 0) > 0 && (unitCost[at] ?? 0) < cheapest) cheapest = unitCost[at] ?? 0;
      }
      for (let j = s * segmentRoom, end = j + (segmentCount[s] ?? 0); j < end; j += 1) {
        const margin = (segmentPrice[j] ?? 0) - cheapest;
        if (margin <= 0) break;
        bound -= margin * (segmentUnits[j] ?? 0);
      }
      if (bound < limit) return false;
    }
    return true;
  }

  /** Suppliers of each SKU among the candidates, cheapest first. */
  #rootSuppliers(model: OrderModel, level: SearchLevel): void {
    const { skuCount, nodeCount, unitCost, capacity } = model;
    const { supplierCount, supplierNode, supplierCost, candidates, candidateCount } = level;
    for (let s = 0; s < skuCount; s += 1) {
      const from = s * nodeCount;
      let count = 0;
      for (let i = 0; i < candidateCount; i += 1) {
        const node = candidates[i] ?? 0;
        const at = node * skuCount + s;
        if ((capacity[at] ?? 0) <= 0) continue;
        const cost = unitCost[at] ?? 0;
        let j = from + count;
        for (; j > from && (supplierCost[j - 1] ?? 0) > cost; j -= 1) {
          supplierCost[j] = supplierCost[j - 1] ?? 0;
          supplierNode[j] = supplierNode[j - 1] ?? 0;
        }
        supplierCost[j] = cost;
        supplierNode[j] = node;
        count += 1;
      }
      supplierCount[s] = count;
      this.#limitSuppliers(model, level, s);
    }
  }

  #inheritSuppliers(model: OrderModel, parent: SearchLevel, level: SearchLevel): void {
    const { skuCount, nodeCount } = model;
    const mark = this.#mark;
    this.#stamp += 1;
    const stamp = this.#stamp;
    for (let i = 0; i < level.candidateCount; i += 1) mark[level.candidates[i] ?? 0] = stamp;
    for (let s = 0; s < skuCount; s += 1) {
      const from = s * nodeCount;
      const end = from + (parent.supplierCount[s] ?? 0);
      let to = from;
      for (let j = from; j < end; j += 1) {
        const node = parent.supplierNode[j] ?? 0;
        if (mark[node] !== stamp) continue;
        level.supplierNode[to] = node;
        level.supplierCost[to] = parent.supplierCost[j] ?? 0;
        to += 1;
      }
      level.supplierCount[s] = to - from;
      this.#limitSuppliers(model, level, s);
    }
  }

  /** A supplier is worth what it can replace: units served today at a higher price. Drops those that replace none. */
  #limitSuppliers(model: OrderModel, level: SearchLevel, s: number): void {
    const { skuCount, nodeCount, capacity } = model;
    const { supplierCount, supplierNode, supplierCost, supplierUnits } = level;
    const { segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
    const from = s * nodeCount;
    const count = supplierCount[s] ?? 0;
    let segment = s * segmentRoom + (segmentCount[s] ?? 0) - 1;
    let replaceable = 0;
    for (let j = s * segmentRoom; j <= segment; j += 1) replaceable += segmentUnits[j] ?? 0;
    let k = 0;
    for (; k < count; k += 1) {
      const cost = supplierCost[from + k] ?? 0;
      for (; segment >= s * segmentRoom && (segmentPrice[segment] ?? 0) <= cost; segment -= 1) {
        replaceable -= segmentUnits[segment] ?? 0;
      }
      if (segment < s * segmentRoom) break;
      const units = capacity[(supplierNode[from + k] ?? 0) * skuCount + s] ?? 0;
      supplierUnits[from + k] = units < replaceable ? units : replaceable;
    }
    supplierCount[s] = k;
  }

  /** Prices start at the cheapest supplier of each SKU: every slack is then the whole shipment cost. */
  #startPrices(model: OrderModel, level: SearchLevel): void {
    const { skuCount, nodeCount, shipmentCost } = model;
    const { price, passed, supplierCount, supplierCost, slack, candidates, candidateCount } = level;
    const { segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
    let base = level.cost;
    for (let s = 0; s < skuCount; s += 1) {
      const count = supplierCount[s] ?? 0;
      passed[s] = 0;
      if (count === 0) {
        price[s] = Number.POSITIVE_INFINITY;
        continue;
      }
      const from = s * nodeCount;
      const start = supplierCost[from] ?? 0;
      price[s] = start;
      let k = 1;
      while (k < count && (supplierCost[from + k] ?? 0) <= start) k += 1;
      passed[s] = k;
      for (let j = s * segmentRoom, end = j + (segmentCount[s] ?? 0); j < end; j += 1) {
        const margin = (segmentPrice[j] ?? 0) - start;
        if (margin <= 0) break;
        base -= margin * (segmentUnits[j] ?? 0);
      }
    }
    for (let i = 0; i < candidateCount; i += 1) {
      const node = candidates[i] ?? 0;
      slack[node] = shipmentCost[node] ?? 0;
    }
    level.base = base;
    level.listedCount = candidateCount;
  }

  #lowerBound(level: SearchLevel): number {
    let bound = level.base;
    for (let i = 0; i < level.candidateCount; i += 1) {
      const slack = level.slack[level.candidates[i] ?? 0] ?? 0;
      if (slack < 0) bound += slack;
    }
    return Math.min(bound, this.cost);
  }

  /** Raises prices and closes nodes until nothing moves. True when no set with two more nodes can be better. */
  #isSettled(model: OrderModel, level: SearchLevel): boolean {
    for (;;) {
      // A handful of nodes is branched on faster than it is bounded.
      if (level.candidateCount <= HANDFUL) return level.candidateCount < 2;
      const raised = this.#raisePrices(model, level);
      const closed = this.#closeBySlack(level);
      if (closed && 2 * level.candidateCount < level.listedCount) this.#forgetClosed(model, level);
      if (!raised && !closed) return false;
    }
  }

  /** Takes the closed nodes out of the supplier lists, so that later steps do not walk over them. */
  #forgetClosed(model: OrderModel, level: SearchLevel): void {
    const { supplierCount, supplierNode, supplierCost, supplierUnits, passed, slack } = level;
    level.listedCount = level.candidateCount;
    for (let s = 0; s < model.skuCount; s += 1) {
      const from = s * model.nodeCount;
      const end = from + (supplierCount[s] ?? 0);
      const reached = from + (passed[s] ?? 0);
      let to = from;
      let before = 0;
      for (let j = from; j < end; j += 1) {
        const node = supplierNode[j] ?? 0;
        if ((slack[node] ?? 0) === Number.POSITIVE_INFINITY) continue;
        if (j < reached) before += 1;
        supplierNode[to] = node;
        supplierCost[to] = supplierCost[j] ?? 0;
        supplierUnits[to] = supplierUnits[j] ?? 0;
        to += 1;
      }
      supplierCount[s] = to - from;
      passed[s] = before;
    }
  }

  /** One step for each SKU, up to the next supplier, the next segment or the first slack that runs out. */
  #raisePrices(model: OrderModel, level: SearchLevel): boolean {
    const { skuCount, nodeCount } = model;
    const { price, passed, supplierCount, supplierNode, supplierCost, supplierUnits, slack } = level;
    const { segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
    const epsilon = this.#epsilon;
    let raised = false;
    for (let s = 0; s < skuCount; s += 1) {
      const at = price[s] ?? 0;
      let limit = Number.POSITIVE_INFINITY;
      let demand = 0;
      for (let j = s * segmentRoom, end = j + (segmentCount[s] ?? 0); j < end; j += 1) {
        const segment = segmentPrice[j] ?? 0;
        if (segment <= at) break;
        limit = segment;
        demand += segmentUnits[j] ?? 0;
      }
      if (demand === 0) continue;
      const from = s * nodeCount;
      const count = supplierCount[s] ?? 0;
      let k = passed[s] ?? 0;
      if (k < count) limit = Math.min(limit, supplierCost[from + k] ?? 0);
      let step = limit - at;
      let slope = demand;
      for (let j = from; j < from + k; j += 1) {
        const left = slack[supplierNode[j] ?? 0] ?? 0;
        const units = supplierUnits[j] ?? 0;
        if (left <= epsilon) slope -= units;
        else if (left < step * units) step = left / units;
      }
      if (slope <= 0) continue;
      for (let j = from; j < from + k; j += 1) {
        const node = supplierNode[j] ?? 0;
        slack[node] = (slack[node] ?? 0) - step * (supplierUnits[j] ?? 0);
      }
      const reached = step === limit - at ? limit : at + step;
      level.base += demand * step;
      price[s] = reached;
      while (k < count && (supplierCost[from + k] ?? 0) <= reached) k += 1;
      passed[s] = k;
      raised = true;
    }
    return raised;
  }

  /** Closes each node that cannot be part of a better set of two more: bound + its slack + the least other slack. */
  #closeBySlack(level: SearchLevel): boolean {
    const { candidates, slack } = level;
    const count = level.candidateCount;
    let bound = level.base;
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i += 1) {
      let left = slack[candidates[i] ?? 0] ?? 0;
      if (left < 0) {
        bound += left;
        left = 0;
      }
      if (left < least) {
        second = least;
        least = left;
      } else if (left < second) second = left;
    }
    const allowed = this.cost - this.#epsilon - bound;
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const node = candidates[i] ?? 0;
      const left = Math.max(0, slack[node] ?? 0);
      if (left + (left === least ? second : least) >= allowed) {
        slack[node] = Number.POSITIVE_INFINITY;
        continue;
      }
      candidates[kept] = node;
      kept += 1;
    }
    level.candidateCount = kept;
    return kept < count;
  }

  /** Position of the candidate that saves most on its own: good plans come early and the bound bites sooner. */
  #mostSaving(level: SearchLevel): number {
    let best = 0;
    for (let i = 1; i < level.candidateCount; i += 1) {
      if ((level.net[level.candidates[i] ?? 0] ?? 0) > (level.net[level.candidates[best] ?? 0] ?? 0))
        best = i;
    }
    return best;
  }

  /** An infinite slack keeps a closed node out of every later step without touching the supplier lists. */
  #close(level: SearchLevel, position: number): void {
    level.slack[level.candidates[position] ?? 0] = Number.POSITIVE_INFINITY;
    level.candidateCount -= 1;
    level.candidates[position] = level.candidates[level.candidateCount] ?? 0;
  }

  /** Writes the next level: the node takes over the dearest units it can serve more cheaply. */
  #open(model: OrderModel, depth: number, node: number, net: number): void {
    const { skuCount, unitCost, capacity } = model;
    const level = this.#level(depth);
    const next = this.#level(depth + 1);
    this.#path[depth] = node;
    next.cost = level.cost - net;
    let count = 0;
    for (let i = 0; i < level.candidateCount; i += 1) {
      const other = level.candidates[i] ?? 0;
      if (other === node) continue;
      next.candidates[count] = other;
      count += 1;
    }
    next.candidateCount = count;
    for (let s = 0; s < skuCount; s += 1) {
      const at = node * skuCount + s;
      let left = capacity[at] ?? 0;
      const cost = unitCost[at] ?? 0;
      let taken = 0;
      let to = s * next.segmentRoom;
      let j = s * level.segmentRoom;
      const end = j + (level.segmentCount[s] ?? 0);
      for (; j < end && left > 0 && (level.segmentPrice[j] ?? 0) > cost; j += 1) {
        const units = Math.min(left, level.segmentUnits[j] ?? 0);
        taken += units;
        left -= units;
        const rest = (level.segmentUnits[j] ?? 0) - units;
        if (rest > 0) {
          next.segmentPrice[to] = level.segmentPrice[j] ?? 0;
          next.segmentUnits[to] = rest;
          to += 1;
        }
      }
      for (; j < end; j += 1) {
        const price = level.segmentPrice[j] ?? 0;
        if (taken > 0 && price <= cost) {
          next.segmentPrice[to] = cost;
          next.segmentUnits[to] = taken;
          to += 1;
          taken = 0;
        }
        next.segmentPrice[to] = price;
        next.segmentUnits[to] = level.segmentUnits[j] ?? 0;
        to += 1;
      }
      if (taken > 0) {
        next.segmentPrice[to] = cost;
        next.segmentUnits[to] = taken;
        to += 1;
      }
      next.segmentCount[s] = to - s * next.segmentRoom;
    }
  }
}
