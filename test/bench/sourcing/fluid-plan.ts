import {
  chooseNodes,
  type CandidateNode,
  type NodeChoice,
  type SourcingOrder,
  type StockPrices,
} from '../../../shared/sourcing/index.ts';
import type { OnlineNetwork, OrderType } from './network.ts';
import type { HighsPeer, Master, MasterRows } from './peers.ts';

/**
 * The fluid plan: how often each order type is served in each way, at the least cost, within the stock. A way is a
 * whole decision (which items from which centre, which left out), as in the method-based programme of multi-item
 * fulfilment; ways are generated as they are needed, each by the exact single-order choice at the current prices.
 */
export interface FluidPlan {
  readonly solve: (rows: MasterRows) => { readonly cost: number; readonly prices: Float64Array };
}

const skuOf = (item: number): string => `I${item}`;

/** Decides one order of a type. `held` says what each centre has, by SKU. */
export const decide = (
  network: OnlineNetwork,
  type: OrderType,
  held: readonly Readonly<Record<string, number>>[],
  stockPrices: StockPrices | undefined,
): NodeChoice =>
  chooseNodes({
    lines: type.items.map((item) => ({
      id: String(item),
      sku: skuOf(item),
      quantity: 1,
      unfilledUnitCost: network.unfilledCost,
    })),
    candidates: held.map((stock, centre): CandidateNode => {
      const cost = network.unitCost[type.metro]?.[centre] ?? 0;
      const unitCosts = Object.fromEntries(type.items.map((item) => [skuOf(item), cost]));
      return { node: String(centre), shipmentCost: network.shipmentCost, unitCosts, stock };
    }),
    maxShipments: null,
    shipComplete: false,
    ...(stockPrices && { stockPrices }),
  });

/** An order of a type as the batch solver takes it, served from anywhere. */
export const orderOfType = (network: OnlineNetwork, type: OrderType, q: number): SourcingOrder => ({
  id: String(q),
  maxShipments: null,
  shipComplete: false,
  lines: type.items.map((item) => ({
    id: String(item),
    sku: skuOf(item),
    quantity: 1,
    unfilledUnitCost: network.unfilledCost,
  })),
  arcs: Array.from({ length: network.centres }, (_, centre) => {
    const cost = network.unitCost[type.metro]?.[centre] ?? 0;
    return {
      node: String(centre),
      shipmentCost: network.shipmentCost,
      unitCosts: Object.fromEntries(type.items.map((item) => [skuOf(item), cost])),
    };
  }),
});

/** Rows of the stock that a decision uses. */
export const rowsOf = (network: OnlineNetwork, choice: NodeChoice): readonly number[] =>
  choice.shipments.flatMap(({ node, lines }) =>
    lines.map(({ line }) => Number(node) * network.items + Number(line)),
  );

export const pricesOf =
  (network: OnlineNetwork, prices: Float64Array): StockPrices =>
  (node, sku) =>
    prices[Number(node) * network.items + Number(sku.slice(1))] ?? 0;

const openPlan = (network: OnlineNetwork, master: Master): FluidPlan => {
  const plenty = Object.fromEntries(Array.from({ length: network.items }, (_, item) => [skuOf(item), 1]));
  const everywhere = Array.from({ length: network.centres }, () => plenty);
  const known = new Set<string>();
  const addWay = (q: number, choice: NodeChoice): void => {
    const rows = [...rowsOf(network, choice)].sort((a, b) => a - b);
    const key = `${q}:${rows.join()}`;
    if (known.has(key)) return;
    known.add(key);
    master.addColumn(choice.cost.total, [...rows, network.stock.length + q]);
  };
  network.types.forEach((type, q) => {
    addWay(q, decide(network, type, [], undefined));
    addWay(q, decide(network, type, everywhere, undefined));
  });
  const solve: FluidPlan['solve'] = (rows) => {
    const { limits } = rows;
    master.setRows(rows);
    for (;;) {
      const { objective, rowDual } = master.solve();
      const prices = Float64Array.from(limits, (_, row) => Math.max(0, -(rowDual[row] ?? 0)));
      const before = known.size;
      network.types.forEach((type, q) => {
        const choice = decide(network, type, everywhere, pricesOf(network, prices));
        const saving = (rowDual[limits.length + q] ?? 0) - choice.cost.total - choice.cost.stockValue;
        if (saving > 1e-6) addWay(q, choice);
      });
      if (known.size === before) return { cost: objective, prices };
    }
  };
  return { solve };
};

/** Opens the fluid plan of a network and hands it to `use`; the ways found stay for later solves. */
export const withFluidPlan = <Answer>(
  network: OnlineNetwork,
  highs: HighsPeer,
  use: (plan: FluidPlan) => Answer,
): Answer => {
  const rows = { limits: network.stock, counts: network.types.map(() => 0) };
  return highs.withMaster(rows, (master) => use(openPlan(network, master)));
};
