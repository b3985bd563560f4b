import { randomBytes } from 'node:crypto';
import { Argument, InvalidArgumentError, type Command } from 'commander';
import { examples } from '../examples.ts';
import { openSession } from '../session.ts';
import { CHANNELS } from '../shop-argument.ts';

type Options = {
  readonly secret?: string;
  readonly apiUrl?: string;
  readonly accessToken?: string;
  readonly callsPerSecond?: number;
};
type Connected = { readonly channel: string; readonly connection: string; readonly tellsChannel: boolean };

const rate = (text: string): number => {
  const value = Number(text);
  if (!(value >= 0.5 && value <= 100)) throw new InvalidArgumentError('say a number from 0.5 to 100.');
  return value;
};

/** `yard connections put CHANNEL NAME` */
export const registerConnections = (program: Command): void => {
  program
    .command('connections')
    .summary('shops of channels')
    .description('Shops of channels.')
    .command('put')
    .addArgument(new Argument('<channel>', 'the channel').choices(CHANNELS))
    .argument('<connection>', 'our name for this shop')
    .description('Connect a shop, or change how it is reached. Secrets are never shown again.')
    .option('--secret <secret>', 'what its webhooks are signed with; generated and printed when absent')
    .option('--api-url <url>', "the channel's own API, to be told of shipments and availability")
    .option('--access-token <token>', 'the token for --api-url')
    .option('--calls-per-second <rate>', 'how often --api-url may be called for stock; 2 unless said', rate)
    .addHelpText('after', examples('connections put shopify main --secret "$SHOPIFY_SECRET"'))
    .action(async (channel: string, connection: string, options: Options, command: Command) => {
      const { api, out } = openSession(command);
      const secret = options.secret ?? randomBytes(24).toString('base64url');
      const { body } = await api.call<Connected>({
        method: 'PUT',
        path: `/v1/connections/${channel}/${encodeURIComponent(connection)}`,
        body: {
          webhookSecret: secret,
          ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
          ...(options.accessToken === undefined ? {} : { accessToken: options.accessToken }),
          ...(options.callsPerSecond === undefined ? {} : { callsPerSecond: options.callsPerSecond }),
        },
        repeatable: true,
      });
      const generated = options.secret === undefined ? { webhookSecret: secret } : {};
      const webhookUrl = `${api.url}/channels/${channel}/${connection}/webhooks`;
      if (out.json) return out.document({ ...body, ...generated, webhookUrl });
      out.print(`${channel}/${connection} is connected; its webhooks go to ${webhookUrl}`);
      if (options.secret === undefined) out.print(`webhook secret: ${secret}`);
    });
};
