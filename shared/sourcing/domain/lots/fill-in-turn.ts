import { wholeBox } from './box.ts';
import { findConflict } from './find-conflict.ts';
import type { LotProblem } from './lot-problem.ts';
import type { LotPlan } from './relax-box.ts';

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Lots of each kind that these nodes give, each in its turn all that it can; tied lots first, as they are listed. */
const fill = (problem: LotProblem, nodes: readonly number[]): LotPlan => {
  const { lots, most, shelves, sources, cost, shipmentCost, missingCost, maxShipments } = problem;
  const takes = lots.map(() => shipmentCost.map(() => 0));
  const missing = lots.map(({ wanted }) => wanted);
  let parcels = 0;
  for (const node of nodes) {
    if (parcels === maxShipments) break;
    const left = shelves.map(({ stock }) => stock[node] ?? 0);
    let total = 0;
    lots.forEach((_, lot) => {
      const isSpent = sources.some(
        (source) =>
          source.lots.includes(lot) &&
          shipmentCost.filter(
            (__, at) => at !== node && source.lots.some((other) => (takes[other]?.[at] ?? 0) > 0),
          ).length >= source.most,
      );
      const used = shelves.map(({ takers }) => takers.find((taker) => taker.lot === lot)?.units ?? 0);
      const count = isSpent
        ? 0
        : Math.min(
            missing[lot] ?? 0,
            most[lot]?.[node] ?? 0,
            ...used.flatMap((units, shelf) => (units > 0 ? [Math.floor((left[shelf] ?? 0) / units)] : [])),
          );
      used.forEach((units, shelf) => {
        left[shelf] = (left[shelf] ?? 0) - units * count;
      });
      const row = takes[lot];
      if (row !== undefined) row[node] = count;
      missing[lot] = (missing[lot] ?? 0) - count;
      total += count;
    });
    if (total > 0) parcels += 1;
  }
  const shipped = shipmentCost.map((each, node) => (takes.some((row) => (row[node] ?? 0) > 0) ? each : 0));
  const units = lots.map((_, lot) =>
    sumOf((takes[lot] ?? []).map((count, node) => count * (cost[lot]?.[node] ?? 0))),
  );
  const unfilled = missing.map((count, lot) => count * (missingCost[lot] ?? 0));
  return { takes, missing, cost: sumOf(shipped) + sumOf(units) + sumOf(unfilled) };
};

/**
 * A plan that keeps the limits, made without any search, for orders on which the search was cut short: nodes in the
 * order of what they give in `guide`, without those whose part turns out too slight. Undefined when that leads nowhere.
 */
export const fillInTurn = (problem: LotProblem, guide: LotPlan | undefined): LotPlan | undefined => {
  const { shipmentCost, value, partAbove } = problem;
  const given = shipmentCost.map((_, node) => sumOf((guide?.takes ?? []).map((row) => row[node] ?? 0)));
  let nodes = [...shipmentCost.keys()].sort(
    (one, other) =>
      (given[other] ?? 0) - (given[one] ?? 0) || (shipmentCost[one] ?? 0) - (shipmentCost[other] ?? 0),
  );
  while (nodes.length > 0) {
    const plan = fill(problem, nodes);
    const isComplete = sumOf(plan.missing) === 0;
    const broken = findConflict(problem, wholeBox(problem), plan) !== undefined;
    if (!broken && (isComplete || !problem.shipComplete)) return plan;
    const worth = (node: number): number =>
      sumOf(value.map((each, lot) => each * (plan.takes[lot]?.[node] ?? 0)));
    const slight = nodes.find(
      (node) => plan.takes.some((row) => (row[node] ?? 0) > 0) && worth(node) < partAbove,
    );
    if (slight === undefined) return undefined;
    nodes = nodes.filter((node) => node !== slight);
  }
  return undefined;
};
