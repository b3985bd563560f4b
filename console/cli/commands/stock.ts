import type { Command } from 'commander';
import { ApiRefusal } from '../api-client.ts';
import type { PageOf, Stock, StockMovement } from '../api-types.ts';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { plain } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession, type Session } from '../session.ts';
import { renderHistory, renderStock } from '../tell-stock.ts';

const readHistory = async (
  { api }: Session,
  sku: string,
  node: string,
  limit: number,
): Promise<StockMovement[]> => {
  const movements: StockMovement[] = [];
  const path = `/v1/stock/${encodeURIComponent(sku)}/${encodeURIComponent(node)}/movements`;
  for await (const page of api.pages<PageOf<StockMovement>>(path, { limit: Math.min(200, limit) })) {
    movements.push(...page.items);
    if (movements.length >= limit) break;
  }
  return movements.slice(0, limit);
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
      const session = openSession(command);
      const { api, out } = session;
      try {
        const stock = await api.get<Stock>(`/v1/stock/${encodeURIComponent(sku)}`);
        const movements =
          history && node !== undefined ? await readHistory(session, sku, node, limit) : undefined;
        if (out.json) return out.document(movements === undefined ? stock : { ...stock, movements });
        renderStock(out, stock, node);
        if (movements !== undefined) out.print('');
        if (movements !== undefined) renderHistory(out, movements);
      } catch (error) {
        if (!(error instanceof ApiRefusal) || error.status !== 404) throw error;
        out.remark(`yard: ${plain(sku)} is not known: ${error.message}`);
        throw new NotFine('unknown SKU');
      }
    });
};
