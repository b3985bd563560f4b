import type { DemoItem } from '../../../infra/local/demo/catalogue.ts';
import { DEMO_CITIES } from '../../../infra/local/demo/network.ts';
import type { PlannedOrder } from '../../../infra/local/demo/order-plan.ts';
import type { Dice } from '../../../infra/local/partners/dice.ts';

/**
 * Orders as most shops have most of: one or two lines of things that one node keeps together, one piece each, over
 * the two channels in turn. Nobody cancels, nothing is scarce.
 */
export const planPlainOrders = (
  dice: Dice,
  items: readonly DemoItem[],
  count: number,
): readonly PlannedOrder[] => {
  const plenty = items.filter(({ isScarce }) => !isScarce);
  return Array.from({ length: count }, (_, index): PlannedOrder => {
    const number = index + 1;
    const first = plenty[Math.floor(dice.share('plain item', number) * plenty.length)];
    const second = plenty.find((item) => item.family === first?.family && item !== first);
    const wanted = [first, dice.happens(0.5, 'plain second', number) ? second : undefined];
    return {
      via: number % 2 === 0 ? 'woocommerce' : 'shopify',
      order: {
        number,
        customer: String(number),
        shipTo: { ...dice.pick(DEMO_CITIES, 'city', number), line1: `${number} Main Street` },
        lines: wanted
          .filter((item) => item !== undefined)
          .map(({ sku, title, price, weightGrams }) => ({
            sku,
            title,
            quantity: 1,
            unitPrice: price,
            weightGrams,
          })),
        shipping: 499,
        discount: 0,
      },
    };
  });
};
