import { receiveWebhook } from '../../../shared/contracts/channels/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../receive-webhook.deps.ts';

export const handler = apiHandler(receiveWebhook, async ({ path, rawBody, header }) => {
  const received = await deps.receiveWebhook()(path, rawBody, header);
  if (received.ok) return reply(202, received.value);
  switch (received.refusal.type) {
    case 'unknownConnection':
      return problemReply('not-found', 'there is no such connection');
    case 'wrongSignature':
      return problemReply('unauthenticated', 'the signature is not one of these bytes under our secret');
    case 'unreadable':
      return problemReply('malformed', undefined, [{ at: 'body', reason: received.refusal.reason }]);
    case 'tooLarge':
      return problemReply('too-large', 'the body is too large to be kept');
  }
});
