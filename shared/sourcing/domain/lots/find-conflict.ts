import type { Box, Cut } from './box.ts';
import type { LotProblem } from './lot-problem.ts';
import type { LotPlan } from './relax-box.ts';

/** The two halves of a box that both leave the plan out; none where the box holds no plan that keeps the limits. */
export type Halves = readonly Cut[];

type Look = (problem: LotProblem, box: Box, plan: LotPlan) => Halves | undefined;

const takesAt = ({ takes }: LotPlan, lot: number, node: number): number => takes[lot]?.[node] ?? 0;
const leastAt = ({ least }: Box, lot: number, node: number): number => least[lot]?.[node] ?? 0;
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
const unitsAt = ({ lots }: LotProblem, plan: LotPlan, node: number): number =>
  sumOf(lots.map(({ units }, lot) => units * takesAt(plan, lot, node)));

/** All nodes together have not enough of a SKU for what the lots take of it. */
const shelvesInAll: Look = ({ shelves, lots }, { mostMissing }, plan) => {
  for (const { takers, stock } of shelves) {
    const over =
      sumOf(takers.map(({ lot, units }) => units * ((lots[lot]?.wanted ?? 0) - (plan.missing[lot] ?? 0)))) -
      sumOf(stock);
    if (over <= 0) continue;
    for (const { lot, units } of takers) {
      const missing = plan.missing[lot] ?? 0;
      const more = Math.min(Math.ceil(over / units), (mostMissing[lot] ?? 0) - missing);
      if (more > 0)
        return [
          { lot, mostMissing: missing + more - 1 },
          { lot, leastMissing: missing + more },
        ];
    }
    return [];
  }
  return undefined;
};

const parcels: Look = (problem, box, plan) => {
  const used = box.ships.flatMap((ships, node) => {
    const units = unitsAt(problem, plan, node);
    return ships || units > 0 ? [{ node, ships, units }] : [];
  });
  if (used.length <= problem.maxShipments) return undefined;
  const open = used.filter(({ ships }) => !ships).sort((one, other) => other.units - one.units);
  const [largest] = open;
  return largest === undefined
    ? []
    : [
        { node: largest.node, ships: true },
        { node: largest.node, ships: false },
      ];
};

/** A node gives more of a SKU than it has. The lot that takes most of it gives way, or stays and the others do. */
const shelfOfNode: Look = ({ shelves }, box, plan) => {
  for (const { takers, stock } of shelves)
    for (let node = 0; node < stock.length; node += 1) {
      const over =
        sumOf(takers.map(({ lot, units }) => units * takesAt(plan, lot, node))) - (stock[node] ?? 0);
      if (over <= 0) continue;
      const movable = takers.find(({ lot }) => takesAt(plan, lot, node) > leastAt(box, lot, node));
      if (movable === undefined) return [];
      const { lot, units } = movable;
      const most = Math.max(leastAt(box, lot, node), takesAt(plan, lot, node) - Math.ceil(over / units));
      return [
        { lot, node, least: most + 1 },
        { lot, node, most },
      ];
    }
  return undefined;
};

/** A line, or a product, comes from more nodes than it may. */
const sourcesOf: Look = ({ sources }, box, plan) => {
  for (const { lots, most } of sources) {
    const used = box.ships.flatMap((_, node) => {
      const units = sumOf(lots.map((lot) => takesAt(plan, lot, node)));
      return units > 0 ? [{ node, units }] : [];
    });
    if (used.length <= most) continue;
    const open = used
      .filter(({ node }) => lots.every((lot) => leastAt(box, lot, node) === 0))
      .sort((one, other) => other.units - one.units);
    for (const { node } of open)
      for (const lot of lots)
        if (takesAt(plan, lot, node) > 0)
          return [
            { lot, node, least: 1 },
            { lot, node, most: 0 },
          ];
    return [];
  }
  return undefined;
};

/** A part is worth too little to go alone: the node ships more, or nothing. */
const worthOfParts: Look = (problem, box, plan) => {
  const { partAbove, value } = problem;
  if (partAbove === 0) return undefined;
  const used = box.ships.flatMap((ships, node) =>
    ships || unitsAt(problem, plan, node) > 0 ? [{ node, ships }] : [],
  );
  if (!problem.isRemainder && used.length === 1 && sumOf(plan.missing) === 0) return undefined;
  const slight = used.find(
    ({ node }) => sumOf(value.map((each, lot) => each * takesAt(plan, lot, node))) < partAbove,
  );
  if (slight === undefined) return undefined;
  const { node } = slight;
  if (!slight.ships)
    return [
      { node, ships: true },
      { node, ships: false },
    ];
  for (let lot = 0; lot < value.length; lot += 1) {
    const taken = takesAt(plan, lot, node);
    if ((value[lot] ?? 0) > 0 && taken < (box.most[lot]?.[node] ?? 0))
      return [
        { lot, node, least: taken + 1 },
        { lot, node, most: taken },
      ];
  }
  return [];
};

/** What is missing is worth too little to follow: nothing is missing, or more is. */
const worthOfRemainder: Look = (problem, box, plan) => {
  const { remainderAbove, value } = problem;
  const { missing, takes } = plan;
  if (remainderAbove === 0 || sumOf(missing) === 0 || takes.every((row) => sumOf(row) === 0))
    return undefined;
  if (sumOf(value.map((each, lot) => each * (missing[lot] ?? 0))) >= remainderAbove) return undefined;
  if (!box.leaves) return [{ remainder: 'none' }, { remainder: 'enough' }];
  for (let lot = 0; lot < value.length; lot += 1) {
    const units = missing[lot] ?? 0;
    if ((value[lot] ?? 0) > 0 && units < (box.mostMissing[lot] ?? 0))
      return [
        { lot, mostMissing: units },
        { lot, leastMissing: units + 1 },
      ];
  }
  return [];
};

const LOOKS: readonly Look[] = [
  shelvesInAll,
  parcels,
  shelfOfNode,
  sourcesOf,
  worthOfParts,
  worthOfRemainder,
];

/** The first limit that the plan breaks, as the halves to look into instead; undefined when it keeps them all. */
export const findConflict: Look = (problem, box, plan) => {
  for (const look of LOOKS) {
    const halves = look(problem, box, plan);
    if (halves !== undefined) return halves;
  }
  return undefined;
};
