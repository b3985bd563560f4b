import type { PlannedShipment, PlannedUnits, SourcingLine } from './instance.ts';
import { gatherDemand, loadDemand, type SkuDemand } from './order-demand.ts';
import { OrderModel } from './order-model.ts';
import { OrderSearch } from './order-search.ts';

/** A node that could serve the order, with what it may give. A SKU missing from either record cannot come from it. */
export interface CandidateNode {
  readonly node: string;
  readonly shipmentCost: number;
  readonly unitCosts: Readonly<Record<string, number>>;
  readonly stock: Readonly<Record<string, number>>;
}

export interface NodeChoiceRequest {
  /** Units still to be sourced. */
  readonly lines: readonly SourcingLine[];
  readonly candidates: readonly CandidateNode[];
  readonly maxShipments: number | null;
  /** All lines filled, or none. */
  readonly shipComplete: boolean;
  /** Nodes that must not be used, for instance because they rejected the order. */
  readonly excludedNodes?: ReadonlySet<string>;
  /** Bound on the sets of nodes looked into; without it the answer is always proven. */
  readonly visitLimit?: number;
}

export interface ChoiceCost {
  readonly shipments: number;
  readonly units: number;
  readonly unfilled: number;
  readonly total: number;
}

export interface NodeChoice {
  readonly shipments: readonly PlannedShipment[];
  /** Units that no node ships: the caller backorders or cancels them. */
  readonly unfilled: readonly PlannedUnits[];
  readonly cost: ChoiceCost;
  /** No choice costs less than this; equals the total when proven. */
  readonly bound: number;
  readonly proven: boolean;
}

// One order is decided at a time and the functions are synchronous, so the buffers can be shared.
const model = new OrderModel();
const search = new OrderSearch();

/**
 * Chooses the nodes that ship one order at the least cost: shipments + units + what is left unfilled.
 * Costs are in any one currency unit, finite, shipment costs not negative; quantities are whole units.
 * Exact: the answer equals the mixed-integer optimum unless `visitLimit` stopped the search (`proven` is then false).
 */
export const chooseNodes = (request: NodeChoiceRequest): NodeChoice => {
  const { lines, maxShipments, shipComplete } = request;
  const excluded = request.excludedNodes;
  const candidates =
    excluded === undefined || excluded.size === 0
      ? request.candidates
      : request.candidates.filter((candidate) => !excluded.has(candidate.node));
  const demands = gatherDemand(lines);
  model.reset(candidates.length, demands.length, lines.length);
  model.maxShipments = Math.min(maxShipments ?? candidates.length, candidates.length);
  const earnings = loadSupply(candidates, demands, lines);
  loadDemand(model, lines, demands, shipComplete, earnings);
  search.run(model, request.visitLimit);
  return readPlan(lines, candidates, demands);
};

/** Fills costs and capacities; returns what the whole demand could earn at the most negative unit costs. */
const loadSupply = (
  candidates: readonly CandidateNode[],
  demands: readonly SkuDemand[],
  lines: readonly SourcingLine[],
): number => {
  const { shipmentCost, unitCost, capacity } = model;
  const skuCount = demands.length;
  let lowest = 0;
  for (let n = 0; n < candidates.length; n += 1) {
    const candidate = candidates[n];
    if (candidate === undefined) continue;
    shipmentCost[n] = candidate.shipmentCost;
    for (let s = 0; s < skuCount; s += 1) {
      const sku = demands[s]?.sku ?? '';
      const cost = candidate.unitCosts[sku];
      const units = candidate.stock[sku];
      // typeof, because a SKU may be named like a property that every object inherits.
      if (typeof cost !== 'number' || typeof units !== 'number' || units <= 0) continue;
      unitCost[n * skuCount + s] = cost;
      capacity[n * skuCount + s] = units;
      if (cost < lowest) lowest = cost;
    }
  }
  return lowest === 0 ? 0 : -lowest * lines.reduce((units, line) => units + line.quantity, 0);
};

/** Deals the units out over the chosen nodes: cheapest node first, dearest line first. */
const readPlan = (
  lines: readonly SourcingLine[],
  candidates: readonly CandidateNode[],
  demands: readonly SkuDemand[],
): NodeChoice => {
  const { unitCost, capacity, skuCount } = model;
  const chosen = Array.from(search.chosen.subarray(0, search.chosenCount)).sort((a, b) => a - b);
  const shipped: PlannedUnits[][] = chosen.map(() => []);
  const missing = lines.map((line) => line.quantity);
  let units = 0;
  for (let s = 0; s < skuCount && chosen.length > 0; s += 1) {
    const costAt = (slot: number): number => unitCost[(chosen[slot] ?? 0) * skuCount + s] ?? 0;
    const slots = chosen
      .map((_, slot) => slot)
      .filter((slot) => (capacity[(chosen[slot] ?? 0) * skuCount + s] ?? 0) > 0);
    slots.sort((a, b) => costAt(a) - costAt(b));
    const left = slots.map((slot) => capacity[(chosen[slot] ?? 0) * skuCount + s] ?? 0);
    let tier = model.tierStart[s] ?? 0;
    for (const index of demands[s]?.lines ?? []) {
      const worth = model.tierPrice[tier] ?? 0;
      tier += 1;
      for (let i = 0; i < slots.length; i += 1) {
        const slot = slots[i] ?? 0;
        const quantity = Math.min(missing[index] ?? 0, left[i] ?? 0);
        // At equal cost the customer gets the unit: the shipment is paid already.
        if (quantity <= 0 || costAt(slot) > worth) continue;
        units += quantity * costAt(slot);
        missing[index] = (missing[index] ?? 0) - quantity;
        left[i] = (left[i] ?? 0) - quantity;
        shipped[slot]?.push({ line: lines[index]?.id ?? '', quantity });
      }
    }
  }
  let shipmentCosts = 0;
  const shipments: PlannedShipment[] = [];
  for (let slot = 0; slot < chosen.length; slot += 1) {
    const candidate = candidates[chosen[slot] ?? 0];
    const content = shipped[slot];
    if (candidate === undefined || content === undefined || content.length === 0) continue;
    shipmentCosts += candidate.shipmentCost;
    shipments.push({ node: candidate.node, lines: content });
  }
  let unfilledCost = 0;
  const unfilled: PlannedUnits[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const quantity = missing[i] ?? 0;
    if (quantity === 0) continue;
    unfilledCost += quantity * (lines[i]?.unfilledUnitCost ?? 0);
    unfilled.push({ line: lines[i]?.id ?? '', quantity });
  }
  const total = shipmentCosts + units + unfilledCost;
  return {
    shipments,
    unfilled,
    cost: { shipments: shipmentCosts, units, unfilled: unfilledCost, total },
    bound: search.completed ? total : search.bound,
    proven: search.completed,
  };
};
