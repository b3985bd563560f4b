import type { Command } from 'commander';
import type { ExpectedAvailability } from '../api-types.ts';
import { examples } from '../examples.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { day } from '../parse-options.ts';
import { openSession } from '../session.ts';

const placeOf = ({ country, region }: { readonly country?: string | undefined; readonly region?: string | undefined }): string =>
  plain([country ?? '?', ...(region === undefined ? [] : [region])].join('-')); // prettier-ignore

const renderAvailability = (out: Output, { sku, by, nodes, regions, ...all }: ExpectedAvailability): void => {
  if (nodes.length === 0) return out.print(`${plain(sku)}: no node has any, and none is on its way.`);
  const numbers = ['NOW', `BY ${by}`];
  const expecting = ['EXPECTED', 'LATER', 'OVERDUE', 'UNDATED', 'PLANNED'];
  const rows = nodes.map((node) => [
    node.nodeId,
    placeOf(node),
    ...[
      node.available,
      node.promisable,
      node.expected,
      node.later,
      node.overdue,
      node.undated,
      node.planned,
    ].map(String),
    node.isFrozen ? 'frozen: offers nothing' : '',
  ]);
  rows.push(['all', '', String(all.available), String(all.promisable), '', '', '', '', '', '']);
  out.print(formatTable(['NODE', 'PLACE', ...numbers, ...expecting, ''], rows, [...numbers, ...expecting]));
  out.print('');
  const perRegion = regions.map((region) => [
    placeOf(region),
    String(region.available),
    String(region.promisable),
    region.nodeIds.join(', '),
  ]);
  out.print(formatTable(['REGION', ...numbers, 'NODES'], perRegion, numbers));
};

/** `yard availability SKU` */
export const registerAvailability = (program: Command): void => {
  program
    .command('availability')
    .argument('<sku>', 'the SKU')
    .summary('what can be promised of a SKU, now and by a day')
    .description(
      'What can be promised of a SKU now and by a day, at each node and in each region: free now, and expected from today until then. Supply that is overdue, has no day, or has not left another node is named and not counted.',
    )
    .option('--by-date <day>', 'the day (UTC), included; absent: today', day)
    .addHelpText('after', examples('availability MUG-RED --by-date 2026-12-24'))
    .action(async (sku: string, { byDate }: { byDate?: string }, command: Command) => {
      const { api, out } = openSession(command);
      const path = `/v1/availability/${encodeURIComponent(sku)}`;
      const availability = await api.get<ExpectedAvailability>(path, { by: byDate });
      if (out.json) out.document(availability);
      else renderAvailability(out, availability);
    });
};
