import { Argument, InvalidArgumentError, type Command } from 'commander';
import type { ChannelPolicy } from '../../../shared/contracts/channels/publication.ts';
import type { PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { formatTable, plain } from '../output.ts';
import { openSession } from '../session.ts';
import { CHANNELS } from '../shop-argument.ts';

type Scope = { readonly connection?: string; readonly sku?: string };
type Terms = {
  readonly buffer?: ChannelPolicy['buffer'];
  readonly quota?: number;
  readonly nodes?: readonly string[];
};

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('say a whole number of 0 or more.');
  return Number(text);
};

/** `5` units or `10%`. */
const buffer = (text: string): ChannelPolicy['buffer'] => {
  const percent = /^(\d{1,3})%$/.exec(text)?.[1];
  if (percent === undefined) return { type: 'units', units: count(text) };
  if (Number(percent) > 100) throw new InvalidArgumentError('a percentage is at most 100.');
  return { type: 'percent', percent: Number(percent) };
};
const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

const bufferText = (kept: ChannelPolicy['buffer']): string => {
  if (kept === undefined) return '';
  return kept.type === 'units' ? String(kept.units) : `${kept.percent} %`;
};

const scopeText = ({ channel, connection, sku }: ChannelPolicy): string =>
  `${channel}/${connection ?? '*'}, ${sku === undefined ? 'every SKU' : plain(sku)}`;

const channelArgument = () => new Argument('<channel>', 'the channel').choices(CHANNELS);
const scoped = (command: Command): Command =>
  command
    .addArgument(channelArgument())
    .option('--connection <name>', 'this shop only; otherwise every shop of the channel')
    .option('--sku <sku>', 'this SKU only; otherwise every SKU');

const registerList = (group: Command): void => {
  group
    .command('list')
    .addArgument(channelArgument())
    .description('List the policies of a channel.')
    .action(async (channel: string, _options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const policies: ChannelPolicy[] = [];
      const path = `/v1/channel-policies/${channel}`;
      for await (const page of api.pages<PageOf<ChannelPolicy>>(path, { limit: 200 }))
        policies.push(...page.items);
      if (out.json) return out.document(policies);
      if (policies.length === 0) return out.print('No policy: everything that is available is offered.');
      const rows = policies.map(({ connection, sku, buffer: kept, quota, nodes }) => [
        connection ?? '*',
        sku === undefined ? '*' : plain(sku),
        bufferText(kept),
        quota === undefined ? '' : String(quota),
        nodes === undefined ? 'all' : nodes.join(', '),
      ]);
      const numbers = ['BUFFER', 'QUOTA'];
      out.print(formatTable(['SHOP', 'SKU', ...numbers, 'NODES'], rows, numbers));
    });
};

const registerPut = (group: Command): void => {
  scoped(group.command('put'))
    .description('Set what is kept back from a channel, how much it may offer, and which nodes serve it.')
    .option('--buffer <units|percent%>', 'keep back: 5, or 10%', buffer)
    .option('--quota <units>', 'offer at most so many; 0: not at all', count)
    .option('--nodes <nodes>', 'only these nodes serve it, separated by commas', names)
    .action(async (channel: string, options: Scope & Terms, command: Command) => {
      const { connection, sku, buffer: kept, quota, nodes } = options;
      if (kept === undefined && quota === undefined && nodes === undefined)
        throw new UsageError('say --buffer, --quota or --nodes; to lift a policy, delete it');
      const { api, out } = openSession(command);
      const { body } = await api.call<ChannelPolicy>({
        method: 'PUT',
        path: `/v1/channel-policies/${channel}`,
        query: { connection, sku },
        body: { buffer: kept, quota, nodes },
        repeatable: true,
      });
      if (out.json) return out.document(body);
      out.print(`${scopeText(body)}: set; shops are told`);
    });
};

const registerDelete = (group: Command): void => {
  scoped(group.command('delete'))
    .description('Withdraw a policy: the next precise one applies, or none.')
    .action(async (channel: string, { connection, sku }: Scope, command: Command) => {
      const { api, out } = openSession(command);
      const { body } = await api.call<ChannelPolicy>({
        method: 'DELETE',
        path: `/v1/channel-policies/${channel}`,
        query: { connection, sku },
      });
      if (out.json) return out.document(body);
      out.print(`${scopeText(body)}: withdrawn; shops are told`);
    });
};

/** `yard channel-policy list|put|delete` */
export const registerChannelPolicy = (program: Command): void => {
  const group = program
    .command('channel-policy')
    .summary('buffers, quotas and nodes of channels')
    .description(
      'Buffers, quotas and nodes of channels. Of the policies that speak of a SKU in a shop one applies, whole: the SKU in the shop, the SKU in the channel, every SKU in the shop, every SKU in the channel.',
    )
    .addHelpText(
      'after',
      examples(
        'channel-policy put shopify --buffer 10%',
        'channel-policy put shopify --connection main --sku MUG-RED --quota 20 --nodes DC-EAST,DC-WEST',
        'channel-policy delete shopify --connection main --sku MUG-RED',
        'channel-policy list shopify',
      ),
    );
  registerList(group);
  registerPut(group);
  registerDelete(group);
};
