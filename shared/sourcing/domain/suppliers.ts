import type { OrderModel } from './order-model.ts';
import type { SearchLevel } from './search-level.ts';

/** Says which nodes are candidates now: those whose mark is the current stamp. A new stamp forgets them all. */
export interface CandidateMarks {
  mark: Int32Array;
  stamp: number;
}

/** Suppliers of each SKU among the candidates, cheapest first. */
export const rootSuppliers = (model: OrderModel, level: SearchLevel): void => {
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
    limitSuppliers(model, level, s);
  }
};

/** The same for a level below: the parent's lists less the nodes that are no candidates any more. */
export const inheritSuppliers = (
  model: OrderModel,
  parent: SearchLevel,
  level: SearchLevel,
  marks: CandidateMarks,
): void => {
  const { skuCount, nodeCount } = model;
  const { mark } = marks;
  marks.stamp += 1;
  const { stamp } = marks;
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
    limitSuppliers(model, level, s);
  }
};

/** A supplier is worth what it can replace: units served today at a higher price. Drops those that replace none. */
const limitSuppliers = (model: OrderModel, level: SearchLevel, s: number): void => {
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
};

/** Takes the closed nodes out of the supplier lists, so that later steps do not walk over them. */
export const forgetClosed = (model: OrderModel, level: SearchLevel): void => {
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
};
