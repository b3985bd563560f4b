import type { GLPK } from 'glpk.js/node';
import highsModule from 'highs';
import type { SourcingInstance } from '../../../shared/sourcing/index.ts';
import { buildMilp, toGlpk, toLpText } from './milp.ts';

// The package types describe its CommonJS face; under ES modules the default export is the loader itself.
const loadHighs = highsModule as unknown as typeof highsModule.default;
type Highs = Awaited<ReturnType<typeof loadHighs>>;

export interface PeerAnswer {
  readonly cost: number;
  readonly bound: number;
  readonly isOptimal: boolean;
  /** Time of the solver's own run; the model had been handed over before. */
  readonly seconds: number;
}

export type Peer = (instance: SourcingInstance, limit?: PeerLimit) => PeerAnswer;
export interface PeerLimit {
  readonly seconds?: number;
  /** Relative gap at which the solver may call a plan optimal; 0 unless said. */
  readonly gap?: number;
}

export interface HighsPeer {
  readonly solve: Peer;
  /** Opens an empty covering programme that grows by columns and is solved again from its last basis. */
  readonly withMaster: <Answer>(rows: MasterRows, use: (master: Master) => Answer) => Answer;
}

/** Stock rows come first (use <= limit), then one row for each order type (served = count). */
export interface MasterRows {
  readonly limits: Float64Array;
  readonly counts: readonly number[];
}

export interface Master {
  readonly addColumn: (cost: number, rows: readonly number[]) => void;
  readonly setRows: (rows: MasterRows) => void;
  readonly solve: () => { readonly objective: number; readonly rowDual: Float64Array };
}

export const makeHighsPeer = async (): Promise<HighsPeer> => {
  const highs: Highs = await loadHighs();
  return {
    solve: (instance, limit = {}) => {
      const milp = buildMilp(instance);
      if (milp.objective.length === 0) return { cost: 0, bound: 0, isOptimal: true, seconds: 0 };
      return highs.withModel({ format: 'lp', data: toLpText(milp) }, (model) => {
        model.options.set({ output_flag: false, mip_rel_gap: limit.gap ?? 0, mip_abs_gap: 1e-9 });
        if (limit.seconds !== undefined) model.options.set({ time_limit: limit.seconds });
        const started = performance.now();
        model.run();
        const seconds = (performance.now() - started) / 1000;
        const cost = model.getObjectiveValue();
        const isOptimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
        const bound = milp.binaries.length === 0 ? cost : Number(model.info.get('mip_dual_bound'));
        return { cost, bound, isOptimal, seconds };
      });
    },
    withMaster: ({ limits, counts }, use) => {
      const model = highs.createModel();
      try {
        model.options.set({ output_flag: false });
        limits.forEach((limit) => model.addRow(-highs.infinity, limit, { indices: [], values: [] }));
        counts.forEach((count) => model.addRow(count, count, { indices: [], values: [] }));
        return use({
          addColumn: (cost, rows) => {
            model.addCol(cost, 0, highs.infinity, { indices: [...rows], values: rows.map(() => 1) });
          },
          setRows: (rows) => {
            rows.limits.forEach((limit, row) => model.changeRowBounds(row, -highs.infinity, limit));
            rows.counts.forEach((count, q) => model.changeRowBounds(rows.limits.length + q, count, count));
          },
          solve: () => {
            model.run();
            return { objective: model.getObjectiveValue(), rowDual: model.getSolution().rowDual };
          },
        });
      } finally {
        model.dispose();
      }
    },
  };
};

export const makeGlpkPeer = async (): Promise<Peer> => {
  const { default: loadGlpk } = await import('glpk.js/node');
  const glpk: GLPK = await loadGlpk();
  return (instance) => {
    const lp = toGlpk(buildMilp(instance), glpk);
    const started = performance.now();
    const { result } = glpk.solve(lp, { msglev: glpk.GLP_MSG_OFF });
    const seconds = (performance.now() - started) / 1000;
    return { cost: result.z, bound: result.z, isOptimal: result.status === glpk.GLP_OPT, seconds };
  };
};
