import { Option, type Command } from 'commander';
import { examples } from '../examples.ts';
import { UsageError } from '../failures.ts';
import { openSession } from '../session.ts';

type Options = { readonly scope: string; readonly node?: string; readonly label: string };

/** `yard keys issue` */
export const registerKeys = (program: Command): void => {
  program
    .command('keys')
    .summary('API keys')
    .description('API keys.')
    .command('issue')
    .description('Issue an API key. It is shown once: only its hash is kept.')
    .addOption(
      new Option('--scope <scope>', 'what it may do')
        .choices(['reader', 'operator', 'node'])
        .makeOptionMandatory(),
    )
    .option('--node <node>', 'the node it acts for, with --scope node')
    .requiredOption('--label <text>', 'whose key it is')
    .addHelpText('after', examples('keys issue --scope node --node DC-EAST --label "scanner, dock 3"'))
    .action(async ({ scope, node, label }: Options, command: Command) => {
      if ((scope === 'node') !== (node !== undefined))
        throw new UsageError('--node goes with --scope node, and only with it');
      const { api, out } = openSession(command);
      const { body } = await api.call<{ keyId: string; key: string }>({
        method: 'POST',
        path: '/v1/keys',
        body: { scope, label, ...(node === undefined ? {} : { nodeId: node }) },
      });
      if (out.json) return out.document(body);
      out.print(body.key);
      out.remark(`key ${body.keyId}: keep it now, it is not shown again`);
    });
};
