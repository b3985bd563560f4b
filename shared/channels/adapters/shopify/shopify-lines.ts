import type { CanonicalOrderInput } from '../../../contracts/orders/canonical-order.ts';
import { allocate } from '../../../kernel/money.ts';
import { amountOf } from '../reading/amounts.ts';
import { flagOf, idOf, listOf, textOf, unitsOf, type Json, type JsonObject } from '../reading/fields.ts';
import { compact, requireDistinct, skuOf } from '../reading/order-parts.ts';
import { Refusal } from '../reading/refusal.ts';

type CanonicalLine = CanonicalOrderInput['lines'][number];

type ReadLine = {
  readonly id: string;
  readonly fields: JsonObject;
  readonly ordered: number;
  /** What is left of it after refunds and edits. */
  readonly current: number;
  readonly price: number;
  readonly discount: number;
  readonly tax: number;
};

const sumOf = (entries: Json, field: string, currency: string, where: string): number =>
  listOf(entries).reduce((sum, entry) => sum + (amountOf(entry[field], currency, where) ?? 0), 0);

const quantityOf = (value: Json, id: string): number | undefined => {
  const units = unitsOf(value);
  if (units === 'unreadable') throw new Refusal(`line ${id}: the quantity is not a whole number of units`);
  return units;
};

const readLine = (fields: JsonObject, index: number, currency: string): ReadLine => {
  const id = idOf(fields['id']) ?? `position-${index + 1}`;
  const ordered = quantityOf(fields['quantity'], id);
  if (ordered === undefined) throw new Refusal(`line ${id} has no quantity`);
  const current = quantityOf(fields['current_quantity'], id) ?? ordered;
  const price = amountOf(fields['price'], currency, `line ${id}: price`);
  if (price === undefined) throw new Refusal(`line ${id} has no price`);
  const allocated = sumOf(fields['discount_allocations'], 'amount', currency, `line ${id}: discount`);
  const own = amountOf(fields['total_discount'], currency, `line ${id}: discount`) ?? 0;
  return {
    id,
    fields,
    ordered,
    current: Math.min(current, ordered),
    price,
    discount: listOf(fields['discount_allocations']).length > 0 ? allocated : own,
    tax: sumOf(fields['tax_lines'], 'price', currency, `line ${id}: tax`),
  };
};

/**
 * Orders from before discount allocations name one discount for the order: what the lines do not account for is
 * spread over them by what they cost, to the cent.
 */
const spreadOrderDiscount = (lines: readonly ReadLine[], said: number | undefined): readonly ReadLine[] => {
  const areAllocated = lines.some((line) => line.fields['discount_allocations'] !== undefined);
  const rest = (said ?? 0) - lines.reduce((sum, line) => sum + line.discount, 0);
  const weights = lines.map((line) => Math.max(0, line.price * line.ordered - line.discount));
  const spreadable = Math.min(
    rest,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  if (areAllocated || spreadable <= 0) return lines;
  const shares = allocate(spreadable, weights);
  return lines.map((line, index) => ({ ...line, discount: line.discount + (shares[index] ?? 0) }));
};

/** The part of an amount for the whole line that falls on `units` of it. */
const shareOf = (amount: number, units: number, ordered: number): number =>
  allocate(amount, [units, ordered - units])[0] ?? 0;

const fallbackSku = ({ id, fields }: ReadLine): string => {
  const variant = idOf(fields['variant_id']);
  const product = idOf(fields['product_id']);
  if (variant !== undefined) return `variant:${variant}`;
  return product === undefined ? `custom:${id}` : `product:${product}`;
};

const canonicalLineOf = (line: ReadLine, units: number): CanonicalLine => {
  const discount = shareOf(line.discount, units, line.ordered);
  return {
    lineId: line.id,
    sku: skuOf(line.fields['sku'], fallbackSku(line), line.id),
    ...compact({ title: textOf(line.fields['title']) ?? textOf(line.fields['name']) }),
    quantity: units,
    unitPrice: line.price,
    discount,
    tax: shareOf(line.tax, units, line.ordered),
    total: line.price * units - discount,
    requiresShipping: flagOf(line.fields['requires_shipping']) ?? true,
  };
};

/**
 * The lines of a Shopify order. `current`: what is left after refunds and edits (`quantity` stays as ordered there);
 * `ordered`: as first bought. Amounts in minor units of `currency`.
 */
export const readShopifyLines = (
  order: JsonObject,
  currency: string,
): { readonly ordered: readonly CanonicalLine[]; readonly current: readonly CanonicalLine[] } => {
  const read = listOf(order['line_items']).map((fields, index) => readLine(fields, index, currency));
  requireDistinct(read.map((line) => line.id));
  const lines = spreadOrderDiscount(read, amountOf(order['total_discounts'], currency, 'total_discounts'));
  const linesOf = (unitsOfLine: (line: ReadLine) => number) =>
    lines.filter((line) => unitsOfLine(line) > 0).map((line) => canonicalLineOf(line, unitsOfLine(line)));
  return { ordered: linesOf((line) => line.ordered), current: linesOf((line) => line.current) };
};
