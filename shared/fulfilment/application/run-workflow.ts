import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import { BrokenInvariant, ok } from '../../kernel/result.ts';
import { recordSilence, type Awaited } from '../domain/answer-work.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import { answerOf, type Waiting, type WorkAnswer } from '../domain/workflow-answer.ts';
import { changeWork, type ChangeDeps } from './change-work.ts';
import type { FulfilmentOrderStore, NodeNotifier, WorkPlaces, Workflows } from './ports.ts';

type Callback = { readonly fulfilmentOrderId: FulfilmentOrderId; readonly taskToken: string };

const leaveToken = async (
  store: FulfilmentOrderStore,
  { fulfilmentOrderId, taskToken }: Callback,
  awaited: Awaited,
): Promise<FulfilmentOrder> => {
  const work = await store.leaveToken(fulfilmentOrderId, { token: taskToken, for: awaited });
  if (work === undefined) throw new BrokenInvariant(`no fulfilment order ${fulfilmentOrderId}`);
  return work;
};

/**
 * Leaves the workflow's callback with the work, then tells the node: in this order, since a quick node answers before
 * we return. A node without endpoint polls. Throws when the node cannot be reached.
 */
export const makeAskNode =
  (deps: {
    readonly store: FulfilmentOrderStore;
    readonly places: WorkPlaces;
    readonly notifier: NodeNotifier;
  }) =>
  async (command: Callback): Promise<void> => {
    const work = await leaveToken(deps.store, command, 'answer');
    if (work.state.status !== 'requested') return;
    const place = await deps.places.findNode(work.nodeId);
    if (place?.endpoint !== undefined) await deps.notifier.tell(place.endpoint, work);
  };

/** Leaves the workflow's callback for the shipment. */
export const makeAwaitShipment =
  (deps: { readonly store: FulfilmentOrderStore }) =>
  async (command: Callback): Promise<void> => {
    await leaveToken(deps.store, command, 'shipment');
  };

/** A deadline has passed: rejects the work for silence, or tells what the node has said in the last instant. */
export const makeRecordSilence =
  (deps: ChangeDeps) =>
  async (command: {
    readonly fulfilmentOrderId: FulfilmentOrderId;
    readonly awaited: Awaited;
  }): Promise<WorkAnswer> => {
    const { fulfilmentOrderId, awaited } = command;
    const result = await changeWork(deps, fulfilmentOrderId, (work, at) =>
      ok(recordSilence(work, awaited, at)),
    );
    if (!result.ok)
      throw new Error(`silence of ${fulfilmentOrderId} is not recorded: ${result.refusal.type}`);
    const answer = answerOf(result.value, awaited);
    if (answer === undefined) throw new BrokenInvariant(`${fulfilmentOrderId} is still unanswered`);
    return answer;
  };

/** Wakes the workflow that waits for what the work has become. Doing it twice is harmless. */
export const makeResumeWorkflow =
  (deps: { readonly workflows: Pick<Workflows, 'answer'> }) =>
  async (changed: {
    readonly work: FulfilmentOrder;
    readonly waiting: Waiting | undefined;
  }): Promise<void> => {
    const { work, waiting } = changed;
    if (waiting === undefined) return;
    const answer = answerOf(work, waiting.for);
    if (answer !== undefined) await deps.workflows.answer(waiting.token, answer);
  };
