import type { OrderModel } from './order-model.ts';
import type { SearchLevel } from './search-level.ts';

/**
 * The bound of the search: unit prices v that rise from the cheapest supplier of each SKU (dual ascent, Erlenkotter
 * 1978). slack(n) = shipment cost of n - sum over its SKUs of units x (v - unit cost); a further set T of nodes costs
 * at least base + the slacks of T. An infinite slack marks a closed node.
 */
/** Prices start at the cheapest supplier of each SKU: every slack is then the whole shipment cost. */
export const startPrices = (model: OrderModel, level: SearchLevel): void => {
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
};

/** What any set with more nodes of this level costs at least. */
export const lowerBound = (level: SearchLevel): number => {
  let bound = level.base;
  for (let i = 0; i < level.candidateCount; i += 1) {
    const slack = level.slack[level.candidates[i] ?? 0] ?? 0;
    if (slack < 0) bound += slack;
  }
  return bound;
};

/** One step for each SKU, up to the next supplier, the next segment or the first slack that runs out. */
export const raisePrices = (model: OrderModel, level: SearchLevel, epsilon: number): boolean => {
  const { skuCount, nodeCount } = model;
  const { price, passed, supplierCount, supplierNode, supplierCost, supplierUnits, slack } = level;
  const { segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
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
};

/** Closes each node that cannot be part of a better set of two more: bound + its slack + the least other slack. */
export const closeBySlack = (level: SearchLevel, limit: number): boolean => {
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
  const allowed = limit - bound;
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
};
