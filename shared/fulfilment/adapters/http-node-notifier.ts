import type { NodeNotifier } from '../application/ports.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import { viewOfWork } from '../application/view-of-work.ts';

/** A node has this long to take the message; what it does with it afterwards is its own time. */
const TIMEOUT_MS = 5_000;

export const SIGNATURE_HEADER = 'x-switchyard-signature';

/** A cancellation is another message than the work that it calls off; each may come twice. */
const messageKeyOf = ({ fulfilmentOrderId, state }: FulfilmentOrder): string =>
  state.status === 'cancelled' ? `${fulfilmentOrderId}.cancelled` : fulfilmentOrderId;

/**
 * POSTs the work as JSON to the node's endpoint; any 2xx is receipt, not acceptance. Throws on everything else. The
 * error names the node and the status, never the body: that holds the customer's address. With `sign`, the node can
 * check by the header that the body comes from us.
 */
export const makeHttpNodeNotifier = (
  deps: {
    readonly send?: typeof fetch;
    readonly sign?: (body: string) => Promise<string>;
  } = {},
): NodeNotifier => ({
  tell: async (endpoint, work) => {
    const body = JSON.stringify(viewOfWork(work));
    const signature = await deps.sign?.(body);
    const answer = await (deps.send ?? fetch)(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': messageKeyOf(work),
        ...(signature === undefined ? {} : { [SIGNATURE_HEADER]: signature }),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`node ${work.nodeId} answered ${answer.status} to its work`);
  },
});
