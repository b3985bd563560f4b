import type { Command } from 'commander';
import type { ChannelAvailability } from '../../../shared/contracts/channels/publication.ts';
import type { ExpectedAvailability } from '../api-types.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { day } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { shop, shopPath, type Shop } from '../shop-argument.ts';
import { tellChannelAvailability } from '../tell-channel-availability.ts';

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

type Options = { readonly byDate?: string; readonly channel?: Shop };

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
    .option(
      '--channel <shop>',
      'instead: what CHANNEL/CONNECTION may sell now, why, and what it was told',
      shop,
    )
    .addHelpText(
      'after',
      examples('availability MUG-RED --by-date 2026-12-24', 'availability MUG-RED --channel shopify/main'),
    )
    .action(async (sku: string, { byDate, channel }: Options, command: Command) => {
      if (byDate !== undefined && channel !== undefined)
        throw new UsageError('say --by-date or --channel: channels are told what can be sold now');
      const { api, out } = openSession(command);
      if (channel !== undefined) {
        const offered = `${shopPath(channel)}/availability/${encodeURIComponent(sku)}`;
        const said = await api.get<ChannelAvailability>(offered);
        return out.json ? out.document(said) : tellChannelAvailability(out, said);
      }
      const path = `/v1/availability/${encodeURIComponent(sku)}`;
      const availability = await api.get<ExpectedAvailability>(path, { by: byDate });
      if (out.json) out.document(availability);
      else renderAvailability(out, availability);
    });
};
