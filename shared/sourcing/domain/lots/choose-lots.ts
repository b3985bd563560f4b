import type { NodeChoice, NodeChoiceRequest } from '../choose-nodes.ts';
import { cutBox, wholeBox, type Box } from './box.ts';
import { dealPlan } from './deal-plan.ts';
import { fillInTurn } from './fill-in-turn.ts';
import { findConflict } from './find-conflict.ts';
import { lotProblemOf, type LotLimits, type LotProblem } from './lot-problem.ts';
import { narrowBox } from './narrow-box.ts';
import { relaxBox, type LotPlan, type Relaxed } from './relax-box.ts';

/** Sets of nodes looked into x lots x nodes that one order is worth: some tenths of a second. */
const WORK = 4_000_000;
/** However large the order, a box is worth so many sets. */
const FEWEST_VISITS = 20;

/** Differences below this part of a minor unit are rounding. */
const ROUNDING = 1e-6;

type Found = { best: LotPlan; bound: number; visitsLeft: number };

const nothingShips = ({ lots, missingCost }: LotProblem): LotPlan => ({
  takes: lots.map(() => []),
  missing: lots.map(({ wanted }) => wanted),
  cost: lots.reduce((sum, { wanted }, lot) => sum + wanted * (missingCost[lot] ?? 0), 0),
});

/** The whole order in one parcel: the one plan that is not looked at for the worth of its parts. */
const allFrom = (problem: LotProblem, node: number): LotPlan | undefined => {
  const { lots, most, cost, shelves, shipmentCost } = problem;
  const hasAll =
    lots.every(({ wanted }, lot) => (most[lot]?.[node] ?? 0) >= wanted) &&
    shelves.every(
      ({ takers, stock }) =>
        takers.reduce((sum, { lot, units }) => sum + units * (lots[lot]?.wanted ?? 0), 0) <=
        (stock[node] ?? 0),
    );
  if (!hasAll || problem.maxShipments < 1) return undefined;
  return {
    takes: lots.map(({ wanted }) => shipmentCost.map((_, at) => (at === node ? wanted : 0))),
    missing: lots.map(() => 0),
    cost: lots.reduce(
      (sum, { wanted }, lot) => sum + wanted * (cost[lot]?.[node] ?? 0),
      shipmentCost[node] ?? 0,
    ),
  };
};

type Opened = { readonly box: Box; readonly relaxed: Relaxed };

const open = (problem: LotProblem, box: Box, found: Found): Opened | undefined => {
  const narrow = narrowBox(problem, box);
  if (narrow === undefined) return undefined;
  const relaxed = relaxBox(problem, narrow, Math.max(FEWEST_VISITS, found.visitsLeft));
  found.visitsLeft -= 1 + (relaxed?.visits ?? 0);
  return relaxed === undefined ? undefined : { box: narrow, relaxed };
};

const explore = (problem: LotProblem, { box, relaxed }: Opened, found: Found): void => {
  if (relaxed.bound >= found.best.cost - ROUNDING) return;
  const halves = findConflict(problem, box, relaxed);
  const isWhole = !box.complete || relaxed.missing.every((units) => units === 0);
  if (halves === undefined && isWhole && relaxed.cost < found.best.cost - ROUNDING) found.best = relaxed;
  if (halves === undefined || found.visitsLeft <= 0) {
    // What is known of this box is its bound: when its best plan keeps the limits, that is the plan's own cost.
    found.bound = Math.min(found.bound, relaxed.bound);
    return;
  }
  halves
    .flatMap((cut) => open(problem, cutBox(box, cut), found) ?? [])
    .sort((one, other) => one.relaxed.bound - other.relaxed.bound)
    .forEach((half) => explore(problem, half, found));
};

/**
 * Chooses nodes for an order with lots and limits that the plain search does not know: branch and bound over boxes of
 * plans, each bounded by the plain exact search in which every lot has its own stock. Exact unless the work ran out
 * (`proven` is then false). All lines have the same cost of a missing unit.
 */
export const chooseLots = (request: NodeChoiceRequest, limits: LotLimits): NodeChoice => {
  const problem = lotProblemOf(request, limits);
  const size = Math.max(1, problem.lots.length * problem.shipmentCost.length);
  const found: Found = {
    best: nothingShips(problem),
    bound: Number.POSITIVE_INFINITY,
    visitsLeft: Math.floor(WORK / size),
  };
  problem.shipmentCost.forEach((_, node) => {
    const plan = problem.isRemainder ? undefined : allFrom(problem, node);
    if (plan !== undefined && plan.cost < found.best.cost - ROUNDING) found.best = plan;
  });
  const root = open(problem, wholeBox(problem), found);
  if (root !== undefined) explore(problem, root, found);
  if (found.bound < found.best.cost - ROUNDING) {
    const plan = fillInTurn(problem, root?.relaxed);
    if (plan !== undefined && plan.cost < found.best.cost) found.best = plan;
  }
  return dealPlan(request, problem, found.best, {
    bound: found.bound < found.best.cost - ROUNDING ? found.bound : found.best.cost,
    visits: Math.floor(WORK / size) - found.visitsLeft,
  });
};
