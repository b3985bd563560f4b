import type {
  SourcingArc,
  SourcingInstance,
  SourcingOrder,
  StockRow,
} from '../../../shared/sourcing/index.ts';
import { milesBetween, type Geography, type Place } from './cities.ts';
import { makeRandom, type Random } from '../../../shared/sourcing/index.ts';

/** The generator of the sourcing benchmarks; its figures are those of a published multi-item fulfilment study. */
const KINDS = {
  warehouse: { perShipment: 1.2, perUnit: 0.45, holds: 0.85, weight: 5, extraDays: 0 },
  store: { perShipment: 2.6, perUnit: 1.15, holds: 0.45, weight: 1, extraDays: 1 },
  thirdParty: { perShipment: 1.9, perUnit: 0.7, holds: 0.55, weight: 2, extraDays: 0 },
} as const;

const SHIPMENT = 8.759;
const UNIT_BASE = 0.423;
const UNIT_MILE = 0.000541;
const UNFILLED_UNIT = 40;
const SKUS = 300;

interface PlacedNode {
  readonly id: string;
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  readonly place: Place;
}

interface World {
  readonly random: Random;
  readonly metros: readonly Place[];
  readonly cumulative: readonly number[];
  readonly nodes: readonly PlacedNode[];
  readonly weights: readonly number[];
}

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
};

const makeWorld = (geography: Geography, nodeCount: number, seed: number): World => {
  const random = makeRandom(seed);
  const { metros } = geography;
  let total = 0;
  const cumulative = metros.map((metro) => (total += metro.population));
  const nodes = Array.from({ length: nodeCount }, (_, i): PlacedNode => {
    // 4 warehouses, 12 stores and 4 third parties in 20.
    const kind = i % 5 === 0 ? KINDS.warehouse : i % 5 === 4 ? KINDS.thirdParty : KINDS.store;
    return { id: `N${i + 1}`, kind, place: pick(metros, random.below(metros.length)) };
  });
  const weights = Array.from({ length: SKUS }, () => 0.3 + 2.7 * random.next());
  return { random, metros, cumulative, nodes, weights };
};

const drawMetro = (world: World): Place => {
  const at = world.random.next() * pick(world.cumulative, world.cumulative.length - 1);
  return pick(
    world.metros,
    world.cumulative.findIndex((sum) => at < sum),
  );
};

interface Wanted {
  readonly rank: number;
  readonly quantity: number;
}

const drawLines = (world: World, count: number): Wanted[] => {
  const lines: Wanted[] = [];
  while (lines.length < count) {
    const rank = Math.floor(SKUS * world.random.next() ** 1.6);
    if (lines.some((line) => line.rank === rank)) continue;
    lines.push({ rank, quantity: 1 + Math.floor(world.random.exponential(0.8)) });
  }
  return lines;
};

const skuOf = (rank: number): string => `S${rank}`;

const drawOrder = (world: World, id: string, lineCount: number): SourcingOrder => {
  const destination = drawMetro(world);
  const promise = 3 + world.random.below(4);
  const wanted = drawLines(world, lineCount);
  const arcs: SourcingArc[] = [];
  for (const node of world.nodes) {
    const miles = milesBetween(node.place, destination);
    if (Math.ceil(miles / 600) + node.kind.extraDays > promise) continue;
    const unitCosts: Record<string, number> = {};
    for (const { rank } of wanted) {
      unitCosts[skuOf(rank)] =
        node.kind.perUnit + (UNIT_BASE + UNIT_MILE * miles) * pick(world.weights, rank);
    }
    arcs.push({ node: node.id, shipmentCost: SHIPMENT + node.kind.perShipment, unitCosts });
  }
  return {
    id,
    maxShipments: null,
    shipComplete: false,
    lines: wanted.map(({ rank, quantity }, i) => ({
      id: String(i + 1),
      sku: skuOf(rank),
      quantity,
      unfilledUnitCost: UNFILLED_UNIT,
    })),
    arcs,
  };
};

/** One order with its own stock: a node holds 1 to 4 units of a line, or none. */
export const generateSingle = (
  geography: Geography,
  size: { readonly lines: number; readonly nodes: number },
  seed: number,
): SourcingInstance => {
  const world = makeWorld(geography, size.nodes, seed);
  const order = drawOrder(world, 'O1', size.lines);
  const stock: StockRow[] = [];
  for (const node of world.nodes) {
    for (const line of order.lines) {
      if (world.random.next() >= 0.6 * node.kind.holds) continue;
      stock.push({ node: node.id, sku: line.sku, quantity: 1 + world.random.below(4) });
    }
  }
  return instanceOf(world, [order], stock);
};

/** Orders that share stock: 1.2 times the demand of each SKU, spread unit by unit over the nodes that carry it. */
export const generateBatch = (
  geography: Geography,
  size: { readonly orders: number; readonly lines: number; readonly nodes: number },
  seed: number,
): SourcingInstance => {
  const world = makeWorld(geography, size.nodes, seed);
  const orders = Array.from({ length: size.orders }, (_, i) => drawOrder(world, `O${i + 1}`, size.lines));
  const demand = new Map<string, number>();
  for (const line of orders.flatMap((order) => order.lines)) {
    demand.set(line.sku, (demand.get(line.sku) ?? 0) + line.quantity);
  }
  const stock: StockRow[] = [];
  for (const [sku, units] of [...demand].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const drawn = world.nodes.filter((node) => world.random.next() < 0.7 * node.kind.holds);
    const carriers = drawn.length > 0 ? drawn : [pick(world.nodes, world.random.below(world.nodes.length))];
    const held = new Map<string, number>();
    const total = carriers.reduce((sum, node) => sum + node.kind.weight, 0);
    for (let unit = 0; unit < Math.ceil(1.2 * units) + 1; unit += 1) {
      let at = world.random.next() * total;
      const carrier =
        carriers.find((node) => (at -= node.kind.weight) < 0) ?? pick(carriers, carriers.length - 1);
      held.set(carrier.id, (held.get(carrier.id) ?? 0) + 1);
    }
    for (const [node, quantity] of held) stock.push({ node, sku, quantity });
  }
  return instanceOf(world, orders, stock);
};

const instanceOf = (
  world: World,
  orders: readonly SourcingOrder[],
  stock: readonly StockRow[],
): SourcingInstance => ({
  currency: 'USD',
  nodes: world.nodes.map((node) => ({ id: node.id, maxOrders: null })),
  stock,
  orders,
});
