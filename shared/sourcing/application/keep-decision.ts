import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import { isNodeId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { DecisionInputs } from '../domain/decision-inputs.ts';
import type { Decision } from '../domain/decision-record.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import type { DecisionLog, Hash } from './ports.ts';

const shipmentsOf = (decision: Decision, { lines }: SourcingRequest): SourcingPlan['shipments'] =>
  decision.parcels.map((parcel) => {
    if (!isNodeId(parcel.node)) throw new BrokenInvariant('a plan names only nodes that were offered');
    return {
      nodeId: parcel.node,
      lines: parcel.lines.flatMap(({ line, quantity }) =>
        lines.filter(({ lineId }) => lineId === line).map(({ lineId, sku }) => ({ lineId, sku, quantity })),
      ),
    };
  });

const OUTCOMES = { ship: 'planned', backorder: 'nothing', queue: 'queued', exception: 'exception' } as const;

/** For whoever finds the order in a queue, one sentence: who wanted that, and how much could have shipped. */
const reasonOf = ({ strategy }: DecisionInputs, { stage, heldBackUnits }: Decision): string => {
  const by = `strategy ${strategy.strategyId} version ${strategy.version}${stage === undefined ? '' : `, stage ${stage}`}`;
  const what =
    heldBackUnits === undefined
      ? 'no node can ship any of it'
      : `only ${heldBackUnits} of its units can ship`;
  return `${what}; ${by} says so`;
};

/** What the workflow reserves of a decision, or why it sets the order aside. */
export const planOf = (
  decisionId: string,
  inputs: DecisionInputs,
  decision: Decision,
  request: SourcingRequest,
  holdsCapacity: boolean,
): SourcingPlan => {
  const isSetAside = decision.action === 'queue' || decision.action === 'exception';
  return {
    outcome: OUTCOMES[decision.action],
    claim: isSetAside ? 'find' : 'make',
    reason: isSetAside ? reasonOf(inputs, decision) : null,
    cancelAfterDays: decision.cancelAfterDays ?? null,
    shipments: shipmentsOf(decision, request),
    decisionId,
    costMinor: Math.round(decision.cost.money),
    holdsCapacity,
  };
};

/** Nothing is decided yet: the order waits to be planned together with others. */
export const planThatWaits = ({ strategyId, version }: Strategy): SourcingPlan => ({
  outcome: 'queued',
  claim: 'find',
  reason: `it is planned together with others in the next release of strategy ${strategyId} version ${version}`,
  cancelAfterDays: null,
  shipments: [],
  decisionId: null,
  costMinor: 0,
  holdsCapacity: false,
});

/** Keeps a decision with everything that it was made from; answers with its id. */
export const makeKeepDecision =
  (deps: {
    readonly decisions: DecisionLog;
    readonly decisionIdOf: (request: SourcingRequest) => string;
    readonly hash: Hash;
  }) =>
  async (request: SourcingRequest, inputs: DecisionInputs, decision: Decision): Promise<string> => {
    const decisionId = deps.decisionIdOf(request);
    await deps.decisions.keep({
      decisionId,
      orderId: request.orderId,
      at: inputs.at,
      inputHash: deps.hash(canonicalJson(inputs)),
      decisionHash: deps.hash(canonicalJson(decision)),
      inputs,
      decision,
    });
    return decisionId;
  };
