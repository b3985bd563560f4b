import type { Command } from 'commander';
import type { OrderSummary } from '../api-types.ts';
import { examples } from '../examples.ts';
import { findOrderId } from '../find-order.ts';
import { paintStatus } from '../format-values.ts';
import { openSession } from '../session.ts';

/** `yard cancel ORDER` */
export const registerCancel = (program: Command): void => {
  program
    .command('cancel')
    .argument('<order>', 'its id, or its id or number at the channel')
    .summary('cancel what has not shipped')
    .description(
      'Cancel what has not shipped. Units that a node works on are called off as the node confirms.',
    )
    .option('--reason <text>', 'why', 'operator')
    .addHelpText('after', examples("cancel '#1001' --reason 'customer changed their mind'"))
    .action(async (name: string, { reason }: { reason: string }, command: Command) => {
      const { api, out } = openSession(command);
      const orderId = await findOrderId(api, name);
      const { body } = await api.call<OrderSummary>({
        method: 'POST',
        path: `/v1/orders/${orderId}/cancellation`,
        body: { reason },
        repeatable: true,
      });
      if (out.json) out.document(body);
      else out.print(`${orderId}: cancellation taken; the order is ${paintStatus(out.colours, body.status)}`);
    });
};
