import type { Command } from 'commander';
import { deploymentOf, fulfilmentLink, routingLink } from '../console-links.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { readOrder } from '../find-order.ts';
import { openSession } from '../session.ts';

type Options = { readonly region?: string; readonly account?: string; readonly stage?: string };

/** `yard open ORDER` */
export const registerOpen = (program: Command): void => {
  program
    .command('open')
    .argument('<order>', 'its id, or its id or number at the channel')
    .summary("links to an order's workflows in the AWS console")
    .description("Print the links to an order's workflows in the AWS console, where it is deployed there.")
    .option('--region <region>', 'AWS region of the deployment')
    .option('--account <account>', 'AWS account of the deployment')
    .option('--stage <stage>', 'stage of the deployment')
    .addHelpText('after', examples("open '#1001' --region eu-central-1 --account 111122223333 --stage prod"))
    .action(async (name: string, options: Options, command: Command) => {
      const { api, out, local } = openSession(command);
      const order = await readOrder(api, name);
      const isOnAws = local.aws === true || options.account !== undefined;
      const deployment = isOnAws ? deploymentOf(options, local) : undefined;
      if (deployment === undefined) {
        const instead = `npm run yard -- order ${order.orderId}`;
        if (out.json) out.document({ orderId: order.orderId, links: [], instead });
        else
          out.print(
            `${order.orderId} runs ${local.url === undefined ? 'where this command cannot tell: say --region, --account and --stage' : 'on this machine, which has no AWS console'}. Its timeline: ${instead}`,
          );
        throw new NotFine('no console');
      }
      const links = [
        { workflow: 'routing', url: routingLink(deployment) },
        ...order.fulfilmentOrders.map(({ fulfilmentOrderId }) => ({
          workflow: fulfilmentOrderId,
          url: fulfilmentLink(deployment, fulfilmentOrderId),
        })),
      ];
      if (out.json) return out.document({ orderId: order.orderId, links });
      for (const { workflow, url } of links) out.print(`${workflow}\n  ${url}`);
    });
};
