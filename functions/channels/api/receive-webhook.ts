import { connectionRefOf } from '../../../shared/channels/index.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { webhookHandler } from '../../../shared/platform/http/webhook-handler.ts';
import { deps } from '../receive-webhook.deps.ts';

export const handler = webhookHandler(async ({ path, rawBody, header }) => {
  const ref = connectionRefOf(path['channel'], path['connection']);
  if (ref === undefined) return problemReply('not-found', 'there is no such channel');
  const received = await deps.receiveWebhook()(ref, rawBody, header);
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
