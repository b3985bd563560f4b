import type { CandidateNode, NodeChoice, NodeChoiceRequest } from '../choose-nodes.ts';
import type { PlannedUnits } from '../instance.ts';
import type { Lot } from './lot.ts';
import type { LotProblem } from './lot-problem.ts';
import type { LotPlan } from './relax-box.ts';

type Units = readonly number[];

/** Units by line that `count` lots are; loose units go to the first lines that still want some. */
const unitsOf = ({ parts }: Lot, count: number, wanted: Units): Units => {
  const units = wanted.map(() => 0);
  let left = count;
  for (const { line, units: each } of parts) {
    const dealt = each === null ? Math.min(left, wanted[line] ?? 0) : each * count;
    if (each === null) left -= dealt;
    units[line] = (units[line] ?? 0) + dealt;
  }
  return units;
};

const minus = (wanted: Units, units: Units): Units => wanted.map((left, line) => left - (units[line] ?? 0));

const costAt = (
  { node, unitCosts }: CandidateNode,
  lines: readonly PlannedUnits[],
  { lines: known, stockPrices }: NodeChoiceRequest,
): { readonly units: number; readonly stockValue: number } => {
  let [units, stockValue] = [0, 0];
  for (const { line, quantity } of lines) {
    const sku = known.find(({ id }) => id === line)?.sku ?? '';
    units += quantity * (unitCosts[sku] ?? 0);
    stockValue += quantity * (stockPrices?.(node, sku) ?? 0);
  }
  return { units, stockValue };
};

/** A plan by lots as one by lines. What is tied gets its units first; what is over goes to loose units. */
export const dealPlan = (
  request: NodeChoiceRequest,
  { lots }: LotProblem,
  plan: LotPlan,
  { bound, visits }: Pick<NodeChoice, 'bound' | 'visits'>,
): NodeChoice => {
  const { lines, candidates } = request;
  const tiedOf = (line: number): number =>
    lots.reduce(
      (sum, { wanted, parts }) =>
        sum + parts.reduce((own, part) => (part.line === line ? own + wanted * (part.units ?? 0) : own), 0),
      0,
    );
  let loose = lines.map(({ quantity }, line) => quantity - tiedOf(line));
  const shipped = candidates.map((candidate, node) => {
    let units = lines.map(() => 0);
    lots.forEach((lot, index) => {
      const dealt = unitsOf(lot, plan.takes[index]?.[node] ?? 0, loose);
      if (lot.parts.some((part) => part.units === null)) loose = [...minus(loose, dealt)];
      units = units.map((count, line) => count + (dealt[line] ?? 0));
    });
    return { candidate, units };
  });
  const entries = (units: Units): readonly PlannedUnits[] =>
    units.flatMap((quantity, line) => (quantity > 0 ? [{ line: lines[line]?.id ?? '', quantity }] : []));
  const shipments = shipped.flatMap(({ candidate, units }) => {
    const content = entries(units);
    return content.length === 0 ? [] : [{ candidate, content }];
  });
  const costs = shipments.map(({ candidate, content }) => costAt(candidate, content, request));
  const missing = shipped.reduce<Units>(
    (left, { units }) => minus(left, units),
    lines.map(({ quantity }) => quantity),
  );
  const cost = {
    shipments: shipments.reduce((sum, { candidate }) => sum + candidate.shipmentCost, 0),
    units: costs.reduce((sum, { units }) => sum + units, 0),
    unfilled: missing.reduce((sum, units, line) => sum + units * (lines[line]?.unfilledUnitCost ?? 0), 0),
    stockValue: costs.reduce((sum, { stockValue }) => sum + stockValue, 0),
  };
  const total = cost.shipments + cost.units + cost.unfilled;
  const proven = bound >= plan.cost;
  return {
    shipments: shipments.map(({ candidate, content }) => ({ node: candidate.node, lines: content })),
    unfilled: entries(missing),
    cost: { ...cost, total },
    bound: proven ? total + cost.stockValue : bound,
    proven,
    visits,
  };
};
