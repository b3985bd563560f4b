import { chooseNodes, type NodeChoiceRequest } from '../choose-nodes.ts';
import type { Box } from './box.ts';
import type { LotProblem } from './lot-problem.ts';

/** How many of each lot each node ships, and how many are missing; by lot, then by node. */
export type LotPlan = {
  readonly takes: readonly (readonly number[])[];
  readonly missing: readonly number[];
  readonly cost: number;
};

/** The best plan of a box as if every lot had its own stock. `bound`: no plan of the box costs less. */
export type Relaxed = LotPlan & { readonly bound: number; readonly visits: number };

const differences = (
  lot: number,
  node: number,
  { least, most }: Pick<Box, 'least' | 'most'>,
): { readonly certain: number; readonly open: number } => {
  const certain = least[lot]?.[node] ?? 0;
  return { certain, open: (most[lot]?.[node] ?? 0) - certain };
};

/** Each lot as a product of its own: what is certain is taken off, and nodes that ship for certain are paid already. */
const requestOf = (problem: LotProblem, box: Box, visitLimit: number): NodeChoiceRequest => {
  const open = problem.lots.map(
    ({ wanted }, lot) =>
      wanted - (box.leastMissing[lot] ?? 0) - (box.least[lot] ?? []).reduce((sum, units) => sum + units, 0),
  );
  return {
    lines: open.map((quantity, lot) => ({
      id: `${lot}`,
      sku: `${lot}`,
      quantity,
      unfilledUnitCost: problem.missingCost[lot] ?? 0,
    })),
    candidates: problem.shipmentCost.map((shipmentCost, node) => ({
      node: `${node}`,
      shipmentCost: box.ships[node] === true ? 0 : shipmentCost,
      unitCosts: Object.fromEntries(problem.cost.map((row, lot) => [`${lot}`, row[node] ?? 0])),
      stock: Object.fromEntries(problem.lots.map((_, lot) => [`${lot}`, differences(lot, node, box).open])),
    })),
    maxShipments: problem.maxShipments,
    shipComplete: box.complete,
    visitLimit,
  };
};

const certainCost = ({ cost, missingCost, shipmentCost }: LotProblem, box: Box): number => {
  let sum = 0;
  box.least.forEach((row, lot) => {
    row.forEach((certain, node) => {
      sum += certain * (cost[lot]?.[node] ?? 0);
    });
    sum += (box.leastMissing[lot] ?? 0) * (missingCost[lot] ?? 0);
  });
  return box.ships.reduce((all, ships, node) => all + (ships ? (shipmentCost[node] ?? 0) : 0), sum);
};

/** Undefined when a box that must be complete cannot be. Looks into `visitLimit` sets of nodes at most. */
export const relaxBox = (problem: LotProblem, box: Box, visitLimit: number): Relaxed | undefined => {
  const choice = chooseNodes(requestOf(problem, box, visitLimit));
  if (box.complete && choice.unfilled.length > 0 && choice.proven) return undefined;
  const takes = box.least.map((row) => [...row]);
  for (const { node, lines } of choice.shipments)
    for (const { line, quantity } of lines) {
      const row = takes[Number(line)];
      if (row !== undefined) row[Number(node)] = (row[Number(node)] ?? 0) + quantity;
    }
  const missing = [...box.leastMissing];
  for (const { line, quantity } of choice.unfilled)
    missing[Number(line)] = (missing[Number(line)] ?? 0) + quantity;
  const certain = certainCost(problem, box);
  const { visits, bound } = choice;
  return { takes, missing, cost: certain + choice.cost.total, bound: certain + bound, visits };
};
