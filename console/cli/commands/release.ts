import type { Command } from 'commander';
import type * as z from 'zod';
import type { gathering, release } from '../../../shared/contracts/sourcing/releases.ts';
import { examples } from '../examples.ts';
import { countOf, formatMoment } from '../format-values.ts';
import { formatTable } from '../output.ts';
import { openSession } from '../session.ts';
import { tellAmount } from '../tell-decision.ts';

type Release = z.infer<typeof release>;
type Gathering = z.infer<typeof gathering>;

/** What planning together was worth, as far as it can be said in money of the network. */
const tellSaving = ({ chosen, cost, oneByOneCost }: Release): string =>
  chosen === 'together'
    ? `${tellAmount(oneByOneCost - cost)} less than one by one`
    : 'one by one was as good';

const tellRelease = (release: Release): readonly string[] => [
  `${release.releaseId}: ${countOf(release.orders, 'order')} planned together, ${tellSaving(release)}.`,
  `${release.released} went on with their plan, ${release.kept} go on waiting, ${release.carried} are left to the next release.`,
  `Weighed cost ${tellAmount(release.cost)}, one by one ${tellAmount(release.oneByOneCost)}; seed ${release.seed}, ${release.work} order decisions at most.`,
];

const registerList = (group: Command): void => {
  group
    .command('list')
    .description('List who waits to be planned together, since when, and how the last release went.')
    .action(async (_options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const { items } = await api.get<{ items: readonly Gathering[] }>('/v1/sourcing/releases');
      if (out.json) return out.document(items);
      if (items.length === 0) return out.print('No strategy in force gathers orders.');
      const rows = items.map(({ strategyId, windowMinutes, waiting, since, nextAt, last }) => [
        strategyId,
        `${windowMinutes} min`,
        String(waiting),
        since === undefined ? '' : formatMoment(since),
        formatMoment(nextAt),
        last === undefined ? '' : `${countOf(last.orders, 'order')}, ${tellSaving(last)}`,
      ]);
      const head = ['STRATEGY', 'EVERY', 'WAITING', 'SINCE (UTC)', 'NEXT (UTC)', 'LAST'];
      out.print(formatTable(head, rows, ['WAITING']));
    });
};

const registerShow = (group: Command): void => {
  group
    .command('show')
    .description('Show one release.')
    .argument('<release>', 'its id, as list and yard decision show it')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const found = await api.get<Release>(`/v1/sourcing/releases/${encodeURIComponent(id)}`);
      if (out.json) return out.document(found);
      for (const sentence of tellRelease(found)) out.print(sentence);
    });
};

const registerRun = (group: Command): void => {
  group
    .command('run')
    .description('Release the orders that wait under a strategy now, without waiting for its window.')
    .argument('<strategy>', 'its id')
    .option('--dry-run', 'plan them and write nothing')
    .action(async (strategyId: string, { dryRun = false }: { dryRun?: boolean }, command: Command) => {
      const { api, out } = openSession(command);
      const path = '/v1/sourcing/releases';
      const { body } = await api.call<Release>({ method: 'POST', path, body: { strategyId, dryRun } });
      if (out.json) return out.document(body);
      for (const sentence of tellRelease(body)) out.print(sentence);
      if (dryRun) out.print('Nothing was written.');
    });
};

/** `yard release ...` */
export const registerRelease = (program: Command): void => {
  const group = program
    .command('release')
    .summary('orders that wait to be planned together: list, show, run')
    .description('Orders whose strategy plans many together: who waits, and what the releases have saved.')
    .addHelpText(
      'after',
      examples('release list', 'release run parcels-us --dry-run', 'release show parcels-us.mftr2k9q'),
    );
  registerList(group);
  registerShow(group);
  registerRun(group);
};
