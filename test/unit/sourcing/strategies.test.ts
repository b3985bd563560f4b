import {
  makeActivateStrategy,
  makeDraftStrategy,
  makeRollBackStrategy,
} from '../../../shared/sourcing/application/manage-strategies.ts';
import { checkStrategy } from '../../../shared/sourcing/domain/strategy/check-strategy.ts';
import { chooseStrategy } from '../../../shared/sourcing/domain/strategy/choose-strategy.ts';
import { compareStrategies } from '../../../shared/sourcing/domain/strategy/compare-strategies.ts';
import { DEFAULT_STRATEGY, type Rule, type Strategy } from '../../../shared/sourcing/index.ts';
import { makeDynamoStrategies } from '../../../shared/sourcing/adapters/dynamo-strategies.ts';
import { memoryClient, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const only = (id: string, nodes: readonly string[], strength: 'hard' | 'soft' = 'hard'): Rule => ({
  id,
  strength,
  type: 'only',
  where: { nodes },
});

describe('a strategy that contradicts itself', () => {
  const cases: readonly (readonly [string, Strategy, string])[] = [
    ['two rules of one id', aStrategy([only('a', ['X']), only('a', ['X'])]), 'a'],
    ['a soft rule that never gives way', aStrategy([only('a', ['X'], 'soft')]), 'a'],
    ['a hard rule that is to give way', aStrategy([only('a', ['X'])], { relax: ['a'] }), 'a'],
    ['a rule to give way that is not there', aStrategy([], { relax: ['b'] }), 'b'],
    ['rules that leave no node', aStrategy([only('a', ['X']), only('b', ['Y'])]), 'b'],
    [
      'rules that leave no type of node',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'only', where: { types: ['store'] } },
        { id: 'b', strength: 'hard', type: 'except', where: { types: ['store'] } },
      ]),
      'b',
    ],
    [
      'a group that is not there',
      aStrategy([{ id: 'a', strength: 'hard', type: 'only', where: { groups: ['g'] } }]),
      'a',
    ],
    [
      'a filter that says the opposite of another',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'only', where: { withinMiles: 9 } },
        { id: 'b', strength: 'hard', type: 'except', where: { withinMiles: 9 } },
      ]),
      'b',
    ],
    [
      'a filter that lets nobody pass',
      aStrategy([{ id: 'a', strength: 'hard', type: 'except', where: {} }]),
      'a',
    ],
    [
      'stock that is all kept back',
      aStrategy([{ id: 'a', strength: 'hard', type: 'keepBack', percent: 100, where: {} }]),
      'a',
    ],
    [
      'more nodes for a line than for the order',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'maxShipments', most: 2 },
        { id: 'b', strength: 'hard', type: 'maxNodesPerLine', most: 3 },
      ]),
      'b',
    ],
    [
      'a worth of the remainder where there is none',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'shipComplete' },
        { id: 'b', strength: 'hard', type: 'remainderAbove', value: 500 },
      ]),
      'b',
    ],
    [
      'a worth of parts where no part goes alone',
      aStrategy(
        [
          { id: 'a', strength: 'hard', type: 'maxShipments', most: 1 },
          { id: 'b', strength: 'hard', type: 'partAbove', value: 500 },
        ],
        { onPartial: 'hold' },
      ),
      'b',
    ],
    ['parts of any worth', aStrategy([{ id: 'a', strength: 'hard', type: 'partAbove', value: 0 }]), 'a'],
    [
      'a remainder of any worth',
      aStrategy([{ id: 'a', strength: 'hard', type: 'remainderAbove', value: 0 }]),
      'a',
    ],
    [
      'a ring-fence opened for nobody',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'except', where: { types: ['store'] } },
        { id: 'b', strength: 'hard', type: 'openRingFence', where: { types: ['store'] } },
      ]),
      'b',
    ],
    [
      'kits that hold and give way',
      aStrategy(
        [
          { id: 'a', strength: 'soft', type: 'wholeKits' },
          { id: 'b', strength: 'hard', type: 'wholeKits' },
        ],
        { relax: ['a'] },
      ),
      'b',
    ],
    [
      'a threshold for splits where nothing is split',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'maxShipments', most: 1 },
        { id: 'b', strength: 'hard', type: 'splitAbove', value: 5 },
      ]),
      'b',
    ],
    [
      'completeness that may give way and may not',
      aStrategy([{ id: 'a', strength: 'soft', type: 'shipComplete' }], { relax: ['a'], onPartial: 'hold' }),
      'a',
    ],
    [
      'a price for what is forbidden',
      aStrategy([
        { id: 'a', strength: 'hard', type: 'onTime' },
        { id: 'b', type: 'latenessCost', costPerDay: 5 },
      ]),
      'b',
    ],
    [
      'two weights for the worth of stock',
      aStrategy([
        { id: 'a', type: 'stockValue', weight: 0 },
        { id: 'b', type: 'stockValue', weight: 2 },
      ]),
      'b',
    ],
    [
      'regions outside of its countries',
      aStrategy([], { appliesTo: { countries: ['GB'], regions: ['US-MA'] } }),
      'appliesTo',
    ],
  ];
  it.each(cases)('is refused with the rule named: %s', (_, strategy, rule) => {
    expect(checkStrategy(strategy).map((fault) => fault.rule)).toContain(rule);
  });

  it('is not the default, nor one whose rules fit together', () => {
    expect(checkStrategy(DEFAULT_STRATEGY)).toEqual([]);
    const fits = aStrategy([only('a', ['X', 'Y']), only('b', ['Y', 'Z'], 'soft')], { relax: ['b'] });
    expect(checkStrategy(fits)).toEqual([]);
  });
});

describe('the strategy of an order', () => {
  const { request } = someInputs();
  const named = (strategyId: string, appliesTo: Strategy['appliesTo']) =>
    aStrategy([], { strategyId, appliesTo });
  const active = [
    named('all', {}),
    named('consumers', { orderTypes: ['consumer'] }),
    named('consumers-ma', { orderTypes: ['consumer'], regions: ['US-MA'] }),
    named('wholesale', { orderTypes: ['wholesale'] }),
    named('shop', { channels: ['shopify'] }),
    named('gold', { customerTiers: ['gold'], orderTypes: ['consumer'], priorities: ['normal', 'high'] }),
  ];

  it('is the one that says most about it', () => {
    expect(chooseStrategy(active, request).strategyId).toBe('consumers-ma');
    expect(chooseStrategy(active, { ...request, orderType: 'wholesale' }).strategyId).toBe('wholesale');
    expect(chooseStrategy(active, { ...request, orderType: 'gift' }).strategyId).toBe('all');
    expect(chooseStrategy(active, { ...request, orderType: 'gift', channel: 'shopify' }).strategyId).toBe(
      'shop',
    );
  });

  it('may be for some customers only', () => {
    const consumers = active.filter(({ strategyId }) => strategyId !== 'consumers-ma');
    const of = (customerTier?: string, priority?: string) =>
      chooseStrategy(consumers, { ...request, customerTier, priority }).strategyId;
    expect([of('gold'), of('silver'), of(), of('gold', 'low')]).toEqual([
      'gold',
      'consumers',
      'consumers',
      'consumers',
    ]);
  });

  it('is the default where no other is for it', () => {
    expect(chooseStrategy([], request)).toBe(DEFAULT_STRATEGY);
  });
});

describe('the life of a strategy', () => {
  const { strategyId: _, version: __, ...draft } = aStrategy([only('a', ['X'])]);
  const setUp = () => {
    const deps = {
      strategies: makeDynamoStrategies({ client: memoryClient(new MemoryDynamo()), tableName: 'sourcing' }),
      now: () => '2026-11-23T09:00:00.000Z',
    };
    return {
      deps,
      draftIt: makeDraftStrategy(deps),
      activate: makeActivateStrategy(deps),
      rollBack: makeRollBackStrategy(deps),
    };
  };

  it('goes from version to version, into force, and back', async () => {
    const { draftIt, activate, rollBack } = setUp();
    expect(await draftIt('s', draft)).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await draftIt('s', { ...draft, rules: [] })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await activate('s', 1)).toMatchObject({ ok: true, value: { active: 1 } });
    expect(await activate('s', 2)).toMatchObject({ ok: true, value: { active: 2 } });
    expect(await rollBack('s')).toMatchObject({ ok: true, value: { active: 1 } });
    expect(await rollBack('s')).toMatchObject({ ok: true, value: { active: null } });
    expect(await rollBack('s')).toEqual({ ok: false, refusal: { type: 'nothingBefore' } });
  });

  it('is refused a version that contradicts itself, or that is not there', async () => {
    const { draftIt, activate } = setUp();
    const faulty = { ...draft, rules: [only('a', ['X']), only('b', ['Y'])] };
    expect(await draftIt('s', faulty)).toMatchObject({ refusal: { type: 'contradicts' } });
    expect(await activate('s', 1)).toMatchObject({ ok: false });
    await draftIt('s', draft);
    expect(await activate('s', 9)).toMatchObject({ refusal: { type: 'noSuchVersion' } });
  });

  it('is refused to take the orders of another', async () => {
    const { draftIt, activate } = setUp();
    await draftIt('s', draft);
    await activate('s', 1);
    await draftIt('t', draft);
    expect(await activate('t', 1)).toEqual({ ok: false, refusal: { type: 'sameOrders', strategyId: 's' } });
  });
});

describe('two versions of a strategy', () => {
  it('differ in the parts and rules that they say otherwise', () => {
    const before = aStrategy([only('a', ['X']), only('b', ['X'])]);
    const after = aStrategy([only('a', ['X', 'Y']), only('c', ['X'])], { version: 2, onNone: 'exception' });
    expect(compareStrategies(before, after).map(({ at }) => at)).toEqual([
      'onNone',
      'order of rules',
      'rule a',
      'rule b',
      'rule c',
    ]);
    expect(compareStrategies(before, { ...before, version: 9 })).toEqual([]);
  });
});
