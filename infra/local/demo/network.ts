import type { ShopAddress } from '../partners/shop-order.ts';

export type DemoNode = {
  readonly nodeId: string;
  readonly name: string;
  readonly type: 'warehouse' | 'store' | '3pl' | 'supplier';
  readonly priority: number;
  /** Cents a parcel and a unit. */
  readonly perShipmentCost: number;
  readonly perUnitCost: number;
  /** It is not told of its work but asks for it. */
  readonly polls: boolean;
  readonly place: ShopAddress;
};

const place = (
  line1: string,
  city: string,
  region: string,
  postcode: string,
  latitude: number,
  longitude: number,
): ShopAddress => ({ line1, city, region, postcode, latitude, longitude });

const warehouse = {
  type: 'warehouse',
  priority: 10,
  perShipmentCost: 120,
  perUnitCost: 45,
  polls: false,
} as const;
const store = { type: 'store', priority: 50, perShipmentCost: 260, perUnitCost: 115, polls: false } as const;

/** Ten nodes across the USA. Coordinates are those of the cities. */
export const DEMO_NODES: readonly DemoNode[] = [
  { nodeId: 'DC-EAST', name: 'Warehouse Newark', ...warehouse, place: place('1 Dock Road', 'Newark', 'NJ', '07105', 40.7357, -74.1724) },
  { nodeId: 'DC-CENTRAL', name: 'Warehouse Columbus', ...warehouse, place: place('2 Dock Road', 'Columbus', 'OH', '43207', 39.9612, -82.9988) },
  { nodeId: 'DC-WEST', name: 'Warehouse Reno', ...warehouse, place: place('3 Dock Road', 'Reno', 'NV', '89502', 39.5296, -119.8138) },
  { nodeId: 'ST-BOSTON', name: 'Store Boston', ...store, place: place('4 High Street', 'Boston', 'MA', '02116', 42.3601, -71.0589) },
  { nodeId: 'ST-CHICAGO', name: 'Store Chicago', ...store, place: place('5 High Street', 'Chicago', 'IL', '60611', 41.8781, -87.6298) },
  { nodeId: 'ST-AUSTIN', name: 'Store Austin', ...store, place: place('6 High Street', 'Austin', 'TX', '78701', 30.2672, -97.7431) },
  { nodeId: 'ST-SEATTLE', name: 'Store Seattle', ...store, polls: true, place: place('7 High Street', 'Seattle', 'WA', '98101', 47.6062, -122.3321) },
  { nodeId: '3PL-ATLANTA', name: '3PL Atlanta', type: '3pl', priority: 30, perShipmentCost: 190, perUnitCost: 70, polls: false, place: place('8 Freight Way', 'Atlanta', 'GA', '30336', 33.749, -84.388) },
  { nodeId: '3PL-DALLAS', name: '3PL Dallas', type: '3pl', priority: 30, perShipmentCost: 190, perUnitCost: 70, polls: false, place: place('9 Freight Way', 'Dallas', 'TX', '75236', 32.7767, -96.797) },
  { nodeId: 'SUP-DENVER', name: 'Supplier Denver', type: 'supplier', priority: 80, perShipmentCost: 320, perUnitCost: 60, polls: true, place: place('10 Mill Lane', 'Denver', 'CO', '80216', 39.7392, -104.9903) },
]; // prettier-ignore

/** Where the customers live. */
export const DEMO_CITIES: readonly [ShopAddress, ...ShopAddress[]] = [
  place('', 'New York', 'NY', '10001', 40.7128, -74.006),
  place('', 'Philadelphia', 'PA', '19103', 39.9526, -75.1652),
  place('', 'Washington', 'DC', '20001', 38.9072, -77.0369),
  place('', 'Miami', 'FL', '33101', 25.7617, -80.1918),
  place('', 'Nashville', 'TN', '37201', 36.1627, -86.7816),
  place('', 'Minneapolis', 'MN', '55401', 44.9778, -93.265),
  place('', 'Houston', 'TX', '77002', 29.7604, -95.3698),
  place('', 'Phoenix', 'AZ', '85003', 33.4484, -112.074),
  place('', 'Salt Lake City', 'UT', '84101', 40.7608, -111.891),
  place('', 'Los Angeles', 'CA', '90012', 34.0522, -118.2437),
  place('', 'San Francisco', 'CA', '94103', 37.7749, -122.4194),
  place('', 'Portland', 'OR', '97201', 45.5152, -122.6784),
];

const HEADER =
  'nodeId,name,type,priority,perShipmentCost,perUnitCost,acceptWithinMinutes,shipWithinMinutes,endpoint,line1,city,region,postcode,country,latitude,longitude';

/** The network as a CSV file for POST /v1/nodes. A minute of silence is the shortest that the API lets count as a no. */
export const nodesCsv = (endpointOf: (nodeId: string) => string): string =>
  [
    HEADER,
    ...DEMO_NODES.map(
      ({ nodeId, name, type, priority, perShipmentCost, perUnitCost, polls, place: at }) =>
      [
        nodeId, name, type, priority, perShipmentCost, perUnitCost, 1, 60, polls ? '' : endpointOf(nodeId),
        at.line1, at.city, at.region, at.postcode, 'US', at.latitude, at.longitude,
      ].join(','), // prettier-ignore
    ),
  ].join('\n');
