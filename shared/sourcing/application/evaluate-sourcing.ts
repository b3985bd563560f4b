import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import { isSku } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { decideOrder } from '../domain/decide-order.ts';
import type { DecisionInputs, OrderToSource } from '../domain/decision-inputs.ts';
import type { Decision } from '../domain/decision-record.ts';
import { checkStrategy } from '../domain/strategy/check-strategy.ts';
import type { StrategyFault } from '../domain/strategy/strategy-fault.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import { makeGatherInputs } from './gather-inputs.ts';
import type { DecisionQueries, SourcingView } from './ports.ts';

export type Evaluation = { readonly inputs: DecisionInputs; readonly decision: Decision };
export type EvaluationRefusal =
  | { readonly type: 'neverSourced' }
  | { readonly type: 'contradicts'; readonly faults: readonly StrategyFault[] };

/** Decides on the stock of now and keeps nothing: for a basket, or for an order as it was last sourced. */
export const makeEvaluateSourcing = (deps: {
  readonly view: SourcingView;
  readonly decisions: DecisionQueries;
  readonly now: () => Instant;
}) => {
  const gatherInputs = makeGatherInputs(deps);
  const requestOf = async (
    question: { readonly basket: OrderToSource } | { readonly orderId: string },
  ): Promise<OrderToSource | undefined> =>
    'basket' in question
      ? question.basket
      : (await deps.decisions.listOfOrder(question.orderId)).at(-1)?.inputs.request;

  return async (
    question: { readonly basket: OrderToSource } | { readonly orderId: string },
    strategy: Strategy | undefined,
  ): Promise<Result<Evaluation, EvaluationRefusal>> => {
    const faults = strategy === undefined ? [] : checkStrategy(strategy);
    if (faults.length > 0) return refuse({ type: 'contradicts', faults });
    const request = await requestOf(question);
    if (request === undefined) return refuse({ type: 'neverSourced' });
    const lines = request.lines.filter((line): line is SourcingRequest['lines'][number] => isSku(line.sku));
    const inputs = await gatherInputs({ ...request, lines }, { draft: strategy });
    return ok({ inputs, decision: decideOrder(inputs) });
  };
};
