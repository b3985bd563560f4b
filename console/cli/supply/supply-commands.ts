import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { OpenSupply, PageOf, SupplyOrder } from '../api-types.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession, type Session } from '../session.ts';
import { skuQuantities, type SkuQuantity } from './sku-quantities.ts';
import { renderOpenSupply, renderSupply } from './tell-supply.ts';

export type SupplyNoun = { readonly name: 'inbound' | 'transfer'; readonly arrival: 'receive' | 'arrive' };

const pathOf = (supplyId: string): string => `/v1/supply/${encodeURIComponent(supplyId)}`;

/** Every call on an order has its effect once under its own key or number, so that it may be sent again. */
export const changeSupply = async (
  { api, out }: Session,
  method: 'PUT' | 'POST',
  supplyId: string,
  action: '' | '/departure' | '/receipts' | '/closure',
  body: unknown,
): Promise<void> => {
  const path = `${pathOf(supplyId)}${action}`;
  renderSupply(out, (await api.call<SupplyOrder>({ method, path, body, repeatable: true })).body);
};

type ReceiptOptions = {
  readonly line?: readonly SkuQuantity[];
  readonly quarantined?: readonly SkuQuantity[];
  readonly once?: string;
};

/** It was named before: it has had its effect, whether or not anything may still come. */
export const isBooked = ({ receiptKeys }: SupplyOrder, { once }: ReceiptOptions): boolean =>
  once !== undefined && receiptKeys.includes(once);

/** Without lines: everything that may still come. */
const receiptOf = (order: SupplyOrder, { line, quarantined = [], once }: ReceiptOptions) => {
  const rest = order.lines.map(({ sku, quantity, departed, received }) => ({
    sku,
    quantity: (order.status === 'inTransit' ? departed : quantity) - received,
  }));
  const lines = (line ?? rest.filter(({ quantity }) => quantity > 0)).map(({ sku, quantity }) => ({
    sku,
    quantity,
    quarantined: quarantined.find((unfit) => unfit.sku === sku)?.quantity ?? 0,
  }));
  if (lines.length === 0) throw new UsageError(`nothing more can come under ${order.supplyId}`);
  const unknown = quarantined.find(({ sku }) => lines.every((came) => came.sku !== sku));
  if (unknown !== undefined) throw new UsageError(`--quarantined ${unknown.sku}: not among what came`);
  return { key: once ?? randomUUID(), lines };
};

const registerArrival = (group: Command, { name, arrival }: SupplyNoun): void => {
  group
    .command(arrival)
    .argument('<order>', 'its number')
    .description('Units have arrived: those named, or everything that may still come.')
    .option('--line <sku=units>', 'that many of a SKU came; once for each SKU', skuQuantities)
    .option('--quarantined <sku=units>', 'of them not fit for sale', skuQuantities)
    .option('--once <name>', 'names this arrival: sent again under the same name it has its effect once')
    .addHelpText('after', examples(`${name} ${arrival} NO-1 --line MUG-RED=40 --once delivery-note-7`))
    .action(async (supplyId: string, options: ReceiptOptions, command: Command) => {
      const session = openSession(command);
      const order = await session.api.get<SupplyOrder>(pathOf(supplyId));
      if (isBooked(order, options)) return renderSupply(session.out, order);
      await changeSupply(session, 'POST', supplyId, '/receipts', receiptOf(order, options));
    });
};

const registerClosures = (group: Command, { name }: SupplyNoun): void => {
  const closures = [
    ['cancel', 'cancelled', 'Cancel it: nothing has moved yet, and nothing will.'],
    ['close', 'short', 'Close it short: the rest will not come. What was in transit leaves the books.'],
  ] as const;
  for (const [verb, outcome, description] of closures) {
    group
      .command(verb)
      .argument('<order>', 'its number')
      .description(description)
      .requiredOption('--reason <text>', 'why; the history keeps it')
      .addHelpText('after', examples(`${name} ${verb} NO-1 --reason 'two cartons lost on the way'`))
      .action((supplyId: string, { reason }: { reason: string }, command: Command) =>
        changeSupply(openSession(command), 'POST', supplyId, '/closure', { outcome, reason }),
      );
  }
};

const registerReading = (group: Command, { name }: SupplyNoun): void => {
  group
    .command('show')
    .argument('<order>', 'its number')
    .description('One order, open or closed.')
    .addHelpText('after', examples(`${name} show NO-1`))
    .action(async (supplyId: string, _: unknown, command: Command) => {
      const { api, out } = openSession(command);
      renderSupply(out, await api.get<SupplyOrder>(pathOf(supplyId)));
    });
  group
    .command('list')
    .description(name === 'transfer' ? 'Open transfers, by number.' : 'All that is on its way: purchase orders and transfers.')
    .option('--node <node>', name === 'transfer' ? 'to this node or from it' : 'to this node')
    .option('--limit <count>', 'at most this many', positiveInteger, 50)
    .addHelpText('after', examples(`${name} list --node DC-EAST`))
    .action(async ({ node, limit }: { node?: string; limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const kind = name === 'transfer' ? name : undefined;
      const orders: OpenSupply[] = [];
      const query = { nodeId: node, kind, limit: Math.min(200, limit) };
      for await (const page of api.pages<PageOf<OpenSupply>>('/v1/supply', query)) {
        orders.push(...page.items.filter(({ nodeId }) => kind !== undefined || node === undefined || nodeId === node));
        if (orders.length >= limit) break;
      }
      renderOpenSupply(out, orders.slice(0, limit));
    });
}; // prettier-ignore

/** The verbs that purchase orders and transfers share. */
export const registerSupplyVerbs = (group: Command, noun: SupplyNoun): void => {
  registerArrival(group, noun);
  registerClosures(group, noun);
  registerReading(group, noun);
};
