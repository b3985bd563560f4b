import type { GLPK, LP } from 'glpk.js/node';
import type { SourcingInstance } from '../../../shared/sourcing/index.ts';

/**
 * The sourcing problem as a mixed-integer programme, for the peers. Shipments are binary; units may stay
 * continuous, since for fixed shipments the rest is a transportation problem with whole right-hand sides.
 */
export interface Milp {
  readonly objective: readonly Term[];
  readonly rows: readonly Row[];
  /** Upper bounds of the continuous variables (lower bound 0). */
  readonly upper: ReadonlyMap<string, number>;
  readonly binaries: readonly string[];
}

type Term = readonly [name: string, coefficient: number];
interface Row {
  readonly name: string;
  readonly terms: readonly Term[];
  readonly type: '<=' | '=';
  readonly limit: number;
}

export const buildMilp = (instance: SourcingInstance): Milp => {
  const objective: Term[] = [];
  const rows: Row[] = [];
  const upper = new Map<string, number>();
  const binaries: string[] = [];
  const held = new Map(instance.stock.map((row) => [JSON.stringify([row.node, row.sku]), row.quantity]));
  const usedStock = new Map<string, Term[]>();
  const usedNode = new Map<string, Term[]>();
  const addRow = (terms: readonly Term[], type: Row['type'], limit: number): void => {
    if (terms.length > 0) rows.push({ name: `c${rows.length}`, terms, type, limit });
  };
  instance.orders.forEach((order, o) => {
    const shipments: Term[] = [];
    const filled: Term[][] = order.lines.map(() => []);
    order.arcs.forEach((arc, a) => {
      const y = `y${o}_${a}`;
      let isUseful = false;
      order.lines.forEach((line, l) => {
        const cost = arc.unitCosts[line.sku];
        const key = JSON.stringify([arc.node, line.sku]);
        const units = Math.min(held.get(key) ?? 0, line.quantity);
        if (cost === undefined || units === 0) return;
        const x = `x${o}_${a}_${l}`;
        isUseful = true;
        objective.push([x, cost]);
        upper.set(x, units);
        addRow(
          [
            [x, 1],
            [y, -units],
          ],
          '<=',
          0,
        );
        filled[l]?.push([x, 1]);
        usedStock.set(key, [...(usedStock.get(key) ?? []), [x, 1]]);
      });
      if (!isUseful) return;
      objective.push([y, arc.shipmentCost]);
      binaries.push(y);
      shipments.push([y, 1]);
      usedNode.set(arc.node, [...(usedNode.get(arc.node) ?? []), [y, 1]]);
    });
    if (order.maxShipments !== null) addRow(shipments, '<=', order.maxShipments);
    if (order.shipComplete) {
      const none = `w${o}`;
      binaries.push(none);
      objective.push([
        none,
        order.lines.reduce((sum, line) => sum + line.quantity * line.unfilledUnitCost, 0),
      ]);
      order.lines.forEach((line, l) =>
        addRow([...(filled[l] ?? []), [none, line.quantity]], '=', line.quantity),
      );
    } else {
      order.lines.forEach((line, l) => {
        const missing = `z${o}_${l}`;
        objective.push([missing, line.unfilledUnitCost]);
        upper.set(missing, line.quantity);
        addRow([...(filled[l] ?? []), [missing, 1]], '=', line.quantity);
      });
    }
  });
  for (const [key, terms] of usedStock) addRow(terms, '<=', held.get(key) ?? 0);
  for (const node of instance.nodes) {
    if (node.maxOrders !== null) addRow(usedNode.get(node.id) ?? [], '<=', node.maxOrders);
  }
  return { objective, rows, upper, binaries };
};

const expression = (terms: readonly Term[]): string =>
  terms
    .map(([name, value]) => `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`)
    .reduce((lines, term, i) => lines + (i % 8 === 7 ? '\n ' : ' ') + term, '');

/** CPLEX LP text, which is what HiGHS's JavaScript interface reads. */
export const toLpText = (milp: Milp, relaxed = false): string =>
  [
    'Minimize',
    ` obj:${expression(milp.objective)}`,
    'Subject To',
    ...milp.rows.map((row) => ` ${row.name}:${expression(row.terms)} ${row.type} ${row.limit}`),
    'Bounds',
    ...[...milp.upper].map(([name, units]) => ` 0 <= ${name} <= ${units}`),
    ...milp.binaries.map((name) => ` 0 <= ${name} <= 1`),
    ...(relaxed || milp.binaries.length === 0 ? [] : ['Binary', ...milp.binaries.map((name) => ` ${name}`)]),
    'End',
    '',
  ].join('\n');

export const toGlpk = (milp: Milp, glpk: GLPK): LP => ({
  name: 'sourcing',
  objective: {
    direction: glpk.GLP_MIN,
    name: 'cost',
    vars: milp.objective.map(([name, coef]) => ({ name, coef })),
  },
  subjectTo: milp.rows.map((row) => ({
    name: row.name,
    vars: row.terms.map(([name, coef]) => ({ name, coef })),
    bnds:
      row.type === '='
        ? { type: glpk.GLP_FX, ub: row.limit, lb: row.limit }
        : { type: glpk.GLP_UP, ub: row.limit, lb: 0 },
  })),
  bounds: [...milp.upper].map(([name, units]) => ({ name, type: glpk.GLP_DB, ub: units, lb: 0 })),
  binaries: [...milp.binaries],
});
