import { chooseLots } from '../../../shared/sourcing/domain/lots/choose-lots.ts';

/** Whole numbers below `below` without an order in them, the same everywhere. */
const drawn = (one: number, other: number, below: number): number =>
  (Math.imul(one * 31 + other * 17 + 7, 2_654_435_761) >>> 16) % below;

const [LINES, NODES] = [40, 60];
const lines = Array.from({ length: LINES }, (_, at) => ({
  id: `${at}`,
  sku: `S${at % 30}`,
  quantity: 1 + drawn(at, 1, 3),
  unfilledUnitCost: 10_000_000,
}));
const candidates = Array.from({ length: NODES }, (_, node) => ({
  node: `N${node}`,
  shipmentCost: 900 + drawn(node, 2, 300),
  unitCosts: Object.fromEntries(lines.map(({ sku }, at) => [sku, 50 + drawn(node, at, 400)])),
  stock: Object.fromEntries(lines.map(({ sku }, at) => [sku, drawn(at, node, 4)])),
}));

describe('an order that is too large to be searched', () => {
  const choice = chooseLots(
    { lines, candidates, maxShipments: null, shipComplete: false },
    {
      ties: lines.map((_, at) => (at < 3 ? { group: 'gift' } : {})),
      nodesPerLine: 1,
      wholeProducts: false,
      partAbove: 4_000,
      isRemainder: false,
      remainderAbove: 0,
      values: new Map(lines.map(({ sku }, at) => [sku, 500 + drawn(at, 3, 3_000)])),
    },
  );

  it('gets a plan that is not called proven, and what no plan can undercut', () => {
    expect(choice.proven).toBe(false);
    expect(choice.bound).toBeLessThan(choice.cost.total);
    expect(choice.shipments.length).toBeGreaterThan(0);
  });

  it('keeps its limits', () => {
    const nodesOf = (line: string): readonly string[] =>
      choice.shipments
        .filter(({ lines: own }) => own.some((units) => units.line === line))
        .map(({ node }) => node);
    for (const { id } of lines) expect(nodesOf(id).length).toBeLessThanOrEqual(1);
    expect(new Set(['0', '1', '2'].map((line) => nodesOf(line).join())).size).toBe(1);
  });
});
