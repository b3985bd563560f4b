import type { Dice } from '../partners/dice.ts';
import type { ShopLine, ShopOrder } from '../partners/shop-order.ts';
import type { DemoItem } from './catalogue.ts';
import { DEMO_CITIES } from './network.ts';

export type Via = 'shopify' | 'woocommerce' | 'api';

export type PlannedOrder = {
  readonly via: Via;
  readonly order: Omit<ShopOrder, 'placedAt'>;
  /** ms after it was placed at which the customer thinks better of it. */
  readonly cancelAfter?: number;
};

/** Families that no single node keeps together, and families that one does. */
const APART: readonly [readonly [number, number], ...(readonly [number, number])[]] = [[0, 6], [1, 7], [0, 5], [1, 4], [2, 7], [3, 6]]; // prettier-ignore
const TOGETHER: typeof APART = [[0, 1], [2, 3], [4, 5], [6, 7], [2, 4], [5, 6]]; // prettier-ignore

const APART_RATE = 0.4;
const SCARCE_RATE = 0.12;
const CANCEL_RATE = 0.07;
const DISCOUNT_RATE = 0.25;

const viaOf = (dice: Dice, number: number): Via => {
  const share = dice.share('via', number);
  return share < 0.42 ? 'shopify' : share < 0.82 ? 'woocommerce' : 'api';
};

const lineOf = (dice: Dice, number: number, index: number, item: DemoItem): ShopLine => ({
  sku: item.sku,
  title: item.title,
  quantity: item.isScarce
    ? dice.between(1, 2, 'quantity', number, index)
    : 1 + Math.floor(dice.share('quantity', number, index) ** 3 * 4),
  unitPrice: item.price,
  weightGrams: item.weightGrams,
});

const chooseItems = (dice: Dice, items: readonly DemoItem[], number: number): readonly DemoItem[] => {
  const scarce = items.filter(({ isScarce }) => isScarce);
  const plenty = items.filter(({ isScarce }) => !isScarce);
  const families = dice.pick(
    dice.happens(APART_RATE, 'apart', number) ? APART : TOGETHER,
    'families',
    number,
  );
  const lines = dice.between(2, 4, 'lines', number);
  const wanted = Array.from({ length: lines }, (_, index) => {
    const family = plenty.filter((item) => item.family === families[index % 2]);
    return family[Math.floor(dice.share('item', number, index) * family.length)];
  });
  const rare = dice.happens(SCARCE_RATE, 'scarce', number)
    ? [scarce[Math.floor(dice.share('scarce item', number) ** 2 * scarce.length)]]
    : [];
  return [...new Set([...rare, ...wanted].filter((item) => item !== undefined))];
};

/** What the customers of the demo will order. The same seed orders the same, in the same words. */
export const planOrders = (dice: Dice, items: readonly DemoItem[], count: number): readonly PlannedOrder[] =>
  Array.from({ length: count }, (_, index): PlannedOrder => {
    const number = index + 1;
    const city = dice.pick(DEMO_CITIES, 'city', number);
    const lines = chooseItems(dice, items, number).map((item, at) => lineOf(dice, number, at, item));
    const discount = dice.happens(DISCOUNT_RATE, 'discount', number)
      ? dice.between(50, 500, 'discount of', number)
      : 0;
    return {
      via: viaOf(dice, number),
      order: {
        number,
        customer: String(dice.between(1, 60, 'customer', number)),
        shipTo: { ...city, line1: `${number} Main Street` },
        lines,
        shipping: dice.pick([0, 499, 799], 'shipping', number),
        discount,
      },
      ...(dice.happens(CANCEL_RATE, 'cancel', number)
        ? { cancelAfter: dice.between(0, 400, 'cancel after', number) }
        : {}),
    };
  });
