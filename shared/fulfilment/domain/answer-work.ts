import type { LineId, NodeId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type {
  FulfilmentOrder,
  RejectionReason,
  Tracking,
  WorkState,
  WorkStatus,
} from './fulfilment-order.ts';
import { readShipment, isSameShipment, type ShipmentRefusal } from './shipment.ts';

/** Who answers: a node for itself, or an operator for any node. */
export type Answerer = { readonly by: 'operator' } | { readonly by: 'node'; readonly nodeId: NodeId };

export type WorkRefusal =
  | { readonly type: 'notYourWork' }
  /** Something else has been said before, and it stands. */
  | { readonly type: 'contradicts'; readonly status: WorkStatus }
  | ShipmentRefusal;

/** The work after the command. Not `changed`: it had been said before, there is nothing to store. */
export type Decision = { readonly changed: boolean; readonly work: FulfilmentOrder };
export type DecisionResult = Result<Decision, WorkRefusal>;

export type ShipmentSaid = {
  readonly lines: readonly { readonly lineId: LineId; readonly quantity: number }[];
  readonly tracking?: Tracking | undefined;
};

const unchanged = (work: FulfilmentOrder): DecisionResult => ok({ changed: false, work });
const contradicts = (work: FulfilmentOrder): DecisionResult =>
  refuse({ type: 'contradicts', status: work.state.status });
const become = (work: FulfilmentOrder, state: WorkState, at: Instant): DecisionResult =>
  ok({ changed: true, work: { ...work, state, version: work.version + 1, updatedAt: at } });

const mayAnswer = (work: FulfilmentOrder, answerer: Answerer): boolean =>
  answerer.by === 'operator' || answerer.nodeId === work.nodeId;

/** An acceptance that arrives after the shipment is late, not wrong: shipping had said it already. */
export const accept = (work: FulfilmentOrder, answerer: Answerer, at: Instant): DecisionResult => {
  if (!mayAnswer(work, answerer)) return refuse({ type: 'notYourWork' });
  switch (work.state.status) {
    case 'requested':
      return become(work, { status: 'accepted' }, at);
    case 'accepted':
    case 'shipped':
    case 'partlyShipped':
      return unchanged(work);
    case 'rejected':
    case 'cancelled':
      return contradicts(work);
  }
};

/** The first reason stands; a second rejection, whatever it says, frees nothing more. */
export const reject = (
  work: FulfilmentOrder,
  answerer: Answerer,
  reason: Exclude<RejectionReason, 'silence'>,
  at: Instant,
): DecisionResult => {
  if (!mayAnswer(work, answerer)) return refuse({ type: 'notYourWork' });
  switch (work.state.status) {
    case 'requested':
    case 'accepted':
      return become(work, { status: 'rejected', reason }, at);
    case 'rejected':
      return unchanged(work);
    case 'shipped':
    case 'partlyShipped':
    case 'cancelled':
      return contradicts(work);
  }
};

/** A node that ships without having accepted has accepted by shipping. */
export const ship = (
  work: FulfilmentOrder,
  answerer: Answerer,
  said: ShipmentSaid,
  at: Instant,
): DecisionResult => {
  if (!mayAnswer(work, answerer)) return refuse({ type: 'notYourWork' });
  const shipment = readShipment(work.lines, said.lines);
  if (!shipment.ok) return shipment;
  const { shipped, isComplete } = shipment.value;
  switch (work.state.status) {
    case 'requested':
    case 'accepted': {
      const status = isComplete ? 'shipped' : 'partlyShipped';
      return become(work, { status, shipped, tracking: said.tracking }, at);
    }
    case 'shipped':
    case 'partlyShipped': {
      const isRepeated = isSameShipment(work.state, { shipped, tracking: said.tracking });
      return isRepeated ? unchanged(work) : contradicts(work);
    }
    case 'rejected':
    case 'cancelled':
      return contradicts(work);
  }
};

/** The order calls the work off. Work that was rejected has nothing left to call off; shipped work stays shipped. */
export const cancel = (work: FulfilmentOrder, at: Instant): DecisionResult => {
  switch (work.state.status) {
    case 'requested':
    case 'accepted':
      return become(work, { status: 'cancelled' }, at);
    case 'cancelled':
    case 'rejected':
      return unchanged(work);
    case 'shipped':
    case 'partlyShipped':
      return contradicts(work);
  }
};

/** What the workflow was waiting for when the deadline passed. */
export type Awaited = 'answer' | 'shipment';

/** A deadline passed: a rejection, unless the node has said in the last instant what was awaited. */
export const recordSilence = (work: FulfilmentOrder, awaited: Awaited, at: Instant): Decision => {
  const { status } = work.state;
  const isSilent = status === 'requested' || (status === 'accepted' && awaited === 'shipment');
  if (!isSilent) return { changed: false, work };
  const state: WorkState = { status: 'rejected', reason: 'silence' };
  return { changed: true, work: { ...work, state, version: work.version + 1, updatedAt: at } };
};
