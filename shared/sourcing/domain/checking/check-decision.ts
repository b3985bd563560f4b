import type { DecisionInputs } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import { checkCosts } from './check-costs.ts';
import { checkCoverage } from './check-coverage.ts';
import { checkNodeRules } from './check-node-rules.ts';
import { checkOrderRules } from './check-order-rules.ts';
import { checkStock } from './check-stock.ts';
import { knownPlan, type DecisionFault, type KnownPlan } from './known-plan.ts';

/** Only a soft rule gives way. */
const checkRelaxed = ({ relaxed }: KnownPlan): readonly DecisionFault[] =>
  relaxed
    .filter((rule) => !('strength' in rule) || rule.strength !== 'soft')
    .map(({ id }) => ({ broken: id, problem: 'it gave way, and is not soft' }));

/**
 * Everything in which a decision breaks its own inputs: stock that it was not shown, rules that it says it keeps, lines
 * that are not covered, costs that do not add up. Decisions are judged by this, so it shares no code with what makes
 * them, but for the table of where places lie.
 */
export const checkDecision = (inputs: DecisionInputs, decision: Decision): readonly DecisionFault[] => {
  const plan = knownPlan(inputs, decision);
  return [
    ...checkCoverage(inputs, decision),
    ...checkRelaxed(plan),
    ...checkStock(plan),
    ...checkNodeRules(plan),
    ...checkOrderRules(plan),
    ...checkCosts(plan, decision),
  ];
};
