import { InvalidArgumentError } from 'commander';

export type SkuQuantity = { readonly sku: string; readonly quantity: number };

/** `SKU=UNITS`, once for every time the option is given. A SKU may hold an equals sign: the last one counts. */
export const skuQuantities = (text: string, earlier: readonly SkuQuantity[] = []): readonly SkuQuantity[] => {
  const [, sku = '', units = ''] = /^(.+)=([1-9]\d{0,6})$/.exec(text) ?? [];
  if (sku === '') throw new InvalidArgumentError('say SKU=UNITS, whole units of 1 or more.');
  if (earlier.some((line) => line.sku === sku)) throw new InvalidArgumentError(`${sku} is named twice.`);
  return [...earlier, { sku, quantity: Number(units) }];
};
