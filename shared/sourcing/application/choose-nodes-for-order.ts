import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { isNodeId } from '../../kernel/ids.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { decideOrder } from '../domain/decide-order.ts';
import type { DecisionInputs } from '../domain/decision-inputs.ts';
import type { Decision } from '../domain/decision-record.ts';
import { makeGatherInputs } from './gather-inputs.ts';
import type { DecisionLog, Hash, SourcingView } from './ports.ts';

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

/** Decides which nodes ship what of one order, by its strategy and at the least cost, and keeps how that came about. */
export const makeChooseNodesForOrder = (deps: {
  readonly view: SourcingView;
  readonly decisions: DecisionLog;
  readonly now: () => Instant;
  readonly decisionIdOf: (request: SourcingRequest) => string;
  readonly hash: Hash;
}) => {
  const gatherInputs = makeGatherInputs(deps);
  return async (request: SourcingRequest): Promise<SourcingPlan> => {
    const { reservationId: _, basketReservationId: __, ...order } = request;
    const inputs = await gatherInputs(order);
    const decision = decideOrder(inputs);
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
    const isSetAside = decision.action === 'queue' || decision.action === 'exception';
    return {
      outcome: OUTCOMES[decision.action],
      claim: isSetAside ? 'find' : 'make',
      reason: isSetAside ? reasonOf(inputs, decision) : null,
      cancelAfterDays: decision.cancelAfterDays ?? null,
      shipments: shipmentsOf(decision, request),
      decisionId,
      costMinor: Math.round(decision.cost.money),
    };
  };
};
