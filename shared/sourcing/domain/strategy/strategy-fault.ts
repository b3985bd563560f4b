/** What is wrong with a strategy. `rule` names the rule, the stage, or the part of it that is at odds with the rest. */
export type StrategyFault = { readonly rule: string; readonly problem: string };
