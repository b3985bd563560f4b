import type { Result } from '../../kernel/result.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { FreezeOutcome, FreezeRefusal } from '../application/freeze-cell.ts';
import type { MendOutcome, MendRefusal } from '../application/mend-cell.ts';

export const freezeReply = (result: Result<FreezeOutcome, FreezeRefusal>): Reply =>
  result.ok
    ? reply(200, result.value)
    : problemReply('not-found', 'no stock of this SKU has ever been said at this node');

export const mendReply = (result: Result<MendOutcome, MendRefusal>): Reply => {
  if (result.ok) return reply(200, result.value);
  switch (result.refusal.type) {
    case 'nothingToMend':
      return problemReply('conflict', 'the books of this cell balance: there is nothing to mend');
    case 'claimsCannotBeRead':
      return problemReply('conflict', `these items cannot be read: ${result.refusal.items.join('; ')}`);
    case 'makesNoSense': {
      const figures = Object.entries(result.refusal.counters).map(([name, value]) => `${name} ${value}`);
      return problemReply(
        'conflict',
        `that would make ${figures.join(', ')}: count the units and say onHand`,
      );
    }
    case 'unsettled':
      return problemReply('conflict', 'the cell changes whenever it is read: freeze it, then try again');
  }
};
