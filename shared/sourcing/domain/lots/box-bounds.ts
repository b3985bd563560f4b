import type { Box } from './box.ts';

/** The box while it is narrowed: own copies, so that bounds can be moved where they stand. */
export class BoxBounds {
  readonly least: number[][];
  readonly most: number[][];
  readonly leastMissing: number[];
  readonly mostMissing: number[];
  readonly ships: boolean[];
  isEmpty = false;
  hasMoved = true;

  constructor(box: Box) {
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
}
