import type { Dice } from '../partners/dice.ts';
import type { DemoItem } from './catalogue.ts';
import { DEMO_NODES } from './network.ts';

export type DemoStock = { readonly sku: string; readonly nodeId: string; readonly onHand: number };

/**
 * Which families a node keeps in depth. No node keeps all: an order over the families of Newark and of Reno has to be
 * split, whoever routes it.
 */
const FAMILIES_AT: Readonly<Record<string, readonly number[]>> = {
  'DC-EAST': [0, 1, 2, 3],
  'DC-CENTRAL': [2, 3, 4, 5],
  'DC-WEST': [4, 5, 6, 7],
  '3PL-ATLANTA': [0, 1],
  '3PL-DALLAS': [6, 7],
  'SUP-DENVER': [3, 5],
};

const STORE_SHARE = 0.2;

/** Where an item is kept in depth, nearest to hand first; where more of it can be sent when it runs out. */
export const keepersOf = (item: DemoItem): readonly string[] =>
  Object.entries(FAMILIES_AT)
    .filter(([, families]) => families.includes(item.family))
    .map(([nodeId]) => nodeId);

/** What was counted when the demo opens. Of scarce items there are two, in one place. */
export const makeStockPlan = (dice: Dice, items: readonly DemoItem[]): readonly DemoStock[] =>
  items.flatMap((item) => {
    const keepers = keepersOf(item);
    if (item.isScarce)
      return keepers.map((nodeId, index) => ({ sku: item.sku, nodeId, onHand: index === 0 ? 2 : 0 }));
    const deep = keepers.map((nodeId) => ({
      sku: item.sku,
      nodeId,
      onHand: dice.between(15, 50, 'stock', item.sku, nodeId),
    }));
    const shelves = DEMO_NODES.filter(({ type }) => type === 'store')
      .filter(({ nodeId }) => dice.happens(STORE_SHARE, 'on the shelf', item.sku, nodeId))
      .map(({ nodeId }) => ({
        sku: item.sku,
        nodeId,
        onHand: dice.between(1, 4, 'shelf', item.sku, nodeId),
      }));
    return [...deep, ...shelves];
  });

/** The count as a CSV file for POST /v1/stock. */
export const stockCsv = (stock: readonly DemoStock[]): string =>
  ['sku,nodeId,onHand', ...stock.map(({ sku, nodeId, onHand }) => `${sku},${nodeId},${onHand}`)].join('\n');
