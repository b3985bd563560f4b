import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Instant } from '../../kernel/instant.ts';
import { plannedLoads, type PlannedLoad } from '../domain/capacity/planned-load.ts';
import { decideOrder } from '../domain/decide-order.ts';
import { releaseModeOf } from '../domain/release/release-mode.ts';
import type { Strategy } from '../domain/strategy/strategy.ts';
import { makeGatherInputs } from './gather-inputs.ts';
import { makeHoldCapacity, makeSettleCapacity } from './hold-capacity.ts';
import { makeKeepDecision, planOf, planThatWaits } from './keep-decision.ts';
import type { CapacityStore, DecisionLog, Hash, OwnBasket, SourcingView } from './ports.ts';
import type { ReleaseQueue } from './release-ports.ts';
import { makeNoteWaiting, type NodeWaiters } from './wake-waiting.ts';

/** Others were faster for the last place in a day again and again: a fault, which the workflow tries again later. */
export class CapacityContended extends Error {
  override readonly name = 'CapacityContended';
}

/** Plans tried until one finds room in the days of its nodes; each time the days are read anew. */
const PLANS_TRIED = 6;

type Decided = {
  readonly strategy: Strategy;
  readonly plan: SourcingPlan;
  readonly loads: readonly PlannedLoad[];
  /** Says for which nodes the units wait that this plan leaves out. */
  readonly note: () => Promise<void>;
};

/** Plans of this reservation that were lost to others, and whether the last of them held capacity. */
export type Races = { readonly lost: number; readonly held: boolean };

type Deps = {
  readonly view: SourcingView;
  readonly decisions: DecisionLog;
  readonly capacity: CapacityStore;
  readonly queue: Pick<ReleaseQueue, 'find' | 'add'>;
  readonly waiters: Pick<NodeWaiters, 'add'>;
  /** Capacity that is remembered has turned out to be too old. */
  readonly forgetLoads: () => void;
  readonly now: () => Instant;
  readonly decisionIdOf: (request: SourcingRequest) => string;
  readonly hash: Hash;
};

const ownBasketOf = ({ orderId, basketReservationId: basketId }: SourcingRequest): OwnBasket | undefined =>
  basketId === undefined ? undefined : { basketId, orderId };

/**
 * Decides which nodes ship what of one order, by its strategy and at the least cost, keeps how that came about, and
 * holds a place in the day of each chosen node that is limited. An order whose strategy plans orders together waits for
 * the release, and takes the plan that it made. A question holds nothing and waits for nothing.
 */
export const makeChooseNodesForOrder = (deps: Deps) => {
  const gatherInputs = makeGatherInputs(deps);
  const keepDecision = makeKeepDecision(deps);
  const holdCapacity = makeHoldCapacity(deps);
  const { giveBack } = makeSettleCapacity(deps);
  const noteWaiting = makeNoteWaiting(deps);

  const orderOf = ({ reservationId: _, basketReservationId: __, ...order }: SourcingRequest) => order;

  const decide = async (request: SourcingRequest): Promise<Decided> => {
    const inputs = await gatherInputs(orderOf(request), { own: ownBasketOf(request) });
    const decision = decideOrder(inputs);
    const decisionId = await keepDecision(request, inputs, decision);
    const loads = plannedLoads(inputs, decision);
    const plan = planOf(decisionId, inputs, decision, request, loads.length > 0);
    const note = () => noteWaiting(request, inputs, decision);
    return { strategy: inputs.strategy, loads, plan, note };
  };

  const hold = async (
    { reservationId }: SourcingRequest,
    attempt: number,
    { plan, loads }: Pick<Decided, 'plan' | 'loads'>,
  ): Promise<SourcingPlan | undefined> => {
    if (loads.length === 0) return plan;
    const held = await holdCapacity(reservationId, attempt, plan, loads);
    return held.outcome === 'held' ? held.plan : undefined;
  };

  const letWait = async (request: SourcingRequest, strategyId: string): Promise<void> => {
    const before = await deps.queue.find(request.reservationId);
    if (before !== undefined && before.released === undefined) return;
    const version = (before?.version ?? 0) + 1;
    await deps.queue.add({ request, strategyId, since: deps.now(), version });
  };

  const decideAlone = async (request: SourcingRequest, attempt: number): Promise<SourcingPlan> => {
    for (let tried = 0; tried < PLANS_TRIED; tried += 1) {
      const decided = await decide(request);
      if (decided.plan.outcome === 'queued') {
        await letWait(request, decided.strategy.strategyId);
        return decided.plan;
      }
      const held = await hold(request, attempt, decided);
      if (held !== undefined) {
        await decided.note();
        return held;
      }
      deps.forgetLoads();
    }
    throw new CapacityContended(`${request.reservationId} found no place in ${PLANS_TRIED} tries`);
  };

  /** The plan of the release that the order waited for; undefined when it is to be decided alone, on what is left. */
  const releasedPlan = async (request: SourcingRequest): Promise<SourcingPlan | undefined> => {
    // What its basket holds is its own already: it shares no stock with those that wait.
    if (request.basketReservationId !== undefined) return undefined;
    const strategy = await deps.view.strategyFor(orderOf(request));
    const mode = releaseModeOf(strategy);
    if (mode === undefined) return undefined;
    const entry = await deps.queue.find(request.reservationId);
    if (entry?.released !== undefined) return hold(request, 0, entry.released);
    if (entry === undefined && mode.orders !== 'all') return undefined;
    if (entry === undefined) await letWait(request, strategy.strategyId);
    return planThatWaits(strategy);
  };

  return {
    /** The plan for one routing of an order; asked again for the same one it finds what it has held before. */
    plan: async (request: SourcingRequest, races: Races): Promise<SourcingPlan> => {
      if (races.held) await giveBack(request.reservationId);
      const released = races.lost === 0 ? await releasedPlan(request) : undefined;
      return released ?? decideAlone(request, races.lost);
    },
    /** What a plan for these units would be now. */
    question: async (request: SourcingRequest): Promise<SourcingPlan> => (await decide(request)).plan,
  };
};
