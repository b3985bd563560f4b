import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Option, type Command } from 'commander';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { formatBar, plain, type Colours } from '../output.ts';
import { connect } from '../replay/connect.ts';
import { guessTopic } from '../replay/guess-topic.ts';
import { fileKnownSecrets } from '../replay/known-secrets.ts';
import { payloadsOf } from '../replay/payloads.ts';
import { replayPayload, type ReplayOutcome } from '../replay/replay-payload.ts';
import { deliveryIdOf, type ChannelName } from '../replay/sign-webhook.ts';
import { PROJECT, openSession } from '../session.ts';

type Options = {
  readonly channel: ChannelName;
  readonly connection: string;
  readonly secret?: string;
  readonly topic?: string;
  readonly newIds?: boolean;
};
type Report = ReplayOutcome & { readonly file: string; readonly index?: number };

const filesOf = (path: string): string[] => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no file or folder ${path}`);
  if (found.isFile()) return [path];
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(path, name))
    .sort();
  if (files.length === 0) throw new UsageError(`${path} holds no files`);
  return files;
};

const paint: Readonly<Record<ReplayOutcome['outcome'], (colours: Colours) => (text: string) => string>> = {
  accepted: (colours) => (text) => colours.green(text),
  duplicate: (colours) => (text) => colours.cyan(text),
  ignored: (colours) => (text) => colours.cyan(text),
  refused: (colours) => (text) => colours.yellow(text),
  lost: (colours) => (text) => colours.red(text),
  crashed: (colours) => (text) => colours.red(text),
};

const sentence = ({ outcome, orderId, reason }: Report): string =>
  [
    outcome,
    orderId === undefined ? '' : outcome === 'accepted' ? ` as order ${orderId}` : ` (order ${orderId})`,
    reason === undefined ? '' : `: ${plain(reason)}`,
  ].join('');

const summarise = (reports: readonly Report[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of reports) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

/** `yard replay DIR --channel C --connection X` */
export const registerReplay = (program: Command): void => {
  program
    .command('replay')
    .argument('<path>', 'a payload file, or a folder of them')
    .summary('send payload files through a signed webhook')
    .description(
      `Send each payload file through the signed webhook of a connection, byte for byte, and say what became of it:
accepted as an order, duplicate, ignored with the reason, refused with the reason. A file that holds a list is sent as
one delivery per element. The same bytes are the same delivery, so a second replay changes nothing (--new-ids: send
them as new deliveries). Exit code 1: a delivery was lost, or the API failed.`,
    )
    .addOption(
      new Option('--channel <channel>', 'whose payloads')
        .choices(['shopify', 'woocommerce'])
        .makeOptionMandatory(),
    )
    .requiredOption('--connection <name>', 'the connection to deliver to; it is made if it does not exist')
    .option(
      '--secret <secret>',
      'what the connection signs with; a connection that is made gets this or a new one',
    )
    .option('--topic <topic>', 'deliver under this topic; otherwise it is judged by the payload')
    .option('--new-ids', 'new delivery ids: as if the channel sent everything once more')
    .addHelpText('after', examples('replay payloads/shopify --channel shopify --connection demo'))
    .action(async (path: string, options: Options, command: Command) => {
      const { api, out } = openSession(command);
      const files = filesOf(path);
      const secret = await connect(api, fileKnownSecrets(PROJECT), options, {
        onWait: () => out.progress('the connection is made; waiting until the receiver knows it'),
      });
      const salt = options.newIds === true ? randomBytes(8).toString('hex') : '';
      const reports: Report[] = [];
      for (const [at, file] of files.entries()) {
        const name = basename(file);
        for (const payload of payloadsOf(readFileSync(file, 'utf8'))) {
          const topic = options.topic ?? guessTopic(options.channel, payload, name);
          const body = Buffer.from(payload.text, 'utf8');
          const id = deliveryIdOf(options.connection, topic, body, salt);
          const delivery = { channel: options.channel, connection: options.connection, topic, body, id };
          const outcome = await replayPayload(api, delivery, secret);
          const report = {
            file: name,
            ...(payload.index === undefined ? {} : { index: payload.index }),
            ...outcome,
          };
          reports.push(report);
          const label = payload.index === undefined ? name : `${name} [${payload.index}]`;
          if (!out.json) {
            out.progress('');
            out.print(
              `${plain(label).padEnd(48)}  ${out.colours.dim(topic.padEnd(26))}  ${paint[report.outcome](out.colours)(sentence(report))}`,
            );
          }
          out.progress(`${formatBar((at + 1) / files.length)}  ${name}`);
        }
      }
      out.progress('');
      const counts = summarise(reports);
      if (out.json) out.document({ deliveries: reports, counts });
      else
        out.print(
          `${countOf(files.length, 'file')}, ${reports.length} deliveries: ${Object.entries(counts)
            .map(([outcome, count]) => `${count} ${outcome}`)
            .join(', ')}`,
        );
      if (reports.some(({ outcome }) => outcome === 'lost' || outcome === 'crashed'))
        throw new NotFine('not all arrived');
    });
};
