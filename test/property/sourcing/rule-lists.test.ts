import * as fc from 'fast-check';
import {
  checkDecision,
  decideOrder,
  type Decision,
  type DecisionInputs,
  type Rule,
} from '../../../shared/sourcing/index.ts';
import { evaluateRules, type JudgedNode } from '../../../shared/sourcing/domain/strategy/evaluate-rules.ts';
import { inputsOf } from './drawn-inputs.ts';

const UNFILLED = 10_000_000;

/** The same order under hard rules only, so that nothing gives way. */
const hardOnly = (inputs: DecisionInputs): DecisionInputs => {
  const rules = inputs.strategy.rules.map((rule): Rule =>
    'strength' in rule ? { ...rule, strength: 'hard' } : rule,
  );
  return { ...inputs, strategy: { ...inputs.strategy, rules, relax: [] } };
};

/** What a node could give of the lines that are still open. */
type Open = Map<string, number>;
type Deal = (inputs: DecisionInputs, node: JudgedNode, open: Open) => ReadonlyMap<string, number>;

/** Lines that have to go together, as lists of line ids; a line by itself is one. */
const bundlesOf = ({ request: { lines } }: DecisionInputs): readonly (readonly string[])[] => {
  const names = new Map<string, string[]>();
  for (const { lineId, keepTogether, kit } of lines) {
    const name =
      keepTogether === undefined
        ? kit === undefined
          ? `line ${lineId}`
          : `kit ${kit.kitId}`
        : `group ${keepTogether}`;
    names.set(name, [...(names.get(name) ?? []), lineId]);
  }
  return [...names.values()];
};

/** A node gives all that it has of each line, or whole bundles only. */
const deal =
  (wholeBundles: boolean): Deal =>
  (inputs, { free }, open) => {
    const left = new Map(Object.entries(free));
    const given = new Map<string, number>();
    for (const bundle of wholeBundles ? bundlesOf(inputs) : [...open.keys()].map((lineId) => [lineId])) {
      const wants = bundle.map((lineId) => ({
        lineId,
        sku: inputs.request.lines.find((line) => line.lineId === lineId)?.sku ?? '',
        units: open.get(lineId) ?? 0,
      }));
      const taken = new Map<string, number>();
      for (const { lineId, sku, units } of wants) {
        const count = Math.min(units, left.get(sku) ?? 0);
        taken.set(lineId, count);
        left.set(sku, (left.get(sku) ?? 0) - count);
      }
      const isWhole = wants.every(({ lineId, units }) => taken.get(lineId) === units);
      for (const { lineId, sku } of wants) {
        const count = taken.get(lineId) ?? 0;
        if (bundle.length > 1 && !isWhole) left.set(sku, (left.get(sku) ?? 0) + count);
        else if (count > 0) given.set(lineId, count);
      }
    }
    return given;
  };

const unitsIn = (given: ReadonlyMap<string, number>): number =>
  [...given.values()].reduce((sum, count) => sum + count, 0);

type Candidate = { readonly judged: JudgedNode; readonly gives: number };
type Sort = (one: Candidate, other: Candidate) => number;
const SORTS: Readonly<Record<string, Sort>> = {
  'nearest first': (one, other) => one.judged.miles - other.judged.miles,
  'priority first': (one, other) => one.judged.node.priority - other.judged.node.priority,
  'cheapest first': (one, other) => one.judged.node.costs.perShipment - other.judged.node.costs.perShipment,
  'fewest nodes first': (one, other) => other.gives - one.gives,
};

const parcelOf = (
  { request, tariff, items }: DecisionInputs,
  judged: JudgedNode,
  given: ReadonlyMap<string, number>,
): Decision['parcels'][number] => {
  const { costs, nodeId } = judged.node;
  const perKilogram = tariff.perKilogram + tariff.perKilogramMile * judged.countedMiles;
  const carriage = request.lines.reduce(
    (sum, { lineId, sku }) =>
      sum + ((given.get(lineId) ?? 0) * perKilogram * (items[sku]?.grams ?? 0)) / 1_000,
    0,
  );
  return {
    node: nodeId,
    miles: judged.miles,
    lines: [...given].map(([line, quantity]) => ({ line, quantity })),
    cost: {
      parcel: tariff.perShipment,
      handling: costs.perShipment + costs.perUnit * unitsIn(given),
      carriage,
      preference: judged.penalty,
      ...(judged.lateness === undefined ? {} : { lateness: judged.lateness }),
    },
  };
};

/** Filters, then a sort, then each node gives all it can: the plan of a rule list, in the shape of a decision. */
const planOfList = (inputs: DecisionInputs, sort: Sort, give: Deal): Decision => {
  const problem = evaluateRules(inputs, inputs.strategy.rules);
  const open: Open = new Map(inputs.request.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  let left = problem.nodes.filter(({ eliminated }) => eliminated.length === 0);
  const parcels: Decision['parcels'][number][] = [];
  while (left.length > 0 && parcels.length < (problem.maxShipments ?? Number.POSITIVE_INFINITY)) {
    const [next] = left
      .map((judged) => ({ judged, gives: unitsIn(give(inputs, judged, open)) }))
      .filter(({ gives }) => gives > 0)
      .sort(sort);
    if (next === undefined) break;
    const given = give(inputs, next.judged, open);
    for (const [line, count] of given) open.set(line, (open.get(line) ?? 0) - count);
    parcels.push(parcelOf(inputs, next.judged, given));
    left = left.filter((judged) => judged !== next.judged);
  }
  const sum = (pick: (cost: Decision['parcels'][number]['cost']) => number): number =>
    parcels.reduce((total, { cost }) => total + pick(cost), 0);
  const unfilled = [...open].flatMap(([line, quantity]) => (quantity > 0 ? [{ line, quantity }] : []));
  const money = sum((cost) => cost.parcel + cost.handling + cost.carriage);
  const [preference, lateness] = [sum((cost) => cost.preference), sum((cost) => cost.lateness ?? 0)];
  return {
    ...decideOrder({ ...inputs, offers: [] }),
    outcome: parcels.length === 0 ? 'nothing' : unfilled.length > 0 ? 'partial' : 'complete',
    parcels,
    unfilled,
    cost: { parcel: 0, handling: 0, carriage: 0, money, preference, lateness, stockValue: 0 },
    weighed: money + preference + lateness,
  };
};

const priced = ({ weighed, unfilled }: Decision): number =>
  weighed + UNFILLED * unfilled.reduce((sum, { quantity }) => sum + quantity, 0);

describe('any decision', () => {
  it('keeps every rule, its stock and its lines, as somebody else works it out', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        expect(checkDecision(inputs, decideOrder(inputs))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the optimiser is never worse than a rule list that keeps the same hard rules', () => {
  it.each(Object.entries(SORTS))('%s', (_, sort) => {
    let kept = 0;
    fc.assert(
      fc.property(inputsOf.map(hardOnly), fc.boolean(), (inputs, wholeBundles) => {
        const listed = planOfList(inputs, sort, deal(wholeBundles));
        if (checkDecision(inputs, listed).length > 0) return;
        if (listed.parcels.length > 0) kept += 1;
        expect(priced(decideOrder(inputs))).toBeLessThanOrEqual(priced(listed) + 1e-3);
      }),
      { numRuns: 300 },
    );
    expect(kept).toBeGreaterThan(10);
  });
});
