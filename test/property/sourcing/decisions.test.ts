import * as fc from 'fast-check';
import {
  canonicalJson,
  decideOrder,
  whyNot,
  type DecisionInputs,
  type Rule,
} from '../../../shared/sourcing/index.ts';
import type { CalendarNow } from '../../../shared/sourcing/domain/ship-day.ts';
import { evaluateRules, type RuledProblem } from '../../../shared/sourcing/domain/strategy/evaluate-rules.ts';
import { aNode, aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const NODES = ['N0', 'N1', 'N2', 'N3', 'N4'];
const SKUS = ['A', 'B', 'C'];
const someNodes = fc.subarray(NODES, { minLength: 1, maxLength: 4 });

const body = fc.oneof(
  fc.record({ type: fc.constantFrom('only' as const, 'except' as const), where: fc.record({ nodes: someNodes }) }),
  fc.record({
    type: fc.constant('except' as const),
    where: fc.record({ nodes: someNodes }),
    skus: fc.subarray(SKUS, { minLength: 1 }),
  }),
  fc.record({
    type: fc.constantFrom('only' as const, 'except' as const),
    where: fc.record({ withinMiles: fc.integer({ min: 0, max: 2_000 }) }),
  }),
  fc.record({ type: fc.constant('maxShipments' as const), most: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constantFrom('wholeProducts' as const, 'shipComplete' as const) }),
  fc.record({ type: fc.constant('splitAbove' as const), value: fc.integer({ min: 0, max: 9_000 }) }),
  fc.record({ type: fc.constant('maxNodesPerLine' as const), most: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ type: fc.constantFrom('partAbove' as const, 'remainderAbove' as const), value: fc.integer({ min: 0, max: 4_000 }) }),
  fc.record({ type: fc.constantFrom('keepTogether' as const, 'wholeKits' as const) }),
  fc.record({ type: fc.constant('rejectLimit' as const), most: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('openRingFence' as const), where: fc.record({ nodes: someNodes }) }),
  fc.record({ type: fc.constant('weeksOfSupply' as const), weeks: fc.constantFrom(0.5, 1, 2), where: fc.record({ nodes: someNodes }) }),
  fc.record({ type: fc.constantFrom('onTime' as const, 'capability' as const) }),
  fc.record({ type: fc.constantFrom('shipsWithin' as const, 'transitWithin' as const), days: fc.nat(3) }),
  fc.record({
    type: fc.constant('keepBack' as const),
    units: fc.integer({ min: 0, max: 3 }),
    percent: fc.integer({ min: 0, max: 100 }),
    where: fc.record({ nodes: someNodes }),
  }),
); // prettier-ignore

const restrictions = fc
  .array(fc.tuple(body, fc.constantFrom('hard' as const, 'soft' as const)), { maxLength: 4 })
  .map((drawn) => drawn.map(([rule, strength], index): Rule => ({ id: `r${index}`, strength, ...rule })));
const preferences: fc.Arbitrary<readonly Rule[]> = fc.array(
  fc.oneof(
    fc.record({ id: fc.constant('p'), type: fc.constant('splitCost' as const), cost: fc.nat(5_000) }),
    fc.record({ id: fc.constant('q'), type: fc.constant('preferPriority' as const), costPerStep: fc.nat(50) }),
    fc.record({ id: fc.constant('v'), type: fc.constant('stockValue' as const), weight: fc.nat(3) }),
    fc.record({ id: fc.constant('w'), type: fc.constant('waitCost' as const), costPerDay: fc.nat(900) }),
    fc.record({ id: fc.constant('l'), type: fc.constant('latenessCost' as const), costPerDay: fc.nat(900) }),
  ),
  { maxLength: 1 },
); // prettier-ignore

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const maybe = <Value>(drawn: fc.Arbitrary<Value>) => fc.option(drawn, { nil: undefined, freq: 2 });
const calendars: fc.Arbitrary<CalendarNow> = fc.record({
  timeZone: fc.constant('Etc/UTC'),
  localTime: fc.constant('2026-11-23T09:30'),
  workingDays: fc.subarray([...WEEK], { minLength: 1 }),
  closedDates: fc.subarray(['2026-11-23', '2026-11-24', '2026-11-26']),
  cutOff: maybe(fc.constantFrom('09:30', '09:31', '18:00')),
  handlingDays: fc.nat(2),
});

const inputsOf = fc
  .record({
    nodes: fc.tuple(
      ...NODES.map((id) =>
        fc
          .record({
            status: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'snoozed' as const),
            priority: fc.nat(9),
            position: fc.record({ latitude: fc.integer({ min: 30, max: 45 }), longitude: fc.integer({ min: -120, max: -70 }) }),
            costs: fc.record({ perShipment: fc.nat(2_000), perUnit: fc.nat(300) }),
            type: fc.constantFrom('warehouse', 'store'),
            capabilities: maybe(fc.constantFrom<readonly string[]>(['ship'], ['ship', 'cold'], ['pickup', 'cold'])),
            calendar: maybe(calendars),
            productSnoozes: maybe(
              fc.subarray(SKUS).map((skus) => skus.map((sku) => ({ sku, until: '2026-11-24T00:00:00.000Z' }))),
            ),
          })
          .map((drawn) => aNode(id, drawn)),
      ),
    ),
    stock: fc.record(
      Object.fromEntries(NODES.map((id) => [id, fc.record(Object.fromEntries(SKUS.map((sku) => [sku, fc.nat(5)])))])),
    ),
    ringFenced: fc.record(
      Object.fromEntries(NODES.slice(0, 3).map((id) => [id, fc.record(Object.fromEntries(SKUS.map((sku) => [sku, fc.nat(2)])))])),
    ),
    weeklyDemand: fc.array(
      fc.record({ sku: fc.constantFrom(...SKUS), nodeId: fc.constantFrom(...NODES), units: fc.double({ min: 0, max: 4, noNaN: true }) }),
      { maxLength: 4 },
    ),
    lines: fc
      .array(
        fc.record(
          {
            sku: fc.constantFrom(...SKUS),
            quantity: fc.integer({ min: 1, max: 5 }),
            keepTogether: fc.constantFrom('g', 'h'),
            kit: fc.record({ kitId: fc.constant('K'), perKit: fc.integer({ min: 1, max: 2 }) }),
          },
          { requiredKeys: ['sku', 'quantity'] },
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((drawn) => drawn.map((line, index) => ({ lineId: `${index}`, ...line }))),
    shipComplete: fc.boolean(),
    deliverBy: maybe(fc.constantFrom('2026-11-24T20:00:00.000Z', '2026-11-26T20:00:00.000Z')),
    orderType: fc.constantFrom('consumer', 'consumer', 'pickup'),
    cold: fc.boolean(),
    excludedNodes: fc.subarray(NODES, { maxLength: 2 }),
    rules: fc.tuple(restrictions, preferences).map((parts) => parts.flat()),
    onPartial: fc.constantFrom('ship' as const, 'hold' as const),
  })
  .map(({ nodes, stock, ringFenced, weeklyDemand, rules, onPartial, cold, ...request }): DecisionInputs =>
    someInputs({
      ringFenced,
      weeklyDemand,
      items: cold ? { A: { requires: ['cold'] } } : {},
      nodes,
      stock,
      request,
      strategy: aStrategy(rules, {
        relax: rules.filter((rule) => 'strength' in rule && rule.strength === 'soft').map(({ id }) => id),
        onPartial,
      }),
    }),
  ); // prettier-ignore

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
