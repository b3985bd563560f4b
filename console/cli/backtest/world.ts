import type { OfferedNode } from '../../../shared/sourcing/index.ts';
import type { PastOrder } from './past-orders.ts';
import { drawn, seeded } from './seeded.ts';

type Metro = readonly [name: string, region: string, latitude: number, longitude: number, weight: number];

/** Large US metros with their rough place and their population in hundred thousands: where parcels go. */
const METROS: readonly Metro[] = [
  ['New York', 'NY', 40.7, -74, 187], ['Los Angeles', 'CA', 34.1, -118.4, 125], ['Chicago', 'IL', 41.8, -87.7, 86],
  ['Miami', 'FL', 25.8, -80.2, 61], ['Dallas', 'TX', 32.8, -96.8, 58], ['Philadelphia', 'PA', 40, -75.1, 57],
  ['Houston', 'TX', 29.8, -95.4, 58], ['Atlanta', 'GA', 33.8, -84.4, 50], ['Washington', 'DC', 38.9, -77, 51],
  ['Boston', 'MA', 42.3, -71.1, 43], ['Phoenix', 'AZ', 33.6, -112.1, 40], ['Seattle', 'WA', 47.6, -122.3, 35],
  ['San Francisco', 'CA', 37.8, -122.4, 33], ['Detroit', 'MI', 42.4, -83.1, 37], ['Denver', 'CO', 39.8, -104.9, 27],
  ['Minneapolis', 'MN', 45, -93.3, 28], ['Saint Louis', 'MO', 38.6, -90.2, 21], ['Charlotte', 'NC', 35.2, -80.8, 15],
]; // prettier-ignore

const NODES: readonly (readonly [id: string, type: string, metro: string, weight: number])[] = [
  ['DC-EAST', 'warehouse', 'Philadelphia', 25], ['DC-MID', 'warehouse', 'Chicago', 20], ['DC-WEST', 'warehouse', 'Los Angeles', 15],
  ['ST-NYC', 'store', 'New York', 8], ['ST-MIA', 'store', 'Miami', 5], ['ST-DAL', 'store', 'Dallas', 6],
  ['ST-ATL', 'store', 'Atlanta', 6], ['ST-BOS', 'store', 'Boston', 5], ['ST-SEA', 'store', 'Seattle', 5], ['ST-DEN', 'store', 'Denver', 5],
]; // prettier-ignore

/** Warehouses handle at less than stores do. Minor units. */
const COSTS = {
  warehouse: { perShipment: 120, perUnit: 30 },
  store: { perShipment: 250, perUnit: 60 },
};

const [FIRST, ...OTHERS] = METROS.map(([name, region, latitude, longitude, weight]) => ({
  name,
  region,
  latitude,
  longitude,
  weight,
}));

export const nodes: readonly OfferedNode[] = NODES.map(([nodeId, type, metro]) => {
  const place = [FIRST, ...OTHERS].find((known) => known?.name === metro);
  return {
    nodeId,
    type,
    status: 'active',
    priority: type === 'warehouse' ? 1 : 2,
    country: 'US',
    ...(place === undefined
      ? {}
      : { region: place.region, position: { latitude: place.latitude, longitude: place.longitude } }),
    costs: type === 'warehouse' ? COSTS.warehouse : COSTS.store,
  };
});

/** An order goes to a metro, drawn by population with the seed and the order's number. */
export const destinationOf = (seed: number, orderId: string) => {
  if (FIRST === undefined) return {};
  const { region, latitude, longitude } = drawn([FIRST, ...OTHERS], seeded(seed, 'to', orderId));
  return { country: 'US', region, latitude, longitude };
};

/** 100 to 2,099 grams, drawn with the seed and the SKU. */
export const gramsOf = (seed: number, sku: string): number =>
  100 + Math.floor(2_000 * seeded(seed, 'g', sku));

/** A share of cells holds nothing at all, as shelves do. */
const EMPTY = 0.3;

/**
 * The stock that the past begins with: of each SKU `cover` times what is going to be asked for, dealt to the nodes by
 * their size, each share drawn between half and one and a half; three cells in ten hold nothing.
 */
export const openingStock = (
  seed: number,
  cover: number,
  orders: readonly PastOrder[],
): Map<string, Map<string, number>> => {
  const asked = new Map<string, number>();
  for (const { lines } of orders)
    for (const { sku, quantity } of lines) asked.set(sku, (asked.get(sku) ?? 0) + quantity);
  const stock = new Map<string, Map<string, number>>();
  for (const [sku, units] of asked) {
    const weights = NODES.map(([node, , , weight]) =>
      seeded(seed, 'e', sku, node) < EMPTY ? 0 : weight * (0.5 + seeded(seed, 's', sku, node)),
    );
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const cells = new Map<string, number>();
    NODES.forEach(([node], index) => {
      const held = all === 0 ? 0 : Math.round((cover * units * (weights[index] ?? 0)) / all);
      if (held > 0) cells.set(node, held);
    });
    stock.set(sku, cells);
  }
  return stock;
};
