import { strategy as strategySchema } from '../../../shared/contracts/sourcing/strategy.ts';
import {
  checkStrategy,
  decideOrder,
  whyNot,
  type Rule,
  type Strategy,
} from '../../../shared/sourcing/index.ts';
import type { Stage } from '../../../shared/sourcing/domain/strategy/strategy.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const only = (id: string, node: string, strength: 'hard' | 'soft' = 'hard'): Rule => ({
  id,
  strength,
  type: 'only',
  where: { nodes: [node] },
});
const aStage = (id: string, over: Partial<Stage> = {}): Stage => ({
  id,
  rules: [only(`${id}-alone`, id)],
  relax: [],
  onPartial: 'next',
  onNone: 'next',
  ...over,
});
const staged = (stages: readonly Stage[], over: Partial<Strategy> = {}) => aStrategy([], { stages, ...over });
const decide = (strategy: Strategy, stock: Record<string, Record<string, number>>) =>
  decideOrder(someInputs({ strategy, stock }));
const one = { MUG: 1 };
const two = { MUG: 2 };

describe('a strategy of stages', () => {
  const farFirst = staged([aStage('SEA'), aStage('CHI')]);

  it('lets the first stage decide that can fill the order, though another would be cheaper', () => {
    expect(decide(farFirst, { SEA: two, CHI: two, BOS: two })).toMatchObject({
      stage: 'SEA',
      parcels: [{ node: 'SEA' }],
    });
    expect(decide(farFirst, { SEA: two, CHI: two, BOS: two }).passed).toBeUndefined();
  });

  it('hands the whole order on, saying how much of it a stage had', () => {
    expect(decide(farFirst, { SEA: one, BOS: one })).toMatchObject({
      outcome: 'complete',
      passed: [
        { stage: 'SEA', couldShipUnits: 1 },
        { stage: 'CHI', couldShipUnits: 0 },
      ],
      parcels: [{ node: 'BOS' }, { node: 'SEA' }],
    });
  });

  it('ends at a stage that does not hand on', () => {
    const strategy = staged([aStage('SEA', { onPartial: 'ship', onNone: 'exception' })]);
    expect(decide(strategy, { SEA: one, BOS: two })).toMatchObject({
      outcome: 'partial',
      action: 'ship',
      parcels: [{ node: 'SEA' }],
    });
    expect(decide(strategy, { BOS: two })).toMatchObject({ outcome: 'nothing', action: 'exception' });
  });

  it.each(['backorder', 'queue', 'exception'] as const)(
    'may do otherwise with an order that ships in part (%s) than with one that does not at all',
    (onPartial) => {
      const strategy = aStrategy([], { onPartial, onNone: onPartial === 'queue' ? 'exception' : 'queue' });
      expect(decide(strategy, { BOS: one })).toMatchObject({
        outcome: 'nothing',
        action: onPartial,
        heldBackUnits: 1,
        parcels: [],
      });
      expect(decide(strategy, {}).action).toBe(onPartial === 'queue' ? 'exception' : 'queue');
      expect(decide(strategy, { BOS: two })).toMatchObject({ outcome: 'complete', action: 'ship' });
    },
  );

  it('lets soft rules give way within a stage before it hands on', () => {
    const soft = aStage('SEA', { rules: [only('wish', 'SEA', 'soft')], relax: ['wish'] });
    expect(decide(staged([soft]), { SEA: one, BOS: one })).toMatchObject({ stage: 'SEA', relaxed: ['wish'] });
  });

  it('counts the days of a backorder from the stage that decided, or else from the strategy', () => {
    const days = (over: Partial<Stage>, stock: Record<string, Record<string, number>>) =>
      decide(staged([aStage('SEA', over)], { cancelAfterDays: 30 }), stock).cancelAfterDays;
    expect(days({ onPartial: 'ship', cancelAfterDays: 3 }, { SEA: one })).toBe(3);
    expect(days({ onPartial: 'ship' }, { SEA: one })).toBe(30);
    expect(days({}, { SEA: two })).toBeUndefined();
    expect(days({ onNone: 'queue' }, {})).toBeUndefined();
  });

  it('is asked through all stages why a node was not chosen', () => {
    expect(whyNot(someInputs({ strategy: staged([aStage('SEA')]) }), 'BOS')).toEqual({
      answer: 'ways',
      ways: [[{ lift: { why: 'rule', rule: 'SEA-alone' } }]],
    });
  });

  it('goes through its schema and back', () => {
    const strategy = staged([aStage('SEA', { cancelAfterDays: 3 })], { cancelAfterDays: 9 });
    expect(strategySchema.parse(JSON.parse(JSON.stringify(strategy)))).toEqual(strategy);
  });
});

describe('stages that contradict themselves', () => {
  const cases: readonly (readonly [string, Strategy, string])[] = [
    ['two of one name', staged([aStage('A'), aStage('A', { rules: [only('x', 'A')] })]), 'A'],
    ['one that no order reaches', staged([aStage('A', { onPartial: 'ship', onNone: 'queue' }), aStage('B')]), 'B'],
    ['one that does nothing', staged([aStage('A', { rules: [] })]), 'A'],
    ['a rule id of another stage', staged([aStage('A'), aStage('B', { rules: [only('A-alone', 'B')] })]), 'A-alone'],
    ['a soft rule that never gives way', staged([aStage('A', { rules: [only('x', 'A', 'soft')] })]), 'x'],
    ['a rule to give way that is not there', staged([aStage('A', { relax: ['y'] })]), 'y'],
    ['rules that leave no node with the strategy\u2019s', { ...staged([aStage('A')]), rules: [only('b', 'B')] }, 'A-alone'],
    ['days without backorders', aStrategy([], { onPartial: 'hold', onNone: 'exception', cancelAfterDays: 3 }), 'cancelAfterDays'],
    ['days of a stage without backorders', staged([aStage('A', { onNone: 'exception', cancelAfterDays: 3 })]), 'A'],
  ]; // prettier-ignore
  it.each(cases)('are refused with the stage or rule named: %s', (_, strategy, named) => {
    expect(checkStrategy(strategy).map(({ rule }) => rule)).toContain(named);
  });

  it('are not those in which a price for lateness has a use in one of them', () => {
    const late: Rule = { id: 'late', type: 'latenessCost', costPerDay: 9 };
    const onTime = aStage('A', { rules: [{ id: 'on-time', strength: 'hard', type: 'onTime' }] });
    expect(checkStrategy({ ...staged([onTime]), rules: [late] })).toEqual([]);
    const never = staged([{ ...onTime, rules: [...onTime.rules, late] }]);
    expect(checkStrategy(never).map(({ rule }) => rule)).toEqual(['late']);
  });

  it('are not those that fit together', () => {
    const fits = staged([aStage('A'), aStage('B', { onPartial: 'ship', cancelAfterDays: 3 })], {
      onNone: 'exception',
    });
    expect(checkStrategy(fits)).toEqual([]);
  });
});
