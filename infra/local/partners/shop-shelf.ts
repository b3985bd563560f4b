/** Where the simulated shops keep their goods. */
export const LOCATION = '655441491';

const digitsOf = (text: string): number =>
  [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1e9, 7);

/** What a simulated shop sells and shows: everything that it is asked for, under ids of its own. */
export type ShopShelf = {
  readonly idOf: (sku: string) => number;
  /** Undefined until the shop is told. */
  readonly shownOf: (id: number) => number | undefined;
  readonly show: (id: number, units: number) => void;
};

export const makeShopShelf = (): ShopShelf => {
  const shown = new Map<number, number>();
  return {
    idOf: digitsOf,
    shownOf: (id) => shown.get(id),
    show: (id, units) => void shown.set(id, units),
  };
};
