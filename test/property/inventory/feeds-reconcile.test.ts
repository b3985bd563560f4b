import fc from 'fast-check';
import { aCell } from '../../support/inventory/builders.ts';
import { FEEDER, makeFeedHouse } from '../../support/inventory/feed-house.ts';

const START = Date.parse('2026-11-20T00:00:00.000Z');
const MINUTE = 60_000;
/** Figures and bookings of the same minutes are left to the next snapshot; here they are well apart. */
const STEP = 20 * MINUTE;
const SKUS = ['MUG', 'CUP'];

/** What happens at the node, step by step: units come and go, and how and how late we hear of it. */
const happening = fc.record({
  sku: fc.constantFrom(...SKUS),
  units: fc.integer({ min: -2, max: 2 }),
  told: fc.constantFrom('delta' as const, 'booked' as const),
  late: fc.integer({ min: 1, max: 400 }),
  again: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
});
/** A snapshot that the node takes after a step: some SKUs it leaves blank, and it may come late, and twice. */
const glance = fc.record({
  afterStep: fc.nat(11),
  blank: fc.constantFrom(undefined, ...SKUS),
  late: fc.integer({ min: 1, max: 400 }),
  again: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
});

type Arrival = { readonly atMs: number; readonly bring: () => Promise<unknown> };
const iso = (ms: number): string => new Date(ms).toISOString();

const play = async (
  happenings: readonly (typeof happening extends fc.Arbitrary<infer One> ? One : never)[],
  glances: readonly (typeof glance extends fc.Arbitrary<infer One> ? One : never)[],
  last: { readonly late: number; readonly again: number | undefined },
) => {
  let nowMs = START;
  const house = makeFeedHouse(() => iso(nowMs), { skus: SKUS, nodes: ['DC'] });
  const truth = new Map(SKUS.map((sku) => [sku, 0]));
  const arrivals: Arrival[] = [];
  const arrive = (atMs: number, late: number, again: number | undefined, bring: () => Promise<unknown>) => {
    arrivals.push({ atMs: atMs + late * MINUTE, bring });
    if (again !== undefined) arrivals.push({ atMs: atMs + (late + again) * MINUTE, bring });
  };

  const snapshots = [
    ...glances.filter(({ afterStep }) => afterStep < happenings.length),
    { afterStep: happenings.length, blank: undefined, ...last },
  ];
  const glanceAfter = (step: number) => {
    for (const [index, { afterStep, blank, late, again }] of snapshots.entries()) {
      if (afterStep !== step) continue;
      const takenMs = START + step * STEP + STEP / 2 + index;
      const rows = SKUS.map((sku) => `${sku},${sku === blank ? '' : truth.get(sku)}`);
      const about = { sequence: 100 + index, nodeId: 'DC', asOf: iso(takenMs) };
      arrive(takenMs, late, again, () => house.send(about, ['sku,onHand', ...rows].join('\n')));
    }
  };
  glanceAfter(0);
  for (const [index, { sku, units, told, late, again }] of happenings.entries()) {
    const atMs = START + (index + 1) * STEP;
    const change = Math.max(units, -(truth.get(sku) ?? 0));
    truth.set(sku, (truth.get(sku) ?? 0) + change);
    const cell = aCell(sku, 'DC');
    if (change !== 0 && told === 'booked')
      arrivals.push({
        atMs,
        bring: () =>
          house.move({ cell, kind: 'adjust', key: `k${index}`, difference: change, reason: 'told' }, FEEDER),
      });
    if (change !== 0 && told === 'delta') {
      const about = { kind: 'delta' as const, sequence: index, nodeId: 'DC', asOf: iso(atMs) };
      arrive(atMs, late, again, () => house.send(about, `sku,change\n${sku},${change}`));
    }
    if (index + 1 < happenings.length) glanceAfter(index + 1);
  }
  glanceAfter(happenings.length);

  for (const { atMs, bring } of arrivals.sort((a, b) => a.atMs - b.atMs)) {
    nowMs = atMs;
    await bring();
  }
  return { house, truth };
};

describe('feeds and movements in any interleaving', () => {
  const schedule = [
    fc.array(happening, { maxLength: 12 }),
    fc.array(glance, { maxLength: 4 }),
    fc.record({
      late: fc.integer({ min: 1, max: 400 }),
      again: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
    }),
  ] as const;

  it('end with what the node has, once its last snapshot has been seen', async () => {
    await fc.assert(
      fc.asyncProperty(...schedule, async (happenings, glances, last) => {
        const { house, truth } = await play(happenings, glances, last);
        for (const [sku, units] of truth) expect((await house.onHand(sku)) ?? 0).toBe(units);
      }),
      { numRuns: 150 },
    );
  });

  it('apply no delta twice, and are explained to the unit', async () => {
    await fc.assert(
      fc.asyncProperty(...schedule, async (happenings, glances, last) => {
        const { house } = await play(happenings, glances, last);
        for (const sku of SKUS) {
          const page = { limit: 200, cursor: undefined };
          const { items } = await house.history.listMovements(aCell(sku, 'DC'), page);
          expect(items.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0)).toBe(
            (await house.onHand(sku)) ?? 0,
          );
          const deltas = items.filter(({ kind }) => kind === 'delta').map(({ movementId }) => movementId);
          expect(new Set(deltas).size).toBe(deltas.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
