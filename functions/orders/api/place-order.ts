import { placeOrder } from '../../../shared/contracts/orders/routes.ts';
import { placeRefusalReply } from '../../../shared/orders/adapters/refusal-replies.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

const KEY_LENGTH = 200;

export const handler = apiHandler(placeOrder, async ({ body, header, caller }) => {
  const idempotencyKey = header('idempotency-key') ?? '';
  if (idempotencyKey === '' || idempotencyKey.length > KEY_LENGTH)
    return problemReply(
      'malformed',
      `the header Idempotency-Key is needed, at most ${KEY_LENGTH} characters`,
    );
  const result = await deps.placeOrder()({
    order: body,
    submission: { callerId: caller.keyId, idempotencyKey },
  });
  if (!result.ok) return placeRefusalReply(result.refusal);
  return reply(result.value.outcome === 'placed' ? 201 : 200, result.value);
});
