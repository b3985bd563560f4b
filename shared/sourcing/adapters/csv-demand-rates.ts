import { nodeId, sku } from '../../contracts/scalars.ts';
import type { ReadRow } from '../../platform/import-rows.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { readCsv, type CsvRow } from '../../platform/csv.ts';
import type { WeeklyDemand } from '../domain/decision-inputs.ts';

const MAX_ROWS = 1000;
const MOST_A_WEEK = 1_000_000;

const rateFrom = ({ cells }: CsvRow): Result<WeeklyDemand, string> => {
  const parsedSku = sku.safeParse(cells['sku'] ?? '');
  if (!parsedSku.success) return refuse('sku: is not a SKU');
  const parsedNode = nodeId.safeParse(cells['nodeId'] ?? '');
  if (!parsedNode.success) return refuse('nodeId: is not a node id');
  const cell = cells['unitsPerWeek'] ?? '';
  if (!/^\d+(\.\d+)?$/.test(cell)) return refuse('unitsPerWeek: is not a number of 0 or more');
  return Number(cell) > MOST_A_WEEK
    ? refuse(`unitsPerWeek: ${cell} is too large`)
    : ok({ sku: parsedSku.data, nodeId: parsedNode.data, units: Number(cell) });
};

/** Reads a CSV file of expected demand; refused as a whole only when it is no such file. */
export const readDemandRateRows = (text: string): Result<readonly ReadRow<WeeklyDemand>[], string> => {
  const rows = readCsv(text, { required: ['sku', 'nodeId', 'unitsPerWeek'], maxRows: MAX_ROWS });
  return rows.ok ? ok(rows.value.map((row) => ({ row: row.row, entry: rateFrom(row) }))) : rows;
};
