/**
 * The sourcing problem as data: which nodes hold what, what each order wants, and what it costs to serve it
 * from where. The same shape is read from files (`switchyard/sourcing-instance@1`) and built by the live system.
 *
 * cost = sum over shipments of the arc's shipmentCost + units x unitCosts + unfilled units x unfilledUnitCost
 */
export const INSTANCE_FORMAT = 'switchyard/sourcing-instance@1';
export const SOLUTION_FORMAT = 'switchyard/sourcing-solution@1';

export interface SourcingInstance {
  readonly currency: string;
  readonly nodes: readonly SourcingNode[];
  readonly stock: readonly StockRow[];
  readonly orders: readonly SourcingOrder[];
}

export interface SourcingNode {
  readonly id: string;
  /** Orders that this node may still ship; null = no limit. */
  readonly maxOrders: number | null;
}

export interface StockRow {
  readonly node: string;
  readonly sku: string;
  readonly quantity: number;
}

export interface SourcingOrder {
  readonly id: string;
  /** Shipments the order may be split into; null = no limit. */
  readonly maxShipments: number | null;
  /** All lines filled, or none. */
  readonly shipComplete: boolean;
  readonly lines: readonly SourcingLine[];
  /** The nodes that can serve the order. A SKU without a unit cost on an arc cannot come from that node. */
  readonly arcs: readonly SourcingArc[];
}

export interface SourcingLine {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unfilledUnitCost: number;
}

export interface SourcingArc {
  readonly node: string;
  readonly shipmentCost: number;
  readonly unitCosts: Readonly<Record<string, number>>;
}

/** What is decided for one order: who ships what, and what stays unfilled (a backorder for the caller). */
export interface OrderPlan {
  readonly order: string;
  readonly shipments: readonly PlannedShipment[];
  readonly unfilled: readonly PlannedUnits[];
}

export interface PlannedShipment {
  readonly node: string;
  readonly lines: readonly PlannedUnits[];
}

export interface PlannedUnits {
  readonly line: string;
  readonly quantity: number;
}

export interface SourcingSolution {
  readonly cost: number;
  /** True when no plan costs less than `cost` (up to rounding); `bound` is what is proved either way. */
  readonly proven: boolean;
  readonly bound: number;
  readonly plans: readonly OrderPlan[];
}
