import type { BatchOrder } from './batch-model.ts';
import { OrderModel } from './order-model.ts';
import { OrderSearch } from './order-search.ts';

/**
 * Decides one order of a batch exactly, against what is left at each position and with a price on top of each
 * unit and each shipment. The decision is left in buffers until the next call.
 */
export class BatchDecider {
  /** The decision: entries with their units, and the arcs that ship. */
  count = 0;
  entry = new Int32Array(16);
  units = new Float64Array(16);
  arcCount = 0;
  arc = new Int32Array(16);
  /** Its cost without prices. */
  cost = 0;
  /** No decision costs less than this with prices: their cost for this one, unless the visit limit struck. */
  pricedBound = 0;
  /** Orders decided so far: the unit of the work budget. */
  work = 0;

  readonly #visitLimit: number;
  readonly #model = new OrderModel();
  readonly #search = new OrderSearch();
  #entryAt = new Int32Array(256);

  /** `visitLimit` keeps one monstrous order from eating the time of all others. */
  constructor(visitLimit: number) {
    this.#visitLimit = visitLimit;
  }

  /**
   * `left` by position and `nodeLeft` by node say what may be used; `prices` by position are added `weight` times to
   * the unit costs, `nodePrices` likewise to the shipment costs. A caller that has no use for a dear plan says so
   * with `cutoff` (in priced cost): the search is shorter, and when nothing is cheaper the decision is to ship none.
   */
  decide(
    order: BatchOrder,
    left: Float64Array,
    nodeLeft: Float64Array,
    prices: Float64Array,
    nodePrices: Float64Array,
    weight: number,
    cutoff = Number.POSITIVE_INFINITY,
  ): void {
    this.work += 1;
    const model = this.#model;
    const { skuCount, arcNode, arcCost, entryArc, entrySku, entryPosition, entryCost } = order;
    const arcs = arcNode.length;
    model.reset(arcs, skuCount, order.tierUnits.length);
    if (this.#entryAt.length < arcs * skuCount) this.#entryAt = new Int32Array(2 * arcs * skuCount);
    const entryAt = this.#entryAt;
    const { unitCost, capacity, shipmentCost } = model;
    for (let a = 0; a < arcs; a += 1) {
      shipmentCost[a] = (arcCost[a] ?? 0) + weight * (nodePrices[arcNode[a] ?? 0] ?? 0);
    }
    for (let e = 0; e < entryArc.length; e += 1) {
      const position = entryPosition[e] ?? 0;
      const units = left[position] ?? 0;
      if (units <= 0) continue;
      const arc = entryArc[e] ?? 0;
      if ((nodeLeft[arcNode[arc] ?? 0] ?? 0) < 1) continue;
      const at = arc * skuCount + (entrySku[e] ?? 0);
      capacity[at] = units;
      unitCost[at] = (entryCost[e] ?? 0) + weight * (prices[position] ?? 0);
      entryAt[at] = e;
    }
    model.tierStart.set(order.tierStart);
    model.tierUnits.set(order.tierUnits);
    model.tierPrice.set(order.tierPrice);
    model.maxShipments = order.maxShipments;
    model.costOfNothing = Math.min(order.costOfNothing, cutoff);
    this.#search.run(model, this.#visitLimit);
    this.pricedBound = this.#search.bound;
    this.#readDecision(order);
  }

  /** Deals out the units over the chosen arcs, cheapest first, while a unit costs less than missing it. */
  #readDecision(order: BatchOrder): void {
    const { unitCost, capacity, skuCount } = this.#model;
    const { chosen, chosenCount } = this.#search;
    if (this.entry.length < skuCount * (chosenCount + 1)) {
      this.entry = new Int32Array(2 * skuCount * (chosenCount + 1));
      this.units = new Float64Array(2 * skuCount * (chosenCount + 1));
    }
    if (this.arc.length < chosenCount) this.arc = new Int32Array(2 * chosenCount);
    this.count = 0;
    this.arcCount = 0;
    this.cost = order.costOfNothing;
    if (chosenCount === 0) return;
    let cost = 0;
    for (let i = 0; i < chosenCount; i += 1) {
      const arc = chosen[i] ?? 0;
      this.arc[i] = arc;
      cost += order.arcCost[arc] ?? 0;
    }
    this.arcCount = chosenCount;
    for (let s = 0; s < skuCount; s += 1) {
      let tier = order.tierStart[s] ?? 0;
      const tiers = order.tierStart[s + 1] ?? 0;
      let wanted = tier < tiers ? (order.tierUnits[tier] ?? 0) : 0;
      let floor = Number.NEGATIVE_INFINITY;
      let floorArc = -1;
      while (tier < tiers) {
        // The next arc in order of unit cost, ties by position in `chosen`.
        let best = Number.POSITIVE_INFINITY;
        let bestSlot = -1;
        for (let i = 0; i < chosenCount; i += 1) {
          const at = (chosen[i] ?? 0) * skuCount + s;
          const unit = unitCost[at] ?? 0;
          if ((capacity[at] ?? 0) <= 0 || unit < floor || (unit === floor && i <= floorArc)) continue;
          if (unit < best) {
            best = unit;
            bestSlot = i;
          }
        }
        if (bestSlot < 0) break;
        floor = best;
        floorArc = bestSlot;
        const at = (chosen[bestSlot] ?? 0) * skuCount + s;
        let available = capacity[at] ?? 0;
        let taken = 0;
        while (tier < tiers && available > 0 && best < (order.tierPrice[tier] ?? 0)) {
          const units = Math.min(wanted, available);
          taken += units;
          available -= units;
          wanted -= units;
          if (wanted === 0) {
            tier += 1;
            wanted = tier < tiers ? (order.tierUnits[tier] ?? 0) : 0;
          }
        }
        if (taken > 0) {
          const entry = this.#entryAt[at] ?? 0;
          this.entry[this.count] = entry;
          this.units[this.count] = taken;
          this.count += 1;
          cost += taken * (order.entryCost[entry] ?? 0);
        }
        if (available > 0) break;
      }
      for (; tier < tiers; tier += 1) {
        cost += wanted * (order.tierPrice[tier] ?? 0);
        wanted = order.tierUnits[tier + 1] ?? 0;
      }
    }
    this.cost = cost;
    this.#dropIdleArcs(order);
  }

  /** A free shipment whose units were all taken over by later arcs is not a shipment. */
  #dropIdleArcs(order: BatchOrder): void {
    let kept = 0;
    for (let i = 0; i < this.arcCount; i += 1) {
      const arc = this.arc[i] ?? 0;
      let isUsed = false;
      for (let j = 0; j < this.count && !isUsed; j += 1) isUsed = order.entryArc[this.entry[j] ?? 0] === arc;
      if (!isUsed) {
        this.cost -= order.arcCost[arc] ?? 0;
        continue;
      }
      this.arc[kept] = arc;
      kept += 1;
    }
    this.arcCount = kept;
  }
}
