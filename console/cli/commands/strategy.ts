import { InvalidArgumentError, Option, type Command } from 'commander';
import type * as z from 'zod';
import type { strategy, strategyHead, trialStanding } from '../../../shared/contracts/sourcing/strategy.ts';
import { compareStrategies, rulesOf } from '../../../shared/sourcing/index.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { formatTable, plain } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { readDraft } from '../read-draft.ts';
import { openSession } from '../session.ts';
import { registerStrategyBacktest } from './strategy-backtest.ts';
import { registerStrategyTest } from './strategy-test.ts';

type Head = z.infer<typeof strategyHead>;
type Stored = z.infer<typeof strategy>;
type Standing = z.infer<typeof trialStanding>;
type TrialOptions = {
  readonly share?: number;
  readonly guard: string;
  readonly worseBy: number;
  readonly orders: number;
};

const percent = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 100))
    throw new InvalidArgumentError('a number above 0 and below 100.');
  return value / 100;
};
const inPercent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

const strategyName = (text: string): string => {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(text)) throw new InvalidArgumentError('small letters, digits and -.');
  return text;
};

const versionsPath = (id: string): string => `/v1/sourcing/strategies/${id}/versions`;

const registerList = (group: Command): void => {
  group
    .command('list')
    .description('List the strategies: the version in force, the latest, and what was in force before.')
    .action(async (_options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const { items } = await api.get<{ items: readonly Head[] }>('/v1/sourcing/strategies');
      if (out.json) return out.document(items);
      if (items.length === 0) return out.print('No strategy: every order is sourced at the least cost.');
      const rows = items.map(({ strategyId, active, latest, past, trial, lastTrial }) => [
        strategyId,
        active === null ? 'none' : String(active),
        String(latest),
        past.map((version) => version ?? 'none').join(', '),
        trial !== undefined
          ? `${trial.version}, ${inPercent(trial.share)}`
          : lastTrial === undefined
            ? ''
            : `${lastTrial.version} ${lastTrial.outcome}${lastTrial.reason === undefined ? '' : `: ${lastTrial.reason}`}`,
      ]);
      out.print(
        formatTable(['STRATEGY', 'IN FORCE', 'LATEST', 'BEFORE', 'TRIAL'], rows, ['IN FORCE', 'LATEST']),
      );
    });
};

const registerDraft = (group: Command): void => {
  group
    .command('draft')
    .description('Store a new version of a strategy. It is not in force before it is activated.')
    .argument('<strategy>', 'its id', strategyName)
    .argument('<file>', 'the strategy as JSON')
    .action(async (id: string, file: string, _options: unknown, command: Command) => {
      const { strategyId: _, version: __, ...draft } = await readDraft(file);
      const { api, out } = openSession(command);
      const { body } = await api.call<Stored>({ method: 'POST', path: versionsPath(id), body: draft });
      if (out.json) return out.document(body);
      out.print(`${id} version ${body.version}, ${countOf(body.rules.length, 'rule')}, not yet in force`);
    });
};

const registerDiff = (group: Command): void => {
  group
    .command('diff')
    .description('What one version of a strategy says otherwise than another.')
    .argument('<strategy>', 'its id', strategyName)
    .argument('<before>', 'a version', positiveInteger)
    .argument('<after>', 'a version', positiveInteger)
    .action(async (id: string, before: number, after: number, _options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const [old, now] = await Promise.all(
        [before, after].map(async (version) => api.get<Stored>(`${versionsPath(id)}/${version}`)),
      );
      const changes = old === undefined || now === undefined ? [] : compareStrategies(old, now);
      if (out.json) return out.document(changes);
      if (changes.length === 0) out.print('They say the same.');
      for (const { at, before: was, after: is } of changes) {
        out.print(out.colours.bold(at));
        if (was !== undefined) out.print(out.colours.red(`- ${plain(was)}`));
        if (is !== undefined) out.print(out.colours.green(`+ ${plain(is)}`));
      }
    });
};

const registerActivate = (group: Command): void => {
  const put = async (command: Command, id: string, body: unknown): Promise<void> => {
    const { api, out } = openSession(command);
    const path = `/v1/sourcing/strategies/${id}/activation`;
    const { body: head } = await api.call<Head>({ method: 'POST', path, body });
    if (out.json) return out.document(head);
    out.print(head.active === null ? `${id} is out of force` : `${id} version ${head.active} is in force`);
    if (head.trial !== undefined)
      out.print(
        `version ${head.trial.version} decides ${inPercent(head.trial.share)} of its orders, until it is put in force or withdrawn`,
      );
  };
  group
    .command('activate')
    .description('Put a version of a strategy in force.')
    .argument('<strategy>', 'its id', strategyName)
    .argument('<version>', 'the version', positiveInteger)
    .option('--share <percent>', 'for this share of the orders only, beside the version in force', percent)
    .addOption(
      new Option('--guard <metric>', 'what the version on trial must not make worse')
        .choices(['costPerOrder', 'parcelsPerOrder', 'unfilledShare'])
        .default('costPerOrder'),
    )
    .option('--worse-by <percent>', 'it is withdrawn by itself when it is worse by more', percent, 0.05)
    .option('--orders <n>', 'orders on either side before it is judged', positiveInteger, 200)
    .action(async (id: string, version: number, options: TrialOptions, command: Command) => {
      const { share, guard: metric, worseBy, orders } = options;
      await put(
        command,
        id,
        share === undefined ? { version } : { version, share, guard: { metric, worseBy, orders } },
      );
    });
  group
    .command('rollback')
    .description('Withdraw the version on trial; without one, put back in force what was in force before.')
    .argument('<strategy>', 'its id', strategyName)
    .action(async (id: string, _options: unknown, command: Command) => put(command, id, { rollBack: true }));
};

const registerTrial = (group: Command): void => {
  group
    .command('trial')
    .description('How the version on trial fares beside the one in force.')
    .argument('<strategy>', 'its id', strategyName)
    .action(async (id: string, _options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const standing = await api.get<Standing>(`/v1/sourcing/strategies/${id}/trial`);
      if (out.json) return out.document(standing);
      const { trial, active, metric, inForce, onTrial, verdict } = standing;
      const rows = [
        [`${active} in force`, inForce],
        [`${trial.version} on trial, ${inPercent(trial.share)}`, onTrial],
      ] as const;
      out.print(
        formatTable(
          ['VERSION', 'ORDERS', metric, '+/-'],
          rows.map(([name, { orders, mean, standardError }]) => [
            name,
            String(orders),
            mean.toPrecision(4),
            (1.96 * standardError).toPrecision(2),
          ]),
          ['ORDERS', metric, '+/-'],
        ),
      );
      out.print(
        verdict === 'tooFew'
          ? `too few orders to judge: ${trial.guard.orders} on either side`
          : verdict === 'fine'
            ? `fine: not worse by more than ${inPercent(trial.guard.worseBy)}`
            : 'worse: it is about to be withdrawn',
      );
    });
};

const registerCheck = (group: Command): void => {
  group
    .command('check')
    .description('Say whether a strategy contradicts itself, and which rule does. Needs no cloud.')
    .argument('<file>', 'the strategy as JSON')
    .action(async (file: string, _options: unknown, command: Command) => {
      const { out } = openSession(command);
      const draft = await readDraft(file).catch((error: unknown) => {
        out.remark(`yard: ${error instanceof Error ? error.message : String(error)}`);
        throw new NotFine('the strategy is not fine');
      });
      const stages = draft.stages?.length ?? 0;
      const inStages = stages === 0 ? '' : ` in ${countOf(stages, 'stage')} and the strategy itself`;
      out.print(`${countOf(rulesOf(draft).length, 'rule')}${inStages}, no contradiction`);
    });
};

/** `yard strategy ...` */
export const registerStrategy = (program: Command): void => {
  const group = program
    .command('strategy')
    .summary('sourcing strategies: list, draft, diff, activate, roll back, test, back-test')
    .description('How orders are sourced, as data: versions that never change, one of each in force.')
    .addHelpText(
      'after',
      examples(
        'strategy draft parcels-us strategy.json',
        'strategy diff parcels-us 1 2',
        'strategy activate parcels-us 2',
        'strategy activate parcels-us 3 --share 10 --guard costPerOrder --worse-by 5',
        'strategy trial parcels-us',
        'strategy rollback parcels-us',
      ),
    );
  registerList(group);
  registerDraft(group);
  registerDiff(group);
  registerActivate(group);
  registerTrial(group);
  registerCheck(group);
  registerStrategyTest(group);
  registerStrategyBacktest(group);
};
