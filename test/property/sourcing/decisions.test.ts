import * as fc from 'fast-check';
import { canonicalJson, decideOrder, whyNot, type DecisionInputs } from '../../../shared/sourcing/index.ts';
import { evaluateRules, type RuledProblem } from '../../../shared/sourcing/domain/strategy/evaluate-rules.ts';
import { inputsOf, NODES, SKUS } from './drawn-inputs.ts';

const problemOf = (inputs: DecisionInputs, relaxed: readonly string[]): RuledProblem =>
  evaluateRules(
    inputs,
    inputs.strategy.rules.filter(({ id }) => !relaxed.includes(id)),
  );

const UNFILLED = 10_000_000;

/** What a list of nodes, asked in turn, costs under the same constraints: each gives all that it can. */
const costOfList = (inputs: DecisionInputs, problem: RuledProblem, list: readonly string[]): number => {
  if (problem.lots !== undefined) return Number.POSITIVE_INFINITY;
  const { lines } = inputs.request;
  const missing = lines.map(({ quantity }) => quantity);
  let cost = 0;
  let parcels = 0;
  for (const id of list) {
    const judged = problem.nodes.find(({ node }) => node.nodeId === id);
    if (judged === undefined || judged.eliminated.length > 0) continue;
    if (problem.maxShipments !== null && parcels >= problem.maxShipments) break;
    const free = new Map(Object.entries(judged.free));
    const { tariff, items } = inputs;
    let taken = 0;
    lines.forEach(({ sku }, index) => {
      const units = Math.min(missing[index] ?? 0, free.get(sku) ?? 0);
      if (units === 0) return;
      const perKilogram = tariff.perKilogram + tariff.perKilogramMile * judged.countedMiles;
      cost += units * (judged.node.costs.perUnit + (perKilogram * (items[sku]?.grams ?? 0)) / 1_000);
      missing[index] = (missing[index] ?? 0) - units;
      free.set(sku, (free.get(sku) ?? 0) - units);
      taken += units;
    });
    if (taken === 0) continue;
    parcels += 1;
    cost += tariff.perShipment + judged.node.costs.perShipment + judged.penalty + (judged.lateness ?? 0);
  }
  const left = missing.reduce((sum, units) => sum + units, 0);
  const all = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return problem.shipComplete && left > 0 ? all * UNFILLED : cost + left * UNFILLED;
};

describe('any decision', () => {
  it('never exceeds the stock that rules leave of what it was shown', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const { parcels, relaxed } = decideOrder(inputs);
        const problem = problemOf(inputs, relaxed);
        for (const { node, lines } of parcels) {
          const judged = problem.nodes.find((known) => known.node.nodeId === node);
          expect(judged?.eliminated).toEqual([]);
          for (const sku of SKUS) {
            const taken = lines
              .filter(({ line }) => inputs.request.lines.find(({ lineId }) => lineId === line)?.sku === sku)
              .reduce((sum, { quantity }) => sum + quantity, 0);
            const offered =
              inputs.offers.find((offer) => offer.nodeId === node && offer.sku === sku)?.available ?? 0;
            expect(taken).toBeLessThanOrEqual(Math.min(offered, judged?.free[sku] ?? 0));
          }
        }
      }),
    );
  });

  it('never breaks a hard rule', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const { parcels, unfilled, relaxed } = decideOrder(inputs);
        const { request, strategy, nodes } = inputs;
        const used = new Set(parcels.map(({ node }) => node));
        expect(request.excludedNodes.filter((node) => used.has(node))).toEqual([]);
        expect(nodes.filter(({ status, nodeId }) => status === 'snoozed' && used.has(nodeId))).toEqual([]);
        if (request.shipComplete || strategy.onPartial === 'hold')
          expect(parcels.length === 0 || unfilled.length === 0).toBe(true);
        for (const rule of strategy.rules) {
          if (!('strength' in rule) || relaxed.includes(rule.id)) continue;
          if (rule.type === 'onTime')
            expect(parcels.filter(({ delivery }) => (delivery?.daysLate ?? 0) > 0)).toEqual([]);
          if (rule.type === 'shipsWithin')
            expect(parcels.filter(({ delivery }) => (delivery?.waitDays ?? 0) > rule.days)).toEqual([]);
          if (rule.type === 'maxShipments') expect(parcels.length).toBeLessThanOrEqual(rule.most);
          if (rule.type === 'shipComplete') expect(parcels.length * unfilled.length).toBe(0);
          if ((rule.type === 'only' || rule.type === 'except') && rule.where.nodes !== undefined && !rule.skus)
            for (const node of used) expect(rule.where.nodes.includes(node)).toBe(rule.type === 'only');
          if (rule.type === 'wholeProducts')
            for (const { lineId } of request.lines)
              expect(parcels.filter(({ lines }) => lines.some(({ line }) => line === lineId)).length).toBeLessThan(2);
        }
      }),
    ); // prettier-ignore
  });

  it('ships no product from a node that has snoozed it or cannot do what that takes', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const { parcels, relaxed } = decideOrder(inputs);
        const givesWay = inputs.strategy.rules.some(({ id, type }) => type === 'capability' && relaxed.includes(id));
        const method = inputs.request.orderType === 'pickup' ? 'pickup' : 'ship';
        for (const parcel of parcels) {
          const node = inputs.nodes.find(({ nodeId }) => nodeId === parcel.node);
          const skus = parcel.lines.map(({ line }) => inputs.request.lines.find(({ lineId }) => lineId === line)?.sku ?? '');
          for (const { sku } of node?.productSnoozes ?? []) expect(skus).not.toContain(sku);
          if (givesWay) continue;
          const can = node?.capabilities ?? (node?.type === 'store' ? ['ship', 'pickup'] : ['ship']);
          expect(can).toEqual(expect.arrayContaining([method, ...skus.flatMap((sku) => inputs.items[sku]?.requires ?? [])]));
        }
      }),
    ); // prettier-ignore
  });

  it('covers each line exactly once, by shipping or by leaving unfilled', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const { parcels, unfilled } = decideOrder(inputs);
        const covered = [...parcels.flatMap(({ lines }) => lines), ...unfilled];
        for (const { lineId, quantity } of inputs.request.lines) {
          const units = covered.filter(({ line }) => line === lineId).map((entry) => entry.quantity);
          expect(units.reduce((sum, count) => sum + count, 0)).toBe(quantity);
          expect(Math.min(...units)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('is never worse than any list of nodes asked in turn under the same rules', () => {
    fc.assert(
      fc.property(inputsOf, fc.shuffledSubarray(NODES, { minLength: NODES.length }), (inputs, list) => {
        const { weighed, unfilled, relaxed } = decideOrder(inputs);
        const missing = unfilled.reduce((sum, { quantity }) => sum + quantity, 0);
        const problem = problemOf(inputs, relaxed);
        expect(weighed + missing * UNFILLED).toBeLessThanOrEqual(costOfList(inputs, problem, list) + 1e-3);
      }),
    );
  });

  it('is made again, bit for bit, from its inputs as JSON', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const again = JSON.parse(canonicalJson(inputs)) as DecisionInputs;
        expect(canonicalJson(decideOrder(again))).toBe(canonicalJson(decideOrder(inputs)));
      }),
    );
  });

  it('adds its cost up from its parcels', () => {
    fc.assert(
      fc.property(inputsOf, (inputs) => {
        const { cost, weighed, parcels } = decideOrder(inputs);
        const sum = parcels.reduce((total, { cost: own }) => total + own.parcel + own.handling + own.carriage, 0);
        expect(cost.money).toBeCloseTo(sum, 6);
        expect(weighed).toBeCloseTo(cost.money + cost.preference + (cost.lateness ?? 0) + cost.stockValue, 6);
      }),
    ); // prettier-ignore
  });
});

describe('the smallest change for a node that was not chosen', () => {
  it('would have chosen it, and one unit or one minor unit less would not', () => {
    fc.assert(
      fc.property(inputsOf, fc.constantFrom(...NODES), (inputs, node) => {
        const answer = whyNot(inputs, node);
        if (answer.answer !== 'ways') return;
        for (const way of answer.ways) {
          for (const change of way) {
            if (!('stock' in change)) continue;
            expect(Object.values(change.stock).every((units) => units > 0)).toBe(true);
          }
        }
        const stockOnly = answer.ways.find((way) => way.length === 1 && way.some((change) => 'stock' in change));
        const [change] = stockOnly ?? [];
        if (change === undefined || !('stock' in change) || Object.keys(change.stock).length !== 1) return;
        const [sku = '', units = 0] = Object.entries(change.stock)[0] ?? [];
        const withUnits = (extra: number): boolean => {
          const held = inputs.offers.find((offer) => offer.nodeId === node && offer.sku === sku);
          const offers = inputs.offers.filter((offer) => offer.nodeId !== node || offer.sku !== sku);
          return decideOrder({ ...inputs, offers: [...offers, { sku, nodeId: node, ringFenced: held?.ringFenced, available: (held?.available ?? 0) + extra }] }).parcels.some(
            (parcel) => parcel.node === node,
          );
        };
        expect([withUnits(units - 1), withUnits(units)]).toEqual([false, true]);
      }),
    ); // prettier-ignore
  });
});
