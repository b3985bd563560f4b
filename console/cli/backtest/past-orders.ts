import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export type PastOrder = {
  readonly id: string;
  /** Day it was placed, `2010-12-01`. */
  readonly day: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly value: number }[];
};

type Row = {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Quantity: string;
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
};

/** Postage, discounts and corrections have letters where products have a number. */
const isProduct = ({ InvoiceNo, StockCode, Quantity }: Row): boolean =>
  /^\d/.test(InvoiceNo) && /^\d{5}/.test(StockCode) && /^[1-9]\d*$/.test(Quantity);

/**
 * The orders of the first `days` days on which there are any, from invoice lines in the columns of UCI's Online Retail
 * (InvoiceNo, StockCode, Quantity, InvoiceDate, UnitPrice), sorted by time; `.gz` or plain. Cancellations, returns and
 * what is no product are left out; lines of one product are added up.
 */
export const readPastOrders = async (file: string, days: number): Promise<readonly PastOrder[]> => {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  const rows = text.pipe(parse({ columns: true, bom: true, relax_column_count: true }));
  type Lines = Map<string, PastOrder['lines'][number]>;
  const orders = new Map<string, { readonly day: string; readonly lines: Lines }>();
  const seen = new Set<string>();
  for await (const row of rows as AsyncIterable<Row>) {
    if (!isProduct(row)) continue;
    const day = row.InvoiceDate.slice(0, 10);
    seen.add(day);
    if (seen.size > days) break;
    const order = orders.get(row.InvoiceNo) ?? { day, lines: new Map<string, PastOrder['lines'][number]>() };
    const known = order.lines.get(row.StockCode)?.quantity ?? 0;
    const value = Math.max(0, Math.round(Number(row.UnitPrice) * 100));
    order.lines.set(row.StockCode, { sku: row.StockCode, quantity: known + Number(row.Quantity), value });
    orders.set(row.InvoiceNo, order);
  }
  bytes.destroy();
  return [...orders].map(([id, { day, lines }]) => ({ id, day, lines: [...lines.values()] }));
};
