import type { Command } from 'commander';
import { ApiRefusal } from '../api-client.ts';
import type { PageOf, Stock, StockMovement } from '../api-types.ts';
import { examples } from '../examples.ts';
import { NotFine, UsageError } from '../failures.ts';
import { formatMoment } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession, type Session } from '../session.ts';

const signed = (delta: number): string => (delta > 0 ? `+${delta}` : delta === 0 ? '' : String(delta));

const renderStock = (out: Output, { sku, positions, total }: Stock, node: string | undefined): void => {
  const shown = node === undefined ? positions : positions.filter(({ nodeId }) => nodeId === node);
  if (shown.length === 0)
    return out.print(`${plain(sku)}: no stock has ever been said${node === undefined ? '' : ` at ${node}`}.`);
  const rows = shown.map((position) => [
    position.nodeId,
    ...[position.onHand, position.reserved, position.safetyStock, position.available].map(String),
  ]);
  if (node === undefined)
    rows.push(['all', String(total.onHand), String(total.reserved), '', String(total.available)]);
  const numbers = ['ON HAND', 'RESERVED', 'SAFETY', 'AVAILABLE'];
  out.print(formatTable(['NODE', ...numbers], rows, numbers));
};

const renderHistory = (out: Output, movements: readonly StockMovement[]): void => {
  const numbers = ['ON HAND', 'RESERVED'];
  const rows = movements.map((movement) => [
    formatMoment(movement.at),
    movement.kind,
    signed(movement.onHandDelta),
    signed(movement.reservedDelta),
    movement.onHandAfter === undefined ? '' : `${movement.onHandAfter}/${movement.reservedAfter ?? '?'}`,
    plain(
      [movement.reason, movement.document, movement.actor].filter((part) => part !== undefined).join(', '),
    ),
  ]);
  out.print(formatTable(['AT', 'MOVEMENT', ...numbers, 'AFTER', 'WHY'], rows, numbers));
};

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
