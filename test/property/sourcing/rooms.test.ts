import * as fc from 'fast-check';
import { chooseNodes, type NodeChoice, type NodeChoiceRequest } from '../../../shared/sourcing/index.ts';
import { chooseWithinRoom } from '../../../shared/sourcing/domain/choose-within-room.ts';
import type { NodeRoom } from '../../../shared/sourcing/domain/strategy/capacity-room.ts';

const NODES = ['N0', 'N1', 'N2'];
const SKUS = ['A', 'B', 'C'];
const MISSING = 1_000;

const requests = fc.record({
  lines: fc
    .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
    .map((drawn) =>
      drawn.map((quantity, i) => ({ id: `${i}`, sku: SKUS[i] ?? '', quantity, unfilledUnitCost: MISSING })),
    ),
  candidates: fc.tuple(
    ...NODES.map((node) =>
      fc.record({
        node: fc.constant(node),
        shipmentCost: fc.nat(30),
        unitCosts: fc.record(Object.fromEntries(SKUS.map((sku) => [sku, fc.nat(9)]))),
        stock: fc.record(Object.fromEntries(SKUS.map((sku) => [sku, fc.nat(3)]))),
      }),
    ),
  ),
  maxShipments: fc.constantFrom(null, null, 1, 2),
  shipComplete: fc.boolean(),
});
const rooms = fc.record(
  Object.fromEntries(
    NODES.map((node) => [
      node,
      fc.record({
        lines: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
        units: fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY),
      }),
    ]),
  ),
);

/** Every way to deal the units of each line to the nodes or to nobody: slow and simple. */
const cheapest = (request: NodeChoiceRequest, room: Readonly<Record<string, NodeRoom>>): number => {
  let best = Number.POSITIVE_INFINITY;
  const taken = request.candidates.map(() => new Map<string, number>());
  const judge = (cost: number, missing: number): void => {
    const used = taken.map((units) => [...units.values()].filter((count) => count > 0));
    const parcels = used.filter((units) => units.length > 0).length;
    const fits = request.candidates.every(({ node }, n) => {
      const { lines = 0, units = 0 } = room[node] ?? {};
      const counts = used[n] ?? [];
      return counts.length <= lines && counts.reduce((sum, count) => sum + count, 0) <= units;
    });
    if (!fits || parcels > (request.maxShipments ?? NODES.length)) return;
    if (request.shipComplete && parcels > 0 && missing > 0) return;
    const shipments = request.candidates.reduce(
      (sum, { shipmentCost }, n) => sum + ((used[n]?.length ?? 0) > 0 ? shipmentCost : 0),
      0,
    );
    best = Math.min(best, cost + shipments + missing * MISSING);
  };
  const deal = (index: number, cost: number, missing: number): void => {
    const line = request.lines[index];
    if (line === undefined) return judge(cost, missing);
    const over = (n: number, left: number, sum: number): void => {
      const candidate = request.candidates[n];
      if (candidate === undefined) return deal(index + 1, cost + sum, missing + left);
      for (let units = 0; units <= Math.min(left, candidate.stock[line.sku] ?? 0); units += 1) {
        taken[n]?.set(line.sku, units);
        over(n + 1, left - units, sum + units * (candidate.unitCosts[line.sku] ?? 0));
      }
      taken[n]?.set(line.sku, 0);
    };
    over(0, line.quantity, 0);
  };
  deal(0, 0, 0);
  return best;
};

const loadAt = (choice: NodeChoice, node: string): { readonly lines: number; readonly units: number } => {
  const lines = choice.shipments.find((shipment) => shipment.node === node)?.lines ?? [];
  return { lines: lines.length, units: lines.reduce((sum, { quantity }) => sum + quantity, 0) };
};

describe('choosing nodes of which some take only so much of an order', () => {
  it('never takes more than the room, and costs as little as any way of dealing the units', () => {
    fc.assert(
      fc.property(requests, rooms, (request, room) => {
        const choice = chooseWithinRoom(request, new Map(Object.entries(room)));
        for (const node of NODES) {
          const load = loadAt(choice, node);
          expect(load.lines).toBeLessThanOrEqual(room[node]?.lines ?? 0);
          expect(load.units).toBeLessThanOrEqual(room[node]?.units ?? 0);
        }
        expect(choice.proven).toBe(true);
        expect(choice.cost.total).toBeCloseTo(cheapest(request, room), 6);
      }),
    );
  });

  it('is the plain choice where nothing binds', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const wide = new Map(NODES.map((node) => [node, { lines: 9, units: 99 }]));
        expect(chooseWithinRoom(request, wide)).toEqual(chooseNodes(request));
      }),
    );
  });
});
