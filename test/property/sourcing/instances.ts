import * as fc from 'fast-check';
import type { SourcingInstance } from '../../../shared/sourcing/index.ts';

/**
 * Small instances with every feature at once: limits on nodes and orders, ship-complete, several lines of one SKU,
 * arcs without some SKUs, units dearer than missing them, free shipments, empty stock, empty orders.
 */
export const smallInstances = (size: {
  readonly nodes: number;
  readonly skus: number;
  readonly orders: number;
  readonly lines: number;
}): fc.Arbitrary<SourcingInstance> => {
  // Costs in several grains: cents, long decimals, and equal ones that make ties.
  const cost = (highest: number): fc.Arbitrary<number> =>
    fc.oneof(
      fc.integer({ min: 0, max: highest * 100 }).map((cents) => cents / 100),
      fc.integer({ min: 0, max: highest }),
      fc.integer({ min: 0, max: highest * 1_000_000 }).map((micros) => micros / 1_000_000),
    );
  const skus = Array.from({ length: size.skus }, (_, i) => `S${i}`);
  const limit = (most: number): fc.Arbitrary<number | null> =>
    fc.option(fc.integer({ min: 0, max: most }), { nil: null, freq: 3 });
  const nodeIds = Array.from({ length: size.nodes }, (_, i) => `N${i}`);

  const line = fc.record({
    sku: fc.constantFrom(...skus),
    quantity: fc.integer({ min: 0, max: 4 }),
    unfilledUnitCost: cost(30),
  });
  const arc = (node: string) =>
    fc.record({
      node: fc.constant(node),
      shipmentCost: cost(20),
      unitCosts: fc.dictionary(fc.constantFrom(...skus), cost(25), { noNullPrototype: true }),
    });
  const order = fc.record({
    maxShipments: limit(3),
    shipComplete: fc.boolean(),
    lines: fc.array(line, { maxLength: size.lines }),
    arcs: fc.subarray(nodeIds).chain((nodes) => fc.tuple(...nodes.map(arc))),
  });
  return fc
    .record({
      limits: fc.tuple(...nodeIds.map(() => limit(2))),
      stock: fc.tuple(
        ...nodeIds.flatMap((node) =>
          skus.map((sku) =>
            fc.record({
              node: fc.constant(node),
              sku: fc.constant(sku),
              quantity: fc.integer({ min: 0, max: 5 }),
            }),
          ),
        ),
      ),
      orders: fc.array(order, { minLength: 1, maxLength: size.orders }),
    })
    .map(({ limits, stock, orders }) => ({
      currency: 'USD',
      nodes: nodeIds.map((id, i) => ({ id, maxOrders: limits[i] ?? null })),
      stock,
      orders: orders.map((drawn, o) => ({
        ...drawn,
        id: `O${o}`,
        lines: drawn.lines.map((drawnLine, l) => ({ ...drawnLine, id: `${l}` })),
      })),
    }));
};
