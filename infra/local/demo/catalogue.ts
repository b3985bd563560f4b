import type { Dice } from '../partners/dice.ts';

export type DemoItem = {
  readonly sku: string;
  readonly family: number;
  readonly title: string;
  readonly weightGrams: number;
  /** Cents. */
  readonly price: number;
  /** There is less of it than customers want. */
  readonly isScarce: boolean;
};

const FAMILIES = ['Mug', 'Teapot', 'Lamp', 'Cushion', 'Backpack', 'Notebook', 'Blanket', 'Poster'] as const;
const DESIGNS = 25;
/** The last design of each family. */
const SCARCE_DESIGN = 25;

/** 200 items in eight families of 25 designs. */
export const makeCatalogue = (dice: Dice): readonly DemoItem[] =>
  FAMILIES.flatMap((family, index) =>
    Array.from({ length: DESIGNS }, (_, at): DemoItem => {
      const design = at + 1;
      const sku = `${family.toUpperCase()}-${String(design).padStart(2, '0')}`;
      return {
        sku,
        family: index,
        title: `${family}, design ${design}`,
        weightGrams: dice.between(100, 2_500, 'weight', sku),
        price: dice.between(8, 90, 'price', sku) * 100 - 1,
        isScarce: design === SCARCE_DESIGN,
      };
    }),
  );

/** The catalogue as a CSV file for POST /v1/items; titles hold commas, so they are quoted. */
export const itemsCsv = (items: readonly DemoItem[]): string =>
  [
    'sku,title,weightGrams,price,currency',
    ...items.map(
      ({ sku, title, weightGrams, price }) =>
        `${sku},"${title}",${weightGrams},${(price / 100).toFixed(2)},USD`,
    ),
  ].join('\n');
