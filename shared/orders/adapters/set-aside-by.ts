import type * as z from 'zod';
import type { recordRoutingInput } from '../../contracts/orders/tasks.ts';
import type { SetAside } from '../domain/order.ts';

/** What the plan wants the order to wait for; what claims nothing and names no queue is for a person to look at. */
export const setAsideBy = (
  { outcome, reason }: z.infer<typeof recordRoutingInput>['plan'],
  decisionId: string | undefined,
): Pick<SetAside, 'as' | 'reason' | 'decisionId'> => ({
  as: outcome === 'queued' ? 'queued' : 'exception',
  reason: reason ?? 'no reason given',
  decisionId,
});
