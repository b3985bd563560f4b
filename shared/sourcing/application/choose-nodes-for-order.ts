import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { isNodeId } from '../../kernel/ids.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { decideOrder } from '../domain/decide-order.ts';
import type { Decision } from '../domain/decision-record.ts';
import { makeGatherInputs } from './gather-inputs.ts';
import type { DecisionLog, Hash, SourcingView } from './ports.ts';

/** The strategy wants a person to look: a fault to the workflow, which puts the order in its exception queue. */
export class NothingCanShip extends Error {
  override readonly name = 'NothingCanShip';
}

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
    if (decision.action === 'exception') throw new NothingCanShip(`${decisionId} says why`);
    const shipments = shipmentsOf(decision, request);
    return {
      outcome: shipments.length === 0 ? 'nothing' : 'planned',
      shipments,
      decisionId,
      costMinor: Math.round(decision.cost.money),
    };
  };
};
