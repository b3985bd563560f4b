import type { Box } from './box.ts';
import type { LotProblem } from './lot-problem.ts';

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The box while it is narrowed: own copies, so that bounds can be moved where they stand. */
class Narrowing {
  readonly least: number[][];
  readonly most: number[][];
  readonly leastMissing: number[];
  readonly mostMissing: number[];
  readonly ships: boolean[];
  isEmpty = false;
  hasMoved = true;
  readonly #problem: LotProblem;
  readonly #box: Box;

  constructor(problem: LotProblem, box: Box) {
    this.#problem = problem;
    this.#box = box;
    this.least = box.least.map((row) => [...row]);
    this.most = box.most.map((row) => [...row]);
    this.leastMissing = [...box.leastMissing];
    this.mostMissing = [...box.mostMissing];
    this.ships = [...box.ships];
  }

  atMost(lot: number, node: number, most: number): void {
    const row = this.most[lot];
    if (row === undefined || (row[node] ?? 0) <= most) return;
    row[node] = most;
    this.hasMoved = true;
    if (most < this.leastAt(lot, node)) this.isEmpty = true;
  }

  atLeast(lot: number, node: number, least: number): void {
    const row = this.least[lot];
    if (row === undefined || (row[node] ?? 0) >= least) return;
    row[node] = least;
    this.hasMoved = true;
    if (least > this.mostAt(lot, node)) this.isEmpty = true;
  }

  missesAtLeast(lot: number, least: number): void {
    if ((this.leastMissing[lot] ?? 0) >= least) return;
    this.leastMissing[lot] = least;
    this.hasMoved = true;
    if (least > (this.mostMissing[lot] ?? 0)) this.isEmpty = true;
  }

  missesAtMost(lot: number, most: number): void {
    if ((this.mostMissing[lot] ?? 0) <= most) return;
    this.mostMissing[lot] = most;
    this.hasMoved = true;
    if (most < (this.leastMissing[lot] ?? 0)) this.isEmpty = true;
  }

  leastAt(lot: number, node: number): number {
    return this.least[lot]?.[node] ?? 0;
  }

  mostAt(lot: number, node: number): number {
    return this.most[lot]?.[node] ?? 0;
  }

  shut(node: number): void {
    for (let lot = 0; lot < this.most.length; lot += 1) this.atMost(lot, node, 0);
  }

  /** What is wanted, shipped and missing of a lot adds up. */
  balanceLots(): void {
    const { lots, sources, maxShipments } = this.#problem;
    lots.forEach(({ wanted }, lot) => {
      const certain = sumOf(this.least[lot] ?? []);
      this.missesAtMost(lot, this.#box.complete ? 0 : wanted - certain);
      const room = wanted - certain - (this.leastMissing[lot] ?? 0);
      if (room < 0) this.isEmpty = true;
      const row = this.most[lot] ?? [];
      for (let node = 0; node < row.length; node += 1)
        this.atMost(lot, node, this.leastAt(lot, node) + Math.max(0, room));
      const nodes = sources.reduce(
        (fewest, source) => (source.lots.includes(lot) ? Math.min(fewest, source.most) : fewest),
        maxShipments,
      );
      const best = [...row].sort((one, other) => other - one).slice(0, nodes);
      this.missesAtLeast(lot, wanted - sumOf(best));
    });
  }

  /** Lots that are after the same SKU share what is there: at each node, and in all. */
  shareShelves(): void {
    const { shelves, lots } = this.#problem;
    for (const { takers, stock } of shelves) {
      const certain = stock.map((_, node) =>
        takers.reduce((sum, { lot, units }) => sum + units * this.leastAt(lot, node), 0),
      );
      stock.forEach((held, node) => {
        const left = held - (certain[node] ?? 0);
        if (left < 0) this.isEmpty = true;
        for (const { lot, units } of takers)
          this.atMost(lot, node, this.leastAt(lot, node) + Math.max(0, Math.floor(left / units)));
      });
      const all = stock.reduce(
        (sum, held, node) =>
          sum +
          Math.min(
            held,
            takers.reduce((most, { lot, units }) => most + units * this.mostAt(lot, node), 0),
          ),
        0,
      );
      const filled = ({ lot, units }: (typeof takers)[number]): number =>
        units * Math.max(0, (lots[lot]?.wanted ?? 0) - (this.mostMissing[lot] ?? 0));
      const allFilled = takers.reduce((sum, taker) => sum + filled(taker), 0);
      for (const taker of takers) {
        const left = Math.floor((all - allFilled + filled(taker)) / taker.units);
        this.missesAtLeast(taker.lot, (lots[taker.lot]?.wanted ?? 0) - left);
      }
    }
  }

  /** Once as many nodes are certain as may be, the others are out. */
  countNodes(): void {
    const { sources, maxShipments } = this.#problem;
    const isCertain = (lots: readonly number[], node: number): boolean =>
      lots.some((lot) => this.leastAt(lot, node) > 0);
    for (const { lots, most } of sources) {
      const certain = this.ships.map((_, node) => isCertain(lots, node));
      const count = certain.filter(Boolean).length;
      if (count > most) this.isEmpty = true;
      if (count < most) continue;
      certain.forEach((known, node) => {
        if (!known) for (const lot of lots) this.atMost(lot, node, 0);
      });
    }
    const all = this.least.map((_, lot) => lot);
    this.ships.forEach((known, node) => {
      if (!known && isCertain(all, node)) this.ships[node] = true;
    });
    const count = this.ships.filter(Boolean).length;
    if (count > maxShipments) this.isEmpty = true;
    if (count === maxShipments)
      this.ships.forEach((known, node) => {
        if (!known) this.shut(node);
      });
  }

  /** A node whose part cannot be worth enough is out; one that ships must come to it. */
  weighParts(): void {
    const { partAbove, value } = this.#problem;
    if (partAbove === 0) return;
    this.ships.forEach((ships, node) => {
      const worth = value.reduce((sum, each, lot) => sum + each * this.mostAt(lot, node), 0);
      if (worth < partAbove && ships) this.isEmpty = true;
      if (worth < partAbove) return this.shut(node);
      if (!ships) return;
      value.forEach((each, lot) => {
        const needed = partAbove - (worth - each * this.mostAt(lot, node));
        if (needed > 0 && each > 0) this.atLeast(lot, node, Math.ceil(needed / each));
      });
    });
  }

  weighRemainder(): void {
    const { remainderAbove, value } = this.#problem;
    if (!this.#box.leaves) return;
    const worth = value.reduce((sum, each, lot) => sum + each * (this.mostMissing[lot] ?? 0), 0);
    if (worth < remainderAbove) this.isEmpty = true;
    value.forEach((each, lot) => {
      const needed = remainderAbove - (worth - each * (this.mostMissing[lot] ?? 0));
      if (needed > 0 && each > 0) this.missesAtLeast(lot, Math.ceil(needed / each));
    });
  }
}

/** Draws every bound as tight as the limits make it; undefined when the box holds no plan in several parts. */
export const narrowBox = (problem: LotProblem, box: Box): Box | undefined => {
  const narrowing = new Narrowing(problem, box);
  while (narrowing.hasMoved && !narrowing.isEmpty) {
    narrowing.hasMoved = false;
    narrowing.balanceLots();
    narrowing.shareShelves();
    narrowing.countNodes();
    narrowing.weighParts();
    narrowing.weighRemainder();
  }
  const { least, most, leastMissing, mostMissing, ships } = narrowing;
  return narrowing.isEmpty ? undefined : { ...box, least, most, leastMissing, mostMissing, ships };
};
