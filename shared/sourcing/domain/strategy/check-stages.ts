import type { StrategyFault } from './strategy-fault.ts';
import { stagesOf, type StageInForce } from './stages.ts';
import type { Strategy } from './strategy.ts';

const handsOn = ({ onPartial, onNone }: StageInForce): boolean => onPartial === 'next' || onNone === 'next';

/** Units wait for stock under these actions; `hold` does as `onNone` says. */
const backorders = ({ onPartial, onNone }: StageInForce): boolean =>
  onPartial === 'ship' || onPartial === 'backorder' || onNone === 'backorder';

const nameOf = ({ id }: StageInForce): string => id ?? 'cancelAfterDays';

const repeatedStages = ({ stages = [] }: Strategy): readonly StrategyFault[] =>
  stages.flatMap(({ id }, index) =>
    stages.findIndex((other) => other.id === id) < index
      ? [{ rule: id, problem: 'there is a stage of this name before it' }]
      : [],
  );

/** After a stage that hands nothing on, none is ever reached; the strategy itself may stand behind it unreached. */
const unreachedStages = (stages: readonly StageInForce[]): readonly StrategyFault[] => {
  const last = stages.findIndex((stage) => !handsOn(stage));
  const ending = stages[last]?.id ?? '';
  return last < 0
    ? []
    : stages.slice(last + 1).flatMap(({ id }) =>
        id === undefined ? [] : [{ rule: id, problem: `no order gets here: ${ending} hands none on` }],
      ); // prettier-ignore
};

const idleStages = ({ stages = [] }: Strategy): readonly StrategyFault[] =>
  stages.flatMap(({ id, rules, onPartial, onNone }) =>
    rules.length === 0 && onPartial === 'next' && onNone === 'next'
      ? [{ rule: id, problem: 'it has no rule and decides no more than what comes after it' }]
      : [],
  );

/** Days are counted for backorders: where there can be none, nothing is ever cancelled. */
const uselessDays = (strategy: Strategy, stages: readonly StageInForce[]): readonly StrategyFault[] => {
  const stated = new Set((strategy.stages ?? []).filter((stage) => stage.cancelAfterDays !== undefined).map(({ id }) => id)); // prettier-ignore
  const own = stages.filter((stage) => stage.id !== undefined && stated.has(stage.id) && !backorders(stage));
  const never = strategy.cancelAfterDays !== undefined && !stages.some(backorders);
  const problem = 'it counts days for backorders, but no order is backordered';
  return [
    ...own.map((stage) => ({ rule: nameOf(stage), problem })),
    ...(never ? [{ rule: 'cancelAfterDays', problem }] : []),
  ];
};

/** What is wrong with the stages as stages; their rules are checked like those of a strategy. */
export const checkStages = (strategy: Strategy): readonly StrategyFault[] => {
  const stages = stagesOf(strategy);
  return [
    ...repeatedStages(strategy),
    ...unreachedStages(stages),
    ...idleStages(strategy),
    ...uselessDays(strategy, stages),
  ];
};
