import type { Result } from '../../kernel/result.ts';
import type { Actor } from '../domain/actor.ts';
import { count, type Count } from '../domain/adjust-stock.ts';
import { cellKey, type Cell } from '../domain/cell.ts';
import { applyChange, type AdjustDeps } from './adjust-stock.ts';

/** What one row says of one cell. On hand absent: unknown, never zero; it is left alone. */
export type StockRow = {
  readonly cell: Cell;
  readonly onHand: number | undefined;
  readonly safetyStock: number | undefined;
};

/** A row of the file (the header is row 1): what it says, or why it cannot be used. */
export type ReadStockRow = { readonly row: number; readonly entry: Result<StockRow, string> };

export type ImportOutcome = {
  readonly dryRun: boolean;
  readonly accepted: number;
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
};

/** Entries in flight: a thousand rows stay within a Lambda's time without crowding the table. */
const ENTRIES_AT_ONCE = 8;

type GoodRow = { readonly row: number; readonly stock: StockRow };

const sift = async (deps: AdjustDeps, rows: readonly ReadStockRow[]) => {
  const readable = rows.flatMap(({ row, entry }) => (entry.ok ? [{ row, stock: entry.value }] : []));
  const [skus, nodes] = await Promise.all([
    deps.catalogue.knownSkus(readable.map(({ stock }) => stock.cell.sku)),
    deps.network.knownNodes(readable.map(({ stock }) => stock.cell.nodeId)),
  ]);
  const good: GoodRow[] = [];
  const rejected = rows.flatMap(({ row, entry }) => (entry.ok ? [] : [{ row, reason: entry.refusal }]));
  const firstRowOf = new Map<string, number>();
  for (const { row, stock } of readable) {
    const { sku, nodeId } = stock.cell;
    const earlier = firstRowOf.get(cellKey(stock.cell));
    if (!skus.has(sku)) rejected.push({ row, reason: `unknown SKU ${sku}` });
    else if (!nodes.has(nodeId)) rejected.push({ row, reason: `unknown node ${nodeId}` });
    else if (earlier !== undefined)
      rejected.push({ row, reason: `${sku} at ${nodeId} is in row ${earlier} already` });
    else {
      firstRowOf.set(cellKey(stock.cell), row);
      good.push({ row, stock });
    }
  }
  return { good, rejected: rejected.sort((a, b) => a.row - b.row) };
};

const countOf = ({ cell, onHand, safetyStock }: StockRow, key: string): Count => ({
  cell,
  key: `import:${key}`,
  onHand,
  safetyStock,
  reason: 'import',
});

/** Many cells in one entry; when one of them does not let it pass, each on its own. */
const applyTogether = async (deps: AdjustDeps, counts: readonly Count[], actor: Actor): Promise<void> => {
  const known = new Map(
    (await deps.ledger.findPositions(counts.map(({ cell }) => cell))).map((position) => [
      cellKey(position),
      position,
    ]),
  );
  const changes = counts.map((counted) => count(counted, known.get(cellKey(counted.cell)), actor.name));
  const written = await deps.ledger.commit({ at: deps.now(), changes });
  if (written.ok) return;
  for (const counted of counts) {
    await applyChange(deps, counted.cell, (position) => count(counted, position, actor.name));
  }
};

/**
 * Takes a file of counted stock: the good rows are applied, the bad ones named by row and reason. The same key has its
 * effect once a cell, so an import that was cut off is finished by sending it again. A dry run writes nothing.
 */
export const makeImportStock =
  (deps: AdjustDeps) =>
  async (command: {
    readonly key: string;
    readonly rows: readonly ReadStockRow[];
    readonly dryRun: boolean;
    readonly actor: Actor;
  }): Promise<ImportOutcome> => {
    const { good, rejected } = await sift(deps, command.rows);
    if (!command.dryRun) {
      const counts = good.flatMap(({ stock }) =>
        stock.onHand === undefined && stock.safetyStock === undefined ? [] : [countOf(stock, command.key)],
      );
      const size = deps.ledger.cellsPerEntry;
      const entries = Array.from({ length: Math.ceil(counts.length / size) }, (_, index) =>
        counts.slice(index * size, (index + 1) * size),
      );
      const worker = async (): Promise<void> => {
        for (let next = entries.shift(); next !== undefined; next = entries.shift()) {
          await applyTogether(deps, next, command.actor);
        }
      };
      await Promise.all(Array.from({ length: ENTRIES_AT_ONCE }, worker));
    }
    return { dryRun: command.dryRun, accepted: good.length, rejected };
  };
