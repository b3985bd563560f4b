import type * as z from 'zod';
import { item, type ItemInput } from '../../contracts/network/item.ts';
import { node } from '../../contracts/network/node.ts';
import { moneyFromDecimal } from '../../kernel/money.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { readCsv, type CsvRow } from '../../platform/csv.ts';
import type { ReadRow } from '../../platform/import-rows.ts';
import type { Item } from '../domain/item.ts';
import type { Node } from '../domain/node.ts';

const MAX_ROWS = 1000;

const numeric = (cell: string | undefined): number | undefined =>
  cell === undefined ? undefined : Number(cell);

const parsed = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, string> => {
  const result = schema.safeParse(input);
  if (result.success) return ok(result.data);
  return refuse(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
};

/** Cells that are absent stay absent: the schema's defaults are said in one place. */
const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Several words in one cell, apart by blanks or semicolons. */
const words = (cell: string | undefined): readonly string[] | undefined =>
  cell?.split(/[\s;]+/).filter((word) => word !== '');

const CALENDAR_COLUMNS = ['timeZone', 'workingDays', 'closedDates', 'cutOff', 'handlingDays'];

/** A row that says anything of a calendar has one; without a time zone it is then refused. */
const calendarFrom = (cells: CsvRow['cells']): Record<string, unknown> | undefined =>
  CALENDAR_COLUMNS.every((column) => cells[column] === undefined)
    ? undefined
    : present({
        timeZone: cells['timeZone'],
        workingDays: words(cells['workingDays']),
        closedDates: words(cells['closedDates']),
        cutOff: cells['cutOff'],
        handlingDays: numeric(cells['handlingDays']),
      });

const nodeFrom = ({ cells }: CsvRow): Result<Node, string> =>
  parsed(
    node,
    present({
      nodeId: cells['nodeId'],
      name: cells['name'],
      type: cells['type'],
      status: cells['status'],
      snoozedUntil: cells['snoozedUntil'],
      capabilities: words(cells['capabilities']),
      calendar: calendarFrom(cells),
      priority: numeric(cells['priority']),
      ordersPerDay: numeric(cells['ordersPerDay']),
      linesPerDay: numeric(cells['linesPerDay']),
      unitsPerDay: numeric(cells['unitsPerDay']),
      costs: {
        perShipment: numeric(cells['perShipmentCost']) ?? 0,
        perUnit: numeric(cells['perUnitCost']) ?? 0,
      },
      acceptWithinMinutes: numeric(cells['acceptWithinMinutes']),
      shipWithinMinutes: numeric(cells['shipWithinMinutes']),
      endpoint: cells['endpoint'],
      address: present({
        line1: cells['line1'],
        city: cells['city'],
        region: cells['region'],
        postcode: cells['postcode'],
        country: cells['country'],
        latitude: numeric(cells['latitude']),
        longitude: numeric(cells['longitude']),
      }),
    }),
  );

const priceOf = (cells: CsvRow['cells']): Result<ItemInput['price'], string> => {
  const amount = cells['price'];
  if (amount === undefined) return ok(undefined);
  const currency = cells['currency'];
  if (currency === undefined) return refuse('price: needs a currency');
  const money = moneyFromDecimal(amount, currency);
  return money.ok ? money : refuse('price: is not an amount');
};

const itemFrom = ({ cells }: CsvRow): Result<Item, string> => {
  const price = priceOf(cells);
  if (!price.ok) return price;
  return parsed(
    item,
    present({
      sku: cells['sku'],
      title: cells['title'],
      weightGrams: numeric(cells['weightGrams']),
      barcode: cells['barcode'],
      price: price.value,
      requires: words(cells['requires']),
      status: cells['status'],
    }),
  );
};

const reader =
  <Entry>(required: readonly string[], from: (row: CsvRow) => Result<Entry, string>) =>
  (text: string): Result<readonly ReadRow<Entry>[], string> => {
    const rows = readCsv(text, { required, maxRows: MAX_ROWS });
    return rows.ok ? ok(rows.value.map((row) => ({ row: row.row, entry: from(row) }))) : rows;
  };

/** Reads a CSV file of nodes; refused as a whole only when it is no such file. */
export const readNodeRows = reader<Node>(['nodeId', 'name', 'type'], nodeFrom);
/** Reads a CSV file of items; price is a decimal in `currency`. */
export const readItemRows = reader<Item>(['sku', 'title'], itemFrom);
