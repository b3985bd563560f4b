import type { Command } from 'commander';
import type { CountTask, PageOf } from '../api-types.ts';
import { skuAtNode } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { formatMoment } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { positiveInteger, wholeNumber } from '../parse-options.ts';
import { openSession, type Session } from '../session.ts';

const render = (out: Output, tasks: readonly CountTask[]): void => {
  if (tasks.length === 0) return out.print('Nothing to count.');
  const rows = tasks.map(({ nodeId, sku, status, raisedAt, figure, reason, rejection }) => [
    nodeId,
    plain(sku),
    status,
    formatMoment(raisedAt),
    figure === undefined ? '' : `${figure.onHand} by ${plain(figure.by)}, ${figure.expected} in the books`,
    plain(rejection === undefined ? reason : `counted again: ${rejection.reason}`),
  ]);
  out.print(formatTable(['NODE', 'SKU', 'STATUS', 'SINCE', 'COUNTED', 'WHY'], rows));
};

type Outcome = { readonly outcome: 'applied' | 'review' | 'recount'; readonly task?: CountTask };

const SAID = {
  applied: 'applied: on hand is what was counted, and the cell sells again',
  review: 'too far from the books for one person: somebody else has to approve it, or have it counted again',
  recount: 'not taken: it is to be counted again',
} as const;

const act = async (
  { api, out }: Session,
  { sku, node }: { readonly sku: string; readonly node: string },
  what: 'figure' | 'approval' | 'rejection',
  body: unknown,
): Promise<void> => {
  const path = `/v1/counts/${skuAtNode(sku, node)}/${what}`;
  const answer = await api.call<Outcome>({ method: 'POST', path, body });
  if (out.json) out.document(answer.body);
  else out.print(`${plain(sku)} at ${node}: ${SAID[answer.body.outcome]}.`);
};

const registerList = (counts: Command): void => {
  counts
    .command('list')
    .summary('cells to be counted, and counts that wait for a second person')
    .option('--node <node>', 'at this node only')
    .option('--limit <count>', 'at most this many', positiveInteger, 50)
    .addHelpText('after', examples('counts list --node DC-EAST'))
    .action(async ({ node, limit }: { node?: string; limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const tasks: CountTask[] = [];
      const query = { nodeId: node, limit: Math.min(200, limit) };
      for await (const page of api.pages<PageOf<CountTask>>('/v1/counts', query)) {
        tasks.push(...page.items);
        if (tasks.length >= limit) break;
      }
      if (out.json) out.document(tasks.slice(0, limit));
      else render(out, tasks.slice(0, limit));
    });
};

/** `yard counts list|submit|approve|reject` */
export const registerCounts = (program: Command): void => {
  const counts = program.command('counts').description('cycle counts: what is to be counted, and what was');
  registerList(counts);
  counts
    .command('submit')
    .argument('<sku>', 'the SKU')
    .argument('<node>', 'the node')
    .argument('<units>', 'how many are there', wholeNumber)
    .summary('say what was counted')
    .action((sku: string, node: string, onHand: number, _options: unknown, command: Command) =>
      act(openSession(command), { sku, node }, 'figure', { onHand }),
    );
  counts
    .command('approve')
    .argument('<sku>', 'the SKU')
    .argument('<node>', 'the node')
    .summary('take a figure that waits for review; not by whoever counted')
    .action((sku: string, node: string, _options: unknown, command: Command) =>
      act(openSession(command), { sku, node }, 'approval', {}),
    );
  counts
    .command('reject')
    .argument('<sku>', 'the SKU')
    .argument('<node>', 'the node')
    .summary('do not take a figure that waits for review: it is counted again')
    .requiredOption('--reason <text>', 'why')
    .action((sku: string, node: string, { reason }: { reason: string }, command: Command) =>
      act(openSession(command), { sku, node }, 'rejection', { reason }),
    );
};

type Drift = PageOf<{
  readonly sku: string;
  readonly score: number;
  readonly at: string;
  readonly difference: number;
}> & {
  readonly nodeId: string;
  readonly score: number;
  readonly unitsOff: number;
  readonly unitsSeen: number;
  readonly newestAsOf?: string;
};

/** `yard drift NODE` */
export const registerDrift = (program: Command): void => {
  program
    .command('drift')
    .argument('<node>', 'the node')
    .summary('how far the figures of a node and ours have been apart lately')
    .option('--limit <count>', 'at most this many cells', positiveInteger, 50)
    .addHelpText('after', examples('drift DC-EAST'))
    .action(async (node: string, { limit }: { limit: number }, command: Command) => {
      const { api, out } = openSession(command);
      const cells: Drift['items'][number][] = [];
      let first: Drift | undefined;
      const path = `/v1/drift/${encodeURIComponent(node)}`;
      for await (const page of api.pages<Drift>(path, { limit: Math.min(200, limit) })) {
        first ??= page;
        cells.push(...page.items);
        if (cells.length >= limit) break;
      }
      const items = cells.slice(0, limit).sort((a, b) => b.score - a.score);
      if (first === undefined || out.json) return out.document({ ...first, items, cursor: undefined });
      const { score, unitsOff, unitsSeen, newestAsOf } = first;
      const seen = newestAsOf === undefined ? 'no snapshot yet' : `last snapshot as of ${formatMoment(newestAsOf)}`;
      out.print(`${node}: ${(100 * score).toFixed(2)} % off (${Math.round(unitsOff)} of ${Math.round(unitsSeen)} units), ${seen}.`);
      const rows = items.map(({ sku, score: own, at, difference }) => [plain(sku), own.toFixed(2), String(difference), formatMoment(at)]);
      if (rows.length > 0) out.print(formatTable(['SKU', 'SCORE', 'LAST OFF BY', 'AT'], rows, ['SCORE', 'LAST OFF BY']));
    });
}; // prettier-ignore
