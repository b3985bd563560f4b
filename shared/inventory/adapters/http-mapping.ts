import type { Caller } from '../../platform/http/caller.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { AdjustmentRefusal } from '../application/adjust-stock.ts';
import type { Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import { availableOf, type Position } from '../domain/position.ts';

/** The caller as the history keeps it: the key's name, never the key. */
export const actorOf = (caller: Caller): Actor =>
  caller.scope === 'node'
    ? { type: 'node', name: `key ${caller.keyId}`, nodeId: caller.nodeId }
    : { type: 'operator', name: `key ${caller.keyId}` };

export const positionReply = (result: Result<Position, AdjustmentRefusal>): Reply => {
  if (result.ok) return reply(200, { ...result.value, available: availableOf(result.value) });
  switch (result.refusal.type) {
    case 'unknownSku':
      return problemReply('not-found', 'the catalogue does not know this SKU');
    case 'unknownNode':
      return problemReply('not-found', 'the network does not know this node');
    case 'notYourNode':
      return problemReply('forbidden', 'a node key speaks for its own node');
  }
};
