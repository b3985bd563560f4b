import type * as z from 'zod';
import type { reservePlanInput } from '../../contracts/inventory/tasks.ts';
import type { Result } from '../../kernel/result.ts';

/** What is to be claimed, as the workflow says it. */
export const planFrom = ({ request, shipments, claim }: z.output<typeof reservePlanInput>) => ({
  reservationId: request.reservationId,
  orderId: request.orderId,
  considered: request.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  shipments,
  basketId: request.basketReservationId,
  claim,
});

/**
 * What a workflow has no branch for is a fault of whoever made the request: it is thrown, and the workflow's catch
 * brings it before an operator with the refusal's name.
 */
export const valueOrFault = <Value>(result: Result<Value, { readonly type: string }>): Value => {
  if (!result.ok) throw new Error(`the stock ledger refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
