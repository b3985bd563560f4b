import type { ChangeRefusal } from '../../shared/fulfilment/application/change-work.ts';
import { viewOfWork } from '../../shared/fulfilment/application/view-of-work.ts';
import type { Answerer } from '../../shared/fulfilment/domain/answer-work.ts';
import type { FulfilmentOrder } from '../../shared/fulfilment/domain/fulfilment-order.ts';
import { unreachable, type Result } from '../../shared/kernel/result.ts';
import type { Caller } from '../../shared/platform/http/caller.ts';
import { problemReply } from '../../shared/platform/http/problem-reply.ts';
import { reply, type Reply } from '../../shared/platform/http/reply.ts';

/** A node's key speaks for its node; the route's scopes have let nobody else through but who may see or say all. */
export const answererOf = (caller: Caller): Answerer =>
  caller.scope === 'node' ? { by: 'node', nodeId: caller.nodeId } : { by: 'operator' };

const badShipment = (reason: string): Reply =>
  problemReply('unprocessable', 'the shipment does not fit the work', [{ at: 'body.lines', reason }]);

/** Every refusal of this context as a problem document. */
export const refusalReply = (refusal: ChangeRefusal): Reply => {
  switch (refusal.type) {
    case 'noSuchWork':
      return problemReply('not-found', 'no such fulfilment order');
    case 'notYourWork':
      return problemReply('forbidden', 'this is the work of another node');
    case 'contradicts':
      return problemReply('conflict', `the work is ${refusal.status} already`);
    case 'busy':
      return problemReply('unavailable', 'others are changing this work');
    case 'nothingShipped':
      return badShipment('nothing shipped: reject the work instead');
    case 'unknownLine':
      return badShipment(`line ${refusal.lineId} was not asked for`);
    case 'lineTwice':
      return badShipment(`line ${refusal.lineId} is given twice`);
    case 'moreThanAsked':
      return badShipment(`line ${refusal.lineId}: only ${refusal.asked} were asked for`);
    default:
      return unreachable(refusal);
  }
};

export const workReply = (result: Result<FulfilmentOrder, ChangeRefusal>): Reply =>
  result.ok ? reply(200, viewOfWork(result.value)) : refusalReply(result.refusal);
