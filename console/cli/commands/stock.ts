import type { Command } from 'commander';
import { ApiRefusal, type ApiClient } from '../api-client.ts';
import type { PageOf, Stock, StockMovement } from '../api-types.ts';
import { cellPath } from '../cell-path.ts';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { plain } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';
import { positionsAt, renderHistory, renderStock } from '../tell-stock.ts';

/** The newest movements of a cell, and whether there are more. */
export const readHistory = async (
  api: ApiClient,
  sku: string,
  node: string,
  limit: number,
): Promise<{ readonly movements: readonly StockMovement[]; readonly hasMore: boolean }> => {
  const movements: StockMovement[] = [];
  const query = { limit: Math.min(200, limit + 1) };
  for await (const page of api.pages<PageOf<StockMovement>>(`${cellPath(sku, node)}/movements`, query)) {
    movements.push(...page.items);
    if (movements.length > limit) break;
  }
  return { movements: movements.slice(0, limit), hasMore: movements.length > limit };
};

type Options = { readonly node?: string; readonly history?: boolean; readonly limit: number };

/** `yard stock SKU` */
export const registerStock = (program: Command): void => {
  program
    .command('stock')
    .argument('<sku>', 'the SKU')
    .summary('the position of a SKU at every node, and why')
    .description(
      'Show the position of one SKU at every node; with --history why it is what it is at one node, newest first.',
    )
    .option('--node <node>', 'at this node only')
    .option('--history', 'every movement at --node')
    .option('--limit <count>', 'at most this many movements', positiveInteger, 50)
    .addHelpText('after', examples('stock MUG-RED', 'stock MUG-RED --node DC-EAST --history'))
    .action(async (sku: string, { node, history = false, limit }: Options, command: Command) => {
      if (history && node === undefined)
        throw new UsageError('--history needs --node: movements belong to a node');
      const { api, out } = openSession(command);
      try {
        const stock = await api.get<Stock>(`/v1/stock/${encodeURIComponent(sku)}`);
        const told = history && node !== undefined ? await readHistory(api, sku, node, limit) : undefined;
        if (out.json) return out.document({ ...positionsAt(stock, node), ...told });
        renderStock(out, stock, node);
        if (told === undefined) return;
        out.print('');
        renderHistory(out, told.movements);
        if (told.hasMore) out.print('… and more (--limit says how many)');
      } catch (error) {
        if (!(error instanceof ApiRefusal) || error.status !== 404) throw error;
        out.remark(`yard: ${plain(sku)} is not known: ${error.message}`);
        throw new NotFine('unknown SKU');
      }
    });
};
