import type { Command } from 'commander';
import type { OrderDetail } from '../api-types.ts';
import { examples } from '../examples.ts';
import { readOrder } from '../find-order.ts';
import { formatAmount, formatMoment, paintStatus } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { openSession } from '../session.ts';
import { tellFact } from '../tell-fact.ts';

const COUNTERS = ['ordered', 'open', 'reserved', 'shipped', 'backordered', 'cancelled'] as const;

const lineTable = (order: OrderDetail): string =>
  formatTable(
    ['LINE', 'SKU', ...COUNTERS.map((name) => name.toUpperCase()), 'TITLE'],
    order.lines.map(({ lineId, sku, title, counters }) => [
      plain(lineId),
      plain(sku),
      ...COUNTERS.map((name) => String(counters[name])),
      plain(title ?? ''),
    ]),
    COUNTERS.map((name) => name.toUpperCase()),
  );

const workTable = (out: Output, order: OrderDetail): string =>
  formatTable(
    ['NODE', 'STATUS', 'WORK', 'TRACKING', 'FULFILMENT ORDER'],
    order.fulfilmentOrders.map((work) => [
      work.nodeId,
      `${paintStatus(out.colours, work.status)}${work.reason === undefined ? '' : ` (${work.reason})`}`,
      work.lines.map(({ sku, quantity, shipped }) => `${shipped}/${quantity} x ${plain(sku)}`).join(', '),
      work.tracking === undefined ? '' : plain(`${work.tracking.carrier} ${work.tracking.number}`),
      work.fulfilmentOrderId,
    ]),
  );

const render = (out: Output, order: OrderDetail): void => {
  const { bold, dim } = out.colours;
  const number = order.channelOrderNumber === undefined ? '' : ` ${plain(order.channelOrderNumber)}`;
  out.print(`${bold(order.orderId)}${number}  ${paintStatus(out.colours, order.status)}`);
  out.print(
    `${order.channel}/${order.connection}, id there ${plain(order.channelOrderId)}, placed ${formatMoment(order.placedAt)} UTC, ` +
      `${order.orderType}, ${formatAmount(order.grandTotal, order.currency)}`,
  );
  const { setAside, backordersEnd } = order;
  if (setAside !== undefined)
    out.print(
      `Waits for ${setAside.as === 'queued' ? 'the next batch release' : 'a person'} since ${formatMoment(setAside.since)} UTC: ${plain(setAside.reason)}`,
    );
  if (backordersEnd !== undefined)
    out.print(`What waits for stock is cancelled on ${formatMoment(backordersEnd)} UTC`);
  out.print(`\n${bold('Lines')}\n${lineTable(order)}`);
  if (order.fulfilmentOrders.length > 0)
    out.print(`\n${bold('At the nodes')} (shipped/asked)\n${workTable(out, order)}`);
  out.print(`\n${bold('Timeline')} (UTC)`);
  for (const { at, type, data } of order.timeline)
    out.print(
      `${dim(at.slice(11, 23))}  ${type.replace(/\.v\d+$/, '').padEnd(26)}  ${tellFact(type, data)}`.trimEnd(),
    );
};

/** `yard order ID` */
export const registerOrder = (program: Command): void => {
  program
    .command('order')
    .argument('<order>', 'its id, or its id or number at the channel')
    .summary('one order: lines, fulfilment orders, shipments, timeline')
    .description(
      'Show one order: lines with their counters, what is asked of which node, shipments and the timeline of facts.',
    )
    .addHelpText('after', examples('order ord_01h9v6q0x4m8c2k7r5t3w1y9za', "order '#1001' --json"))
    .action(async (name: string, _options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const order = await readOrder(api, name);
      if (out.json) out.document(order);
      else render(out, order);
    });
};
