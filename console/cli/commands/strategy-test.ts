import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import * as z from 'zod';
import { decisionInputs } from '../../../shared/contracts/sourcing/decision.ts';
import { decideOrder, type Strategy } from '../../../shared/sourcing/index.ts';
import { NotFine } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { readDraft } from '../read-draft.ts';
import { openSession } from '../session.ts';

/** Orders with the world that they meet and what has to come of them; what is not said is not looked at. */
export const goldenOrders = z.strictObject({
  format: z.literal('switchyard/golden-orders@1'),
  orders: z
    .array(
      z.strictObject({
        name: z.string(),
        inputs: decisionInputs.omit({ strategy: true }),
        expect: z.strictObject({
          outcome: z.enum(['complete', 'partial', 'nothing']).optional(),
          nodes: z.array(z.string()).optional(),
          notNodes: z.array(z.string()).optional(),
          relaxed: z.array(z.string()).optional(),
          costAtMost: z.number().optional(),
        }),
      }),
    )
    .min(1),
});
type Golden = z.infer<typeof goldenOrders>['orders'][number];

const same = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** What came out otherwise than a golden order says; empty when all of it holds. */
export const differencesOf = ({ inputs, expect }: Golden, strategy: Strategy): readonly string[] => {
  const { outcome, parcels, relaxed, cost } = decideOrder({ ...inputs, strategy });
  const nodes = parcels.map(({ node }) => node);
  const unwanted = (expect.notNodes ?? []).filter((node) => nodes.includes(node));
  return [
    ...(expect.outcome === undefined || expect.outcome === outcome
      ? []
      : [`is ${outcome}, expected ${expect.outcome}`]),
    ...(expect.nodes === undefined || same(expect.nodes, nodes)
      ? []
      : [`ships from ${nodes.join(', ') || 'nowhere'}, expected ${expect.nodes.join(', ') || 'nowhere'}`]),
    ...unwanted.map((node) => `ships from ${node}, which it should not`),
    ...(expect.relaxed === undefined || same(expect.relaxed, relaxed)
      ? []
      : [`gave way: ${relaxed.join(', ') || 'nothing'}, expected ${expect.relaxed.join(', ') || 'nothing'}`]),
    ...(expect.costAtMost === undefined || cost.money <= expect.costAtMost
      ? []
      : [`costs ${cost.money.toFixed(0)}, expected at most ${expect.costAtMost}`]),
  ];
};

/** `yard strategy test` */
export const registerStrategyTest = (group: Command): void => {
  group
    .command('test')
    .description('Decide golden orders by a strategy and compare. Needs no cloud.')
    .argument('<strategy-file>', 'the strategy as JSON')
    .argument('<golden-file>', 'orders of the format switchyard/golden-orders@1')
    .action(async (file: string, goldenFile: string, _options: unknown, command: Command) => {
      const { out } = openSession(command);
      const strategy = await readDraft(file);
      const { orders } = goldenOrders.parse(JSON.parse(await readFile(goldenFile, 'utf8')));
      const results = orders.map((golden) => ({
        name: golden.name,
        differences: differencesOf(golden, strategy),
      }));
      const failed = results.filter(({ differences }) => differences.length > 0);
      if (out.json) out.document(results);
      else {
        for (const { name, differences } of results) {
          out.print(`${differences.length === 0 ? out.colours.green('ok') : out.colours.red('no')}  ${name}`);
          for (const difference of differences) out.print(`      ${difference}`);
        }
        out.print(`${countOf(orders.length, 'golden order')}, ${failed.length} not as expected`);
      }
      if (failed.length > 0) throw new NotFine('golden orders came out otherwise');
    });
};
