import type { DecisionInputs } from '../decision-inputs.ts';
import type { NoneAction, PartialAction, Rule, Strategy } from './strategy.ts';

/** Every rule that may speak of an order: the strategy's and those of all its stages. */
export const rulesOf = ({ rules, stages = [] }: Pick<Strategy, 'rules' | 'stages'>): readonly Rule[] => [
  ...rules,
  ...stages.flatMap((stage) => stage.rules),
];

/** One stage as it decides: its rules after those of the whole strategy. The last is the strategy itself, unnamed. */
export type StageInForce = {
  readonly id: string | undefined;
  readonly rules: readonly Rule[];
  readonly relax: readonly string[];
  readonly onPartial: PartialAction | 'next';
  readonly onNone: NoneAction | 'next';
  readonly cancelAfterDays: number | undefined;
};

/** The stages in their order, and at the end the strategy without any of them. */
export const stagesOf = (strategy: Strategy): readonly StageInForce[] => [
  ...(strategy.stages ?? []).map(({ id, rules, relax, onPartial, onNone, cancelAfterDays }) => ({
    id,
    rules: [...strategy.rules, ...rules],
    relax,
    onPartial,
    onNone,
    cancelAfterDays: cancelAfterDays ?? strategy.cancelAfterDays,
  })),
  {
    id: undefined,
    rules: strategy.rules,
    relax: strategy.relax,
    onPartial: strategy.onPartial,
    onNone: strategy.onNone,
    cancelAfterDays: strategy.cancelAfterDays,
  },
];

/** The inputs as a stage decides on them. Only an action that ships a part lets a part be planned. */
export const inputsOfStage = (
  inputs: DecisionInputs,
  { rules, relax }: StageInForce,
  onPartial: 'ship' | 'hold',
): DecisionInputs => ({ ...inputs, strategy: { ...inputs.strategy, rules, relax, onPartial } });
