import type { Command } from 'commander';
import type { Item } from '../../../shared/contracts/network/item.ts';
import type { Node } from '../../../shared/contracts/network/node.ts';
import { isSnoozedAt } from '../../../shared/network/index.ts';
import type { PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { countOf, formatAmount, paintStatus } from '../format-values.ts';
import { formatTable, plain } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession, type Session } from '../session.ts';

const readList = async <Entry>({ api }: Session, path: string, limit: number): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const page of api.pages<PageOf<Entry>>(path, { limit: Math.min(200, limit) })) {
    entries.push(...page.items);
    if (entries.length >= limit) break;
  }
  return entries.slice(0, limit);
};

/** Whether it takes work, and until when not; products that it does not ship for now are counted. */
const tellState = (colours: Session['out']['colours'], node: Node): string => {
  const at = new Date().toISOString();
  const until = node.snoozedUntil === undefined ? '' : ` until ${plain(node.snoozedUntil)}`;
  const asleep = (node.productSnoozes ?? []).filter((snooze) => Date.parse(snooze.until) > Date.parse(at));
  const products = asleep.length === 0 ? '' : `, not ${countOf(asleep.length, 'product')}`;
  return isSnoozedAt(node, at)
    ? `${paintStatus(colours, 'snoozed')}${until}`
    : `${paintStatus(colours, 'active')}${products}`;
};

/** The most that it takes on in a day: orders, products of them, units. */
const tellLimits = ({ ordersPerDay, linesPerDay, unitsPerDay }: Node): string =>
  [
    ...(ordersPerDay === undefined ? [] : [countOf(ordersPerDay, 'order')]),
    ...(linesPerDay === undefined ? [] : [countOf(linesPerDay, 'line')]),
    ...(unitsPerDay === undefined ? [] : [countOf(unitsPerDay, 'unit')]),
  ].join(', ');

/** `yard nodes` */
export const registerNodes = (program: Command): void => {
  program
    .command('nodes')
    .summary('list the nodes')
    .description('List the nodes: warehouses, stores, 3PLs and suppliers.')
    .addHelpText('after', examples('nodes', 'nodes --json'))
    .action(async (_options: unknown, command: Command) => {
      const session = openSession(command);
      const { out } = session;
      const nodes = await readList<Node>(session, '/v1/nodes', Infinity);
      if (out.json) return out.document(nodes);
      if (nodes.length === 0) return out.print('No nodes yet: npm run yard -- import nodes FILE.csv');
      const rows = nodes.map((node) => [
        node.nodeId,
        node.type,
        tellState(out.colours, node),
        node.calendar === undefined
          ? ''
          : plain(`${node.calendar.cutOff ?? 'midnight'} ${node.calendar.timeZone}`),
        plain((node.capabilities ?? []).join(' ')),
        plain([node.address.city, node.address.region, node.address.country].filter(Boolean).join(', ')),
        String(node.priority),
        tellLimits(node),
        node.endpoint === undefined ? 'polls' : plain(node.endpoint),
        plain(node.name),
      ]);
      const head = [
        'NODE',
        'TYPE',
        'STATUS',
        'SHIPS UNTIL',
        'CAN',
        'PLACE',
        'PRIORITY',
        'A DAY',
        'TOLD AT',
        'NAME',
      ];
      out.print(formatTable(head, rows, ['PRIORITY']));
    });
};

/** `yard items` */
export const registerItems = (program: Command): void => {
  program
    .command('items')
    .summary('list the catalogue')
    .description('List the items of the catalogue.')
    .option('--limit <count>', 'at most this many', positiveInteger, 50)
    .option('--all', 'every page')
    .addHelpText('after', examples('items --limit 20', 'items --all --json'))
    .action(async ({ limit, all = false }: { limit: number; all?: boolean }, command: Command) => {
      const session = openSession(command);
      const { out } = session;
      const items = await readList<Item>(session, '/v1/items', all ? Infinity : limit);
      if (out.json) return out.document(items);
      if (items.length === 0) return out.print('No items yet: npm run yard -- import items FILE.csv');
      const rows = items.map((item) => [
        plain(item.sku),
        paintStatus(out.colours, item.status),
        `${item.weightGrams} g`,
        item.price === undefined ? '' : formatAmount(item.price.minor, item.price.currency),
        plain((item.requires ?? []).join(' ')),
        plain(item.title),
      ]);
      out.print(
        formatTable(['SKU', 'STATUS', 'WEIGHT', 'PRICE', 'REQUIRES', 'TITLE'], rows, ['WEIGHT', 'PRICE']),
      );
      out.print(out.colours.dim(countOf(items.length, 'item')));
    });
};
