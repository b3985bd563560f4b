import { problemReply } from '../../platform/http/problem-reply.ts';
import type { Reply } from '../../platform/http/reply.ts';
import type { PlaceRefusal } from '../application/place-order.ts';
import { unreachable } from '../../kernel/result.ts';

/** Why an order was not placed, as a problem document. */
export const placeRefusalReply = (refusal: PlaceRefusal): Reply => {
  switch (refusal.type) {
    case 'duplicateLines':
      return problemReply(
        'unprocessable',
        'two lines have one id',
        refusal.lineIds.map((lineId) => ({ at: 'body.lines', reason: `line id ${lineId} is used twice` })),
      );
    case 'moneyDoesNotAddUp':
      return problemReply(
        'unprocessable',
        'the money does not add up',
        refusal.parts.map(({ at, stated, computed }) => ({
          at: `body.${at}`,
          reason: `states ${stated}, its parts make ${computed} minor units`,
        })),
      );
    case 'keyReused':
      return problemReply('conflict', 'this idempotency key was used with another body');
    case 'versionNotRaised':
      return problemReply('conflict', 'the order is known under this channelVersion with other content');
    case 'tooLarge':
      return problemReply('too-large', 'an order is stored in one piece of at most 350 kB');
    default:
      return unreachable(refusal);
  }
};
