import type * as z from 'zod';
import type { reservePlanInput } from '../../contracts/inventory/tasks.ts';
import type { Result } from '../../kernel/result.ts';
import type { Plan } from '../domain/claim-plan.ts';

export const planFrom = ({ request, shipments }: z.output<typeof reservePlanInput>): Plan => ({
  reservationId: request.reservationId,
  orderId: request.orderId,
  considered: request.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  shipments,
  basketId: request.basketReservationId,
});

/**
 * What a workflow has no branch for is a fault of whoever made the request: it is thrown, and the workflow's catch
 * brings it before an operator with the refusal's name.
 */
export const valueOrFault = <Value>(result: Result<Value, { readonly type: string }>): Value => {
  if (!result.ok) throw new Error(`the stock ledger refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
