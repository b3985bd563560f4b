import type { Result } from '../../kernel/result.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { SupplyCommandRefusal } from '../application/supply/change-supply.ts';
import type { SupplyOrder } from '../domain/supply/supply-order.ts';

const refusalReply = (refusal: SupplyCommandRefusal): Reply => {
  switch (refusal.type) {
    case 'unknownSupply':
      return problemReply('not-found', 'there is no such order');
    case 'unknownSku':
      return problemReply('unprocessable', `the catalogue does not know ${refusal.sku}`);
    case 'unknownNode':
      return problemReply('unprocessable', `the network does not know ${refusal.nodeId}`);
    case 'notYourNode':
      return problemReply('forbidden', 'a node key speaks for its own node');
    case 'notInOrder':
      return problemReply('unprocessable', `${refusal.sku} is not in this order`);
    case 'tooManyLines':
      return problemReply('unprocessable', 'an order has at most 90 lines, a transfer 19');
    case 'tooManyReceipts':
      return problemReply(
        'conflict',
        'an order is received in at most 500 parts: close it, announce the rest',
      );
    case 'notATransfer':
      return problemReply('unprocessable', 'only a transfer leaves a node of ours');
    case 'revisionUsed':
      return problemReply('conflict', 'this revision said something else: send the change as the next one');
    case 'otherRoute':
      return problemReply('conflict', 'origin and destination of an order stay: announce another order');
    case 'notDeparted':
      return problemReply('conflict', 'the transfer has not left its origin yet');
    case 'alreadyDeparted':
      return problemReply('conflict', 'the transfer has left with other units');
    case 'unitsHaveMoved':
      return problemReply('conflict', 'units have moved under this order: close it short instead');
    case 'notOpen':
      return problemReply('conflict', `the order is closed: ${refusal.status}`);
    case 'belowReceived':
      return problemReply('conflict', `${refusal.received} units of ${refusal.sku} have come already`);
    case 'moreThanExpected':
      return problemReply('conflict', `only ${refusal.expected} units of ${refusal.sku} are expected`);
    case 'notThatManyFree':
      return problemReply('conflict', `only ${refusal.available} units of ${refusal.sku} are free to leave`);
  }
};

export const supplyReply = (result: Result<SupplyOrder, SupplyCommandRefusal>): Reply =>
  result.ok ? reply(200, result.value) : refusalReply(result.refusal);
