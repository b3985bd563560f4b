import { canonicalJson } from '../canonical-json.ts';
import { namedNodes } from './match-node.ts';
import { checkStages } from './check-stages.ts';
import { rulesOf, stagesOf } from './stages.ts';
import type { StrategyFault } from './strategy-fault.ts';
import { isSoft, type NodeMatch, type Rule, type Strategy } from './strategy.ts';

type Filter = Extract<Rule, { readonly type: 'only' | 'except' }>;
type Check = (strategy: Strategy) => readonly StrategyFault[];

const whereOf = (rule: Rule): NodeMatch | undefined => ('where' in rule ? rule.where : undefined);
const isEmptyMatch = (where: NodeMatch): boolean =>
  Object.values(where).every((value) => value === undefined);
const isHard = (rule: Rule): boolean => 'strength' in rule && rule.strength === 'hard';

const repeatedIds: Check = (strategy) => {
  const ids = rulesOf(strategy).map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ rule: id, problem: 'its id is taken' }] : [],
  );
};

/** `own`: the soft rules that have to give way somewhere in `relax`; `known`: those that may be named there. */
const relaxation = (
  relax: readonly string[],
  own: readonly Rule[],
  known: readonly Rule[],
): readonly StrategyFault[] => [
  ...relax.flatMap((id, index) => {
    const rule = known.find((candidate) => candidate.id === id);
    if (rule === undefined) return [{ rule: id, problem: 'relax names it, but there is no such rule' }];
    if (!isSoft(rule)) return [{ rule: id, problem: 'relax names it, but it is not soft' }];
    return relax.indexOf(id) < index ? [{ rule: id, problem: 'relax names it twice' }] : [];
  }),
  ...own.flatMap((rule) =>
    isSoft(rule) && !relax.includes(rule.id)
      ? [{ rule: rule.id, problem: 'it is soft, but relax does not say when it gives way' }]
      : [],
  ),
];

const relaxations: Check = ({ rules, relax, stages = [] }) => [
  ...relaxation(relax, rules, rules),
  ...stages.flatMap((stage) => relaxation(stage.relax, stage.rules, [...rules, ...stage.rules])),
];

const unknownGroups: Check = ({ rules, groups }) =>
  rules.flatMap((rule) =>
    (whereOf(rule)?.groups ?? [])
      .filter((group) => !Object.hasOwn(groups, group))
      .map((group) => ({ rule: rule.id, problem: `there is no group ${group}` })),
  );

const emptyRules: Check = ({ rules }) =>
  rules.flatMap((rule) => {
    const { id } = rule;
    if (rule.type === 'only' && isEmptyMatch(rule.where))
      return [{ rule: id, problem: 'it lets every node pass' }];
    if (rule.type === 'except' && isEmptyMatch(rule.where) && rule.skus === undefined)
      return [{ rule: id, problem: 'it lets no node pass' }];
    if (rule.type === 'keepBack' && (rule.units ?? 0) === 0 && (rule.percent ?? 0) === 0)
      return [{ rule: id, problem: 'it keeps nothing back' }];
    if (rule.type === 'keepBack' && isEmptyMatch(rule.where) && !rule.skus && rule.percent === 100)
      return [{ rule: id, problem: 'it keeps everything back' }];
    if (rule.type === 'partAbove' && rule.value === 0)
      return [{ rule: id, problem: 'every part is worth that much' }];
    if (rule.type === 'remainderAbove' && rule.value === 0)
      return [{ rule: id, problem: 'every remainder is worth that much' }];
    return [];
  });

/** Hard filters on all products, followed one after the other until nothing can pass. */
const nothingPasses =
  (what: string, admits: (rule: Filter, strategy: Strategy) => ReadonlySet<string> | undefined): Check =>
  (strategy) => {
    let left: ReadonlySet<string> | undefined;
    for (const rule of strategy.rules) {
      if ((rule.type !== 'only' && rule.type !== 'except') || !isHard(rule) || rule.skus !== undefined)
        continue;
      const spoken = admits(rule, strategy);
      if (spoken === undefined) continue;
      const passes = rule.type === 'only';
      if (left !== undefined) left = new Set([...left].filter((name) => spoken.has(name) === passes));
      else if (passes) left = spoken;
      if (left?.size === 0)
        return [{ rule: rule.id, problem: `with the rules before it, no ${what} can pass` }];
    }
    return [];
  };

/** An `except` takes all of these nodes only if it says nothing else of them. */
const speaksOnlyOf = (where: NodeMatch, fields: readonly (keyof NodeMatch)[]): boolean =>
  Object.entries(where).every(([field, value]) => value === undefined || fields.some((own) => own === field));

const noNodePasses = nothingPasses('node', (rule, { groups }) =>
  rule.type === 'only' || speaksOnlyOf(rule.where, ['nodes', 'groups'])
    ? namedNodes(rule.where, groups)
    : undefined,
);
const noTypePasses = nothingPasses('type of node', ({ type, where }) =>
  where.types !== undefined && (type === 'only' || speaksOnlyOf(where, ['types']))
    ? new Set(where.types)
    : undefined,
);

const twinsAtOdds: Check = ({ rules }) =>
  rules.flatMap((rule, index) =>
    rules
      .slice(0, index)
      .filter(
        (other) =>
          (rule.type === 'only' || rule.type === 'except') &&
          (other.type === 'only' || other.type === 'except') &&
          isHard(rule) &&
          isHard(other) &&
          rule.type !== other.type &&
          canonicalJson([rule.where, rule.skus]) === canonicalJson([other.where, other.skus]),
      )
      .map((other) => ({ rule: rule.id, problem: `it says the opposite of ${other.id}` })),
  );

const orderRulesAtOdds: Check = ({ rules, onPartial }) =>
  rules.flatMap((rule) => {
    const single = rules.find((other) => other.type === 'maxShipments' && other.most === 1 && isHard(other));
    if (rule.type === 'splitAbove' && single !== undefined)
      return [{ rule: rule.id, problem: `it lets dear orders be split, ${single.id} lets none` }];
    if (rule.type === 'maxNodesPerLine' && !isSoft(rule)) {
      const fewer = rules.find(
        (other) => other.type === 'maxShipments' && isHard(other) && other.most < rule.most,
      );
      if (fewer !== undefined)
        return [{ rule: rule.id, problem: `it lets a line have more nodes than ${fewer.id} lets the order` }];
    }
    const whole = rules.find((other) => other.type === 'shipComplete' && isHard(other));
    if (rule.type === 'remainderAbove' && (whole !== undefined || onPartial !== 'ship'))
      return [{ rule: rule.id, problem: `${whole?.id ?? 'onPartial'} leaves no remainder` }];
    if (rule.type === 'partAbove' && single !== undefined && (whole !== undefined || onPartial !== 'ship'))
      return [
        { rule: rule.id, problem: `${single.id} and ${whole?.id ?? 'onPartial'} let no part go alone` },
      ];
    if (rule.type === 'shipComplete' && isSoft(rule) && onPartial !== 'ship')
      return [{ rule: rule.id, problem: 'it may give way, but onPartial ships no incomplete order anyway' }];
    return [];
  });

/** What holds without a rule, and what is opened although nobody may take from it. */
const permissionsAtOdds: Check = ({ rules }) =>
  rules.flatMap((rule) => {
    if ((rule.type === 'keepTogether' || rule.type === 'wholeKits') && isHard(rule)) {
      const soft = rules.find((other) => other.type === rule.type && isSoft(other));
      return soft === undefined ? [] : [{ rule: rule.id, problem: `it holds, ${soft.id} lets it give way` }];
    }
    if (rule.type !== 'openRingFence') return [];
    const shut = rules.find(
      (other) =>
        other.type === 'except' &&
        isHard(other) &&
        canonicalJson([rule.where, rule.skus]) === canonicalJson([other.where, other.skus]),
    );
    return shut === undefined ? [] : [{ rule: rule.id, problem: `it opens what ${shut.id} shuts` }];
  });

/** A price for lateness is idle where nothing may come late in any of the stages that the price is in force in. */
const daysAtOdds: Check = (strategy) => {
  const stages = stagesOf(strategy);
  const prices = new Set(stages.flatMap(({ rules }) => rules.filter(({ type }) => type === 'latenessCost')));
  return [...prices].flatMap((price) => {
    const forbidding = stages
      .filter(({ rules }) => rules.includes(price))
      .map(({ rules }) => rules.find((rule) => rule.type === 'onTime' && isHard(rule)));
    const [first] = forbidding;
    return first !== undefined && !forbidding.includes(undefined)
      ? [{ rule: price.id, problem: `it prices what ${first.id} forbids` }]
      : [];
  });
};

const weighedTwice: Check = ({ rules }) => {
  const first = rules.find(({ type }) => type === 'stockValue');
  return rules.flatMap((rule) =>
    rule.type === 'stockValue' && rule !== first
      ? [{ rule: rule.id, problem: `${first?.id ?? ''} weighs the worth of stock already` }]
      : [],
  );
};

const nobodysStrategy: Check = ({ appliesTo: { countries, regions } }) =>
  countries !== undefined &&
  regions !== undefined &&
  !regions.some((region) => countries.some((country) => region.startsWith(`${country}-`)))
    ? [{ rule: 'appliesTo', problem: 'none of the regions lies in one of the countries' }]
    : [];

/** Of the strategy as a whole. */
const WHOLE: readonly Check[] = [repeatedIds, relaxations, checkStages, daysAtOdds, nobodysStrategy];
/** Of the rules that are in force together: those of each stage with the strategy's, and the strategy's alone. */
const TOGETHER: readonly Check[] = [
  unknownGroups,
  emptyRules,
  noNodePasses,
  noTypePasses,
  twinsAtOdds,
  orderRulesAtOdds,
  permissionsAtOdds,
  weighedTwice,
];

const inForceTogether = (strategy: Strategy): readonly Strategy[] =>
  stagesOf(strategy).map(({ rules, relax, onPartial }) => ({
    ...strategy,
    rules,
    relax,
    // Only whether a part ships is looked at.
    onPartial: onPartial === 'next' ? 'ship' : onPartial,
  }));

/** Everything in which a strategy contradicts itself; none for one that may be stored. */
export const checkStrategy = (strategy: Strategy): readonly StrategyFault[] => {
  const faults = [
    ...WHOLE.flatMap((check) => check(strategy)),
    ...inForceTogether(strategy).flatMap((together) => TOGETHER.flatMap((check) => check(together))),
  ];
  return faults.filter(
    ({ rule, problem }, index) =>
      faults.findIndex((other) => other.rule === rule && other.problem === problem) === index,
  );
};
