import { count, nodeId, sku } from '../../contracts/scalars.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { readCsv, type CsvRow } from '../../platform/csv.ts';
import type { Cell } from '../domain/cell.ts';
import type { ReadStockRow, StockRow } from '../application/import-stock.ts';

const MAX_ROWS = 1000;

/** Only plain digits count: "1e3", "0x10" or "12.0" are somebody's formatting accident, not a count. */
export const wholeUnits = (cell: string | undefined, column: string): Result<number | undefined, string> => {
  if (cell === undefined) return ok(undefined);
  if (/^-\d/.test(cell)) return refuse(`${column}: ${cell} is negative`);
  if (!/^\d+$/.test(cell)) return refuse(`${column}: ${cell} is not a whole number`);
  const parsed = count.safeParse(Number(cell));
  return parsed.success ? ok(parsed.data) : refuse(`${column}: ${cell} is too large`);
};

type NamedCells = CsvRow['cells'];

/** The cell that a row speaks of. */
export const cellIn = (cells: NamedCells): Result<Cell, string> => {
  const parsedSku = sku.safeParse(cells['sku'] ?? '');
  if (!parsedSku.success) return refuse('sku: is not a SKU');
  const parsedNode = nodeId.safeParse(cells['nodeId'] ?? '');
  if (!parsedNode.success) return refuse('nodeId: is not a node id');
  return ok({ sku: parsedSku.data, nodeId: parsedNode.data });
};

const stockRowFrom = ({ cells }: CsvRow): Result<StockRow, string> => {
  const cell = cellIn(cells);
  if (!cell.ok) return cell;
  const onHand = wholeUnits(cells['onHand'], 'onHand');
  if (!onHand.ok) return onHand;
  const safetyStock = wholeUnits(cells['safetyStock'], 'safetyStock');
  if (!safetyStock.ok) return safetyStock;
  return ok({
    cell: cell.value,
    onHand: onHand.value,
    safetyStock: safetyStock.value,
  });
};

/** Reads a CSV file of counted stock; refused as a whole only when it is no such file. */
export const readStockRows = (text: string): Result<readonly ReadStockRow[], string> => {
  const rows = readCsv(text, { required: ['sku', 'nodeId', 'onHand'], maxRows: MAX_ROWS });
  return rows.ok ? ok(rows.value.map((row) => ({ row: row.row, entry: stockRowFrom(row) }))) : rows;
};
