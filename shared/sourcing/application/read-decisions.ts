import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { DecisionRecord } from '../domain/decision-record.ts';
import type { DecisionQueries } from './ports.ts';

const summaryOf = ({ inputs, ...rest }: DecisionRecord) => ({
  ...rest,
  revision: inputs.request.revision,
  strategy: { strategyId: inputs.strategy.strategyId, version: inputs.strategy.version },
});
export type DecisionSummary = ReturnType<typeof summaryOf>;

/** The decisions on an order, oldest first, without their inputs; empty for an order that nobody has routed. */
export const makeListDecisions =
  (deps: { readonly decisions: DecisionQueries }) =>
  async (orderId: string): Promise<readonly DecisionSummary[]> =>
    (await deps.decisions.listOfOrder(orderId)).map(summaryOf);

/** One decision with its inputs. */
export const makeGetDecision =
  (deps: { readonly decisions: DecisionQueries }) =>
  async (
    decisionId: string,
  ): Promise<Result<DecisionSummary & Pick<DecisionRecord, 'inputs'>, { readonly type: 'notFound' }>> => {
    const record = await deps.decisions.find(decisionId);
    return record === undefined
      ? refuse({ type: 'notFound' })
      : ok({ ...summaryOf(record), inputs: record.inputs });
  };
