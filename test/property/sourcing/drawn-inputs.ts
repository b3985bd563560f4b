import * as fc from 'fast-check';
import type { DecisionInputs, Rule } from '../../../shared/sourcing/index.ts';
import type { CalendarNow } from '../../../shared/sourcing/domain/ship-day.ts';
import { aNode, aStrategy, someInputs } from '../../support/sourcing/builders.ts';

export const NODES = ['N0', 'N1', 'N2', 'N3', 'N4'];
export const SKUS = ['A', 'B', 'C'];
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

export const inputsOf = fc
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
    isRemainder: fc.boolean(),
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
