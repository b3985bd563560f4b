import type { OrderModel } from './order-model.ts';
import type { SearchLevel } from './search-level.ts';

/**
 * Prices every plan with one node more exactly (`net` of each candidate) and closes the nodes that do not pay for
 * their shipment any more. Returns the node that saves most, or -1 when none saves anything.
 */
export const priceExtensions = (model: OrderModel, level: SearchLevel, epsilon: number): number => {
  const { skuCount, shipmentCost, unitCost, capacity } = model;
  const { candidates, net, segmentRoom, segmentCount, segmentPrice, segmentUnits } = level;
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
  return bestNode;
};

/** Two more shipments at least, and every unit at the best cost of any candidate: a bound without any prices. */
export const isHopeless = (model: OrderModel, level: SearchLevel, limit: number): boolean => {
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
};

/** Position of the candidate that saves most on its own: good plans come early and the bound bites sooner. */
export const mostSaving = (level: SearchLevel): number => {
  let best = 0;
  for (let i = 1; i < level.candidateCount; i += 1) {
    if ((level.net[level.candidates[i] ?? 0] ?? 0) > (level.net[level.candidates[best] ?? 0] ?? 0)) best = i;
  }
  return best;
};

/** Writes the next level: the node takes over the dearest units it can serve more cheaply. */
export const openNode = (model: OrderModel, level: SearchLevel, next: SearchLevel, node: number): void => {
  const { skuCount, unitCost, capacity } = model;
  next.cost = level.cost - (level.net[node] ?? 0);
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
};
