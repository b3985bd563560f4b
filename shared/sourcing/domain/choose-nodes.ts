import type { PlannedShipment, PlannedUnits, SourcingLine } from './instance.ts';
import { gatherDemand, loadDemand, type SkuDemand } from './order-demand.ts';
import { OrderModel } from './order-model.ts';
import { OrderSearch } from './order-search.ts';
import type { StockPrices } from './stock-prices.ts';
import type { Table } from './table.ts';

/**
 * A node that could serve the order, with what it may give. A SKU missing from either table cannot come from it.
 * Plain objects will do; with many nodes, tables made by `tableOf` are faster to read.
 */
export interface CandidateNode {
  readonly node: string;
  readonly shipmentCost: number;
  readonly unitCosts: Table<number>;
  readonly stock: Table<number>;
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
  /** Worth of a unit to later orders: added to the unit costs when nodes are compared, not part of the total. */
  readonly stockPrices?: StockPrices;
  /** Bound on the sets of nodes looked into; without it the answer is always proven. */
  readonly visitLimit?: number;
}

export interface ChoiceCost {
  readonly shipments: number;
  readonly units: number;
  readonly unfilled: number;
  readonly total: number;
  /** Worth of the units taken, at the stock prices of the request. The choice minimises total + stockValue. */
  readonly stockValue: number;
}

export interface NodeChoice {
  readonly shipments: readonly PlannedShipment[];
  /** Units that no node ships: the caller backorders or cancels them. */
  readonly unfilled: readonly PlannedUnits[];
  readonly cost: ChoiceCost;
  /** No choice has a lower total + stockValue than this; equal to it when proven. */
  readonly bound: number;
  readonly proven: boolean;
  /** Sets of nodes that were looked into: what the choice cost to make. */
  readonly visits: number;
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
  const earnings = loadSupply(candidates, demands, lines, request.stockPrices);
  loadDemand(model, lines, demands, shipComplete, earnings);
  search.run(model, request.visitLimit);
  return readPlan(lines, candidates, demands, request.stockPrices);
};

/** Fills costs and capacities; returns what the whole demand could earn at the most negative unit costs. */
const loadSupply = (
  candidates: readonly CandidateNode[],
  demands: readonly SkuDemand[],
  lines: readonly SourcingLine[],
  prices: StockPrices | undefined,
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
      // Stock first: most nodes lack most SKUs, and a look-up by name is what this loop costs.
      // typeof, because a SKU may be named like a property that every object inherits.
      const units = candidate.stock[sku];
      if (typeof units !== 'number' || units <= 0) continue;
      const unpriced = candidate.unitCosts[sku];
      if (typeof unpriced !== 'number') continue;
      const cost = prices === undefined ? unpriced : unpriced + prices(candidate.node, sku);
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
  prices: StockPrices | undefined,
): NodeChoice => {
  const { unitCost, capacity, tierStart, tierPrice, skuCount } = model;
  const chosen = search.chosen.slice(0, search.chosenCount).sort();
  const shipped: PlannedUnits[][] = [];
  for (let slot = 0; slot < chosen.length; slot += 1) shipped.push([]);
  const missing: number[] = [];
  for (const line of lines) missing.push(line.quantity);
  let unitsCost = 0;
  let stockValue = 0;
  for (let s = 0; s < skuCount; s += 1) {
    const indices = demands[s]?.lines ?? [];
    const slots = slotsByCost(chosen, s);
    for (const slot of slots) {
      const at = (chosen[slot] ?? 0) * skuCount + s;
      const cost = unitCost[at] ?? 0;
      let left = capacity[at] ?? 0;
      for (let i = 0; i < indices.length && left > 0; i += 1) {
        const index = indices[i] ?? 0;
        const wanted = missing[index] ?? 0;
        // At equal cost the customer gets the unit: the shipment is paid already.
        if (wanted === 0 || cost > (tierPrice[(tierStart[s] ?? 0) + i] ?? 0)) continue;
        const quantity = Math.min(wanted, left);
        const price = prices?.(candidates[chosen[slot] ?? 0]?.node ?? '', demands[s]?.sku ?? '') ?? 0;
        stockValue += quantity * price;
        unitsCost += quantity * (cost - price);
        missing[index] = wanted - quantity;
        left -= quantity;
        shipped[slot]?.push({ line: lines[index]?.id ?? '', quantity });
      }
    }
  }
  let shipmentsCost = 0;
  const shipments: PlannedShipment[] = [];
  for (let slot = 0; slot < chosen.length; slot += 1) {
    const candidate = candidates[chosen[slot] ?? 0];
    const content = shipped[slot];
    if (candidate === undefined || content === undefined || content.length === 0) continue;
    shipmentsCost += candidate.shipmentCost;
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
  const total = shipmentsCost + unitsCost + unfilledCost;
  return {
    shipments,
    unfilled,
    cost: { shipments: shipmentsCost, units: unitsCost, unfilled: unfilledCost, total, stockValue },
    bound: search.completed ? total + stockValue : search.bound,
    proven: search.completed,
    visits: search.visited,
  };
};

/** Slots of the chosen nodes that hold SKU `s`, cheapest unit first; there are few, so they are inserted. */
const slotsByCost = (chosen: Int32Array, s: number): readonly number[] => {
  const { unitCost, capacity, skuCount } = model;
  const slots: number[] = [];
  for (let slot = 0; slot < chosen.length; slot += 1) {
    const at = (chosen[slot] ?? 0) * skuCount + s;
    if ((capacity[at] ?? 0) <= 0) continue;
    const cost = unitCost[at] ?? 0;
    let to = slots.length;
    for (; to > 0 && (unitCost[(chosen[slots[to - 1] ?? 0] ?? 0) * skuCount + s] ?? 0) > cost; to -= 1) {
      slots[to] = slots[to - 1] ?? 0;
    }
    slots[to] = slot;
  }
  return slots;
};
