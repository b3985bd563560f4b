import * as fc from 'fast-check';
import {
  costOfPlans,
  InstanceSolver,
  solveInstance,
  type SourcingInstance,
} from '../../../shared/sourcing/index.ts';
import { makeHighsPeer, type HighsPeer } from '../../bench/sourcing/peers.ts';
import { smallInstances } from './instances.ts';

describe('the sourcing optimiser against a mixed-integer solver', () => {
  let highs: HighsPeer;
  beforeAll(async () => {
    highs = await makeHighsPeer();
  });

  const optimum = (instance: SourcingInstance): number => {
    const { cost, isOptimal } = highs.solve(instance);
    expect(isOptimal).toBe(true);
    return cost;
  };
  const tolerance = (value: number): number => 1e-5 * Math.max(1, Math.abs(value));

  it('finds the optimum of every single order and proves it', () => {
    fc.assert(
      fc.property(smallInstances({ nodes: 6, skus: 4, orders: 1, lines: 6 }), (instance) => {
        const best = optimum(instance);
        const solution = solveInstance(instance, { seed: 1, work: 10 });
        expect(Math.abs(solution.cost - best)).toBeLessThanOrEqual(tolerance(best));
        expect(solution.proven).toBe(true);
        expect(costOfPlans(instance, solution.plans)).toEqual({ ok: true, value: solution.cost });
      }),
      { numRuns: 300 },
    );
  });

  it('never claims a batch plan or a bound that the optimum contradicts', () => {
    let exact = 0;
    let total = 0;
    fc.assert(
      fc.property(smallInstances({ nodes: 4, skus: 3, orders: 6, lines: 3 }), (instance) => {
        const best = optimum(instance);
        const solution = solveInstance(instance, { seed: 1, work: 3000 });
        expect(solution.cost).toBeGreaterThanOrEqual(best - tolerance(best));
        expect(solution.bound).toBeLessThanOrEqual(best + tolerance(best));
        if (solution.proven) expect(solution.cost).toBeLessThanOrEqual(best + tolerance(best));
        expect(costOfPlans(instance, solution.plans)).toEqual({ ok: true, value: solution.cost });
        total += 1;
        if (solution.cost <= best + tolerance(best)) exact += 1;
        else if (process.env.SOURCING_SHOW)
          console.log(best, solution.cost, solution.bound, JSON.stringify(instance));
      }),
      { numRuns: 200 },
    );
    // The search is a heuristic between the bounds; on instances this small it nearly always ends at the optimum.
    expect(exact / total).toBeGreaterThan(0.97);
  });

  it('never answers with a plan that costs more than the one it was given', () => {
    fc.assert(
      fc.property(smallInstances({ nodes: 4, skus: 3, orders: 6, lines: 3 }), fc.nat(), (instance, seed) => {
        const given = solveInstance(instance, { seed, work: 400 });
        const solver = new InstanceSolver(instance, { seed: seed + 1, plans: given.plans });
        expect(solver.solution().cost).toBeLessThanOrEqual(given.cost + 1e-9);
        solver.advance(0.9, 50);
        expect(solver.solution().cost).toBeLessThanOrEqual(given.cost + 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same plan for the same seed and the same work', () => {
    fc.assert(
      fc.property(smallInstances({ nodes: 4, skus: 3, orders: 6, lines: 3 }), fc.nat(), (instance, seed) => {
        const budget = { seed, work: 800 };
        expect(solveInstance(instance, budget)).toEqual(solveInstance(instance, budget));
      }),
      { numRuns: 50 },
    );
  });
});
