import type { Box } from './box.ts';
import { BoxBounds } from './box-bounds.ts';
import type { LotProblem } from './lot-problem.ts';

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

type Step = (problem: LotProblem, box: Box, bounds: BoxBounds) => void;

/** What is wanted, shipped and missing of a lot adds up. */
const balanceLots: Step = (problem, box, bounds) => {
  const { lots, sources, maxShipments } = problem;
  lots.forEach(({ wanted }, lot) => {
    const certain = sumOf(bounds.least[lot] ?? []);
    bounds.missesAtMost(lot, box.complete ? 0 : wanted - certain);
    const room = wanted - certain - (bounds.leastMissing[lot] ?? 0);
    if (room < 0) bounds.isEmpty = true;
    const row = bounds.most[lot] ?? [];
    for (let node = 0; node < row.length; node += 1)
      bounds.atMost(lot, node, bounds.leastAt(lot, node) + Math.max(0, room));
    const nodes = sources.reduce(
      (fewest, source) => (source.lots.includes(lot) ? Math.min(fewest, source.most) : fewest),
      maxShipments,
    );
    const best = [...row].sort((one, other) => other - one).slice(0, nodes);
    bounds.missesAtLeast(lot, wanted - sumOf(best));
  });
};

/** Lots that are after the same SKU share what is there: at each node, and in all. */
const shareShelves: Step = (problem, box, bounds) => {
  const { shelves, lots } = problem;
  for (const { takers, stock } of shelves) {
    const certain = stock.map((_, node) =>
      takers.reduce((sum, { lot, units }) => sum + units * bounds.leastAt(lot, node), 0),
    );
    stock.forEach((held, node) => {
      const left = held - (certain[node] ?? 0);
      if (left < 0) bounds.isEmpty = true;
      for (const { lot, units } of takers)
        bounds.atMost(lot, node, bounds.leastAt(lot, node) + Math.max(0, Math.floor(left / units)));
    });
    const all = stock.reduce(
      (sum, held, node) =>
        sum +
        Math.min(
          held,
          takers.reduce((most, { lot, units }) => most + units * bounds.mostAt(lot, node), 0),
        ),
      0,
    );
    const filled = ({ lot, units }: (typeof takers)[number]): number =>
      units * Math.max(0, (lots[lot]?.wanted ?? 0) - (bounds.mostMissing[lot] ?? 0));
    const allFilled = takers.reduce((sum, taker) => sum + filled(taker), 0);
    for (const taker of takers) {
      const left = Math.floor((all - allFilled + filled(taker)) / taker.units);
      bounds.missesAtLeast(taker.lot, (lots[taker.lot]?.wanted ?? 0) - left);
    }
  }
};

/** Once as many nodes are certain as may be, the others are out. */
const countNodes: Step = (problem, box, bounds) => {
  const { sources, maxShipments } = problem;
  const isCertain = (lots: readonly number[], node: number): boolean =>
    lots.some((lot) => bounds.leastAt(lot, node) > 0);
  for (const { lots, most } of sources) {
    const certain = bounds.ships.map((_, node) => isCertain(lots, node));
    const count = certain.filter(Boolean).length;
    if (count > most) bounds.isEmpty = true;
    if (count < most) continue;
    certain.forEach((known, node) => {
      if (!known) for (const lot of lots) bounds.atMost(lot, node, 0);
    });
  }
  const all = bounds.least.map((_, lot) => lot);
  bounds.ships.forEach((known, node) => {
    if (!known && isCertain(all, node)) bounds.ships[node] = true;
  });
  const count = bounds.ships.filter(Boolean).length;
  if (count > maxShipments) bounds.isEmpty = true;
  if (count === maxShipments)
    bounds.ships.forEach((known, node) => {
      if (!known) bounds.shut(node);
    });
};

/** A node whose part cannot be worth enough is out; one that ships must come to it. */
const weighParts: Step = (problem, box, bounds) => {
  const { partAbove, value } = problem;
  if (partAbove === 0) return;
  bounds.ships.forEach((ships, node) => {
    const worth = value.reduce((sum, each, lot) => sum + each * bounds.mostAt(lot, node), 0);
    if (worth < partAbove && ships) bounds.isEmpty = true;
    if (worth < partAbove) return bounds.shut(node);
    if (!ships) return;
    value.forEach((each, lot) => {
      const needed = partAbove - (worth - each * bounds.mostAt(lot, node));
      if (needed > 0 && each > 0) bounds.atLeast(lot, node, Math.ceil(needed / each));
    });
  });
};

/** What is missing of an order that leaves a remainder comes to what that must be worth. */
const weighRemainder: Step = (problem, box, bounds) => {
  const { remainderAbove, value } = problem;
  if (!box.leaves) return;
  const worth = value.reduce((sum, each, lot) => sum + each * (bounds.mostMissing[lot] ?? 0), 0);
  if (worth < remainderAbove) bounds.isEmpty = true;
  value.forEach((each, lot) => {
    const needed = remainderAbove - (worth - each * (bounds.mostMissing[lot] ?? 0));
    if (needed > 0 && each > 0) bounds.missesAtLeast(lot, Math.ceil(needed / each));
  });
};

const STEPS: readonly Step[] = [balanceLots, shareShelves, countNodes, weighParts, weighRemainder];

/** Draws every bound as tight as the limits make it; undefined when the box holds no plan in several parts. */
export const narrowBox = (problem: LotProblem, box: Box): Box | undefined => {
  const bounds = new BoxBounds(box);
  while (bounds.hasMoved && !bounds.isEmpty) {
    bounds.hasMoved = false;
    for (const step of STEPS) step(problem, box, bounds);
  }
  const { least, most, leastMissing, mostMissing, ships } = bounds;
  return bounds.isEmpty ? undefined : { ...box, least, most, leastMissing, mostMissing, ships };
};
