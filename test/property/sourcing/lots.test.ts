import * as fc from 'fast-check';
import type { CandidateNode, NodeChoice } from '../../../shared/sourcing/index.ts';
import { chooseLots } from '../../../shared/sourcing/domain/lots/choose-lots.ts';
import type { LotLimits } from '../../../shared/sourcing/domain/lots/lot-problem.ts';

type Line = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly group?: string | undefined;
  readonly kit?: { readonly kitId: string; readonly perKit: number } | undefined;
};
type World = {
  readonly lines: readonly Line[];
  readonly candidates: readonly CandidateNode[];
  readonly maxShipments: number | null;
  readonly shipComplete: boolean;
  readonly limits: Omit<LotLimits, 'ties'>;
};
/** Units by line, then by node. */
type Plan = readonly (readonly number[])[];

const UNFILLED = 10_000;
const SKUS = ['A', 'B', 'C'];
const NODES = ['N0', 'N1', 'N2'];
const VALUES: LotLimits['values'] = new Map([
  ['A', 3],
  ['B', 7],
]);

const costs = fc.integer({ min: 0, max: 60 });
const candidateOf = (node: string) =>
  fc
    .record({
      shipmentCost: fc.integer({ min: 1, max: 150 }),
      units: fc.tuple(costs, costs, costs),
      stock: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(3)),
    })
    .map(({ shipmentCost, units, stock }): CandidateNode => ({
      node,
      shipmentCost,
      unitCosts: Object.fromEntries(SKUS.map((sku, at) => [sku, units[at] ?? 0])),
      stock: Object.fromEntries(SKUS.map((sku, at) => [sku, stock[at] ?? 0])),
    })); // prettier-ignore

const plainLine = fc.record({
  sku: fc.constantFrom(...SKUS),
  quantity: fc.integer({ min: 1, max: 2 }),
  group: fc.constantFrom(undefined, undefined, 'g1', 'g2'),
});
/** Lines of a kit, and now and then a unit over, as a kit leaves that was broken before. */
const kitLines = fc
  .record({
    kits: fc.integer({ min: 1, max: 2 }),
    parts: fc.array(
      fc.record({ sku: fc.constantFrom(...SKUS), perKit: fc.integer({ min: 1, max: 2 }), over: fc.constantFrom(0, 0, 1), group: fc.constantFrom(undefined, undefined, undefined, 'g1') }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ kits, parts }) =>
    parts.map(({ sku, perKit, over, group }) => ({ sku, quantity: kits * perKit + over, group, kit: { kitId: 'K', perKit } })),
  ); // prettier-ignore

const worlds = (limits: fc.Arbitrary<World['limits']>): fc.Arbitrary<World> =>
  fc
    .record({
      kits: fc.oneof(fc.constant([]), kitLines),
      plain: fc.array(plainLine, { minLength: 1, maxLength: 2 }),
      candidates: fc.tuple(...NODES.map(candidateOf)),
      maxShipments: fc.constantFrom(null, null, 1, 2),
      shipComplete: fc.constantFrom(false, false, true),
      limits,
    })
    .map(({ kits, plain, ...rest }) => ({
      ...rest,
      lines: [...kits, ...plain].map((line, at): Line => ({ id: `${at}`, ...line })),
    }));

const none: World['limits'] = {
  nodesPerLine: null,
  wholeProducts: false,
  partAbove: 0,
  isRemainder: false,
  remainderAbove: 0,
  values: VALUES,
};

const choose = ({ lines, limits, ...request }: World): NodeChoice =>
  chooseLots(
    { ...request, lines: lines.map((line) => ({ ...line, unfilledUnitCost: UNFILLED })) },
    { ...limits, ties: lines.map(({ group, kit }) => ({ group, kit })) },
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const valueOf = (sku: string): number => VALUES.get(sku) ?? 0;

/** The limits once more, line by line and in no hurry. */
const keepsAll = ({ lines, candidates, maxShipments, shipComplete, limits }: World, plan: Plan): boolean => {
  const at = (line: number, node: number): number => plan[line]?.[node] ?? 0;
  const missing = lines.map(({ quantity }, line) => quantity - sum(plan[line] ?? []));
  const used = NODES.flatMap((_, node) => (lines.some((__, line) => at(line, node) > 0) ? [node] : []));
  const members = (same: (line: Line) => boolean): readonly number[] =>
    lines.flatMap((line, index) => (same(line) ? [index] : []));
  if (used.length > (maxShipments ?? NODES.length)) return false;
  if (shipComplete && used.length > 0 && sum(missing) > 0) return false;
  for (const sku of SKUS) {
    const own = members((line) => line.sku === sku);
    const sources = NODES.filter((_, node) => own.some((line) => at(line, node) > 0));
    if (limits.wholeProducts && sources.length > 1) return false;
    for (const [node, { stock }] of candidates.entries())
      if (sum(own.map((line) => at(line, node))) > (stock[sku] ?? 0)) return false;
  }
  if (limits.nodesPerLine !== null && plan.some((row) => row.filter((units) => units > 0).length > (limits.nodesPerLine ?? 0))) return false; // prettier-ignore
  for (const group of ['g1', 'g2']) {
    const own = members((line) => line.group === group);
    const isAt = (node: number): boolean => own.every((line) => at(line, node) === lines[line]?.quantity);
    const isOut = own.every((line) => sum(plan[line] ?? []) === 0);
    if (own.length > 0 && !isOut && !NODES.some((_, node) => isAt(node))) return false;
  }
  const kit = members((line) => line.kit !== undefined);
  const perKit = (line: number): number => lines[line]?.kit?.perKit ?? 1;
  const kitsIn = (units: (line: number) => number): number =>
    Math.min(...kit.map((line) => Math.floor(units(line) / perKit(line))));
  const asked = kitsIn((line) => lines[line]?.quantity ?? 0);
  const whole = sum(NODES.map((_, node) => kitsIn((line) => at(line, node))));
  const isBroken = (line: number): boolean =>
    sum(plan[line] ?? []) - whole * perKit(line) > (lines[line]?.quantity ?? 0) - asked * perKit(line);
  if (kit.some(isBroken)) return false;
  const isSplit = used.length > 1 || limits.isRemainder || (used.length === 1 && sum(missing) > 0);
  const worth = (units: (line: number) => number): number =>
    sum(lines.map(({ sku }, line) => units(line) * valueOf(sku)));
  if (isSplit && used.some((node) => worth((line) => at(line, node)) < limits.partAbove)) return false;
  return !(
    used.length > 0 &&
    sum(missing) > 0 &&
    worth((line) => missing[line] ?? 0) < limits.remainderAbove
  );
};

const costOf = ({ lines, candidates }: World, plan: Plan): number => {
  const used = [...NODES.keys()].filter((node) => plan.some((row) => (row[node] ?? 0) > 0));
  const units = lines.map(({ sku, quantity }, line) =>
    candidates.reduce(
      (all, { unitCosts }, node) => all + (plan[line]?.[node] ?? 0) * (unitCosts[sku] ?? 0),
      UNFILLED * (quantity - sum(plan[line] ?? [])),
    ),
  );
  return sum(units) + sum(used.map((node) => candidates[node]?.shipmentCost ?? 0));
};

/** Every way to deal `quantity` or fewer units to the nodes. */
const splits = (quantity: number): Plan => {
  let all: number[][] = [[]];
  for (const _ of NODES)
    all = all.flatMap((row) =>
      Array.from({ length: quantity - sum(row) + 1 }, (__, units) => [...row, units]),
    );
  return all;
};

const cheapest = (world: World): number => {
  let best = Number.POSITIVE_INFINITY;
  const deal = (plan: Plan): void => {
    const line = world.lines[plan.length];
    if (line !== undefined) {
      for (const row of splits(line.quantity))
        if (row.every((units, node) => units <= (world.candidates[node]?.stock[line.sku] ?? 0)))
          deal([...plan, row]);
      return;
    }
    const cost = costOf(world, plan);
    if (cost < best && keepsAll(world, plan)) best = cost;
  };
  deal([]);
  return best;
};

const planOf = ({ lines }: World, { shipments }: NodeChoice): Plan =>
  lines.map(({ id }) =>
    NODES.map((name) =>
      sum(
        shipments
          .filter(({ node }) => node === name)
          .flatMap((shipment) =>
            shipment.lines.filter(({ line }) => line === id).map(({ quantity }) => quantity),
          ),
      ),
    ),
  );

const isExact = (world: World): void => {
  const choice = choose(world);
  const plan = planOf(world, choice);
  expect(keepsAll(world, plan)).toBe(true);
  expect(choice.cost.total).toBeCloseTo(costOf(world, plan), 6);
  expect(choice.proven).toBe(true);
  expect(choice.cost.total).toBeCloseTo(cheapest(world), 6);
};

describe('an order with lots and limits ships at the least cost of all plans that keep them', () => {
  const value = fc.constantFrom(0, 4, 8, 12, 20);
  const kinds: Readonly<Record<string, fc.Arbitrary<World['limits']>>> = {
    'kits and groups': fc.constant(none),
    'so many nodes a line': fc.constantFrom({ ...none, nodesPerLine: 1 }, { ...none, nodesPerLine: 2 }),
    'each product from one node': fc.constant({ ...none, wholeProducts: true }),
    'parts worth sending': fc
      .tuple(value, fc.boolean())
      .map(([partAbove, isRemainder]) => ({ ...none, partAbove, isRemainder })),
    'a remainder worth sending': value.map((remainderAbove) => ({ ...none, remainderAbove })),
    'all of it': fc.record({
      nodesPerLine: fc.constantFrom(null, 1, 2),
      wholeProducts: fc.boolean(),
      partAbove: value,
      isRemainder: fc.boolean(),
      remainderAbove: value,
      values: fc.constant(VALUES),
    }),
  };
  it.each(Object.entries(kinds))('%s', (_, limits) => {
    fc.assert(fc.property(worlds(limits), isExact), { numRuns: 100 });
  });
});
