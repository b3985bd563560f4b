import {
  addToNodeDrift,
  DRIFT_LIMIT,
  nodeScore,
  scoreDrift,
} from '../../../shared/inventory/domain/drift.ts';

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;

describe('the drift of a cell', () => {
  it('is the share by which a figure was off, of ten units at least', () => {
    expect(scoreDrift(undefined, { expected: 100, found: 90 }, day(1)).score).toBeCloseTo(0.1);
    expect(scoreDrift(undefined, { expected: 0, found: 40 }, day(1)).score).toBe(1);
    expect(scoreDrift(undefined, { expected: 2, found: 1 }, day(1)).score).toBeCloseTo(0.1);
  });

  it('halves in a fortnight, and adds up when it goes on', () => {
    const off = { expected: 100, found: 88 };
    const first = scoreDrift(undefined, off, day(1));
    const second = scoreDrift(first, off, day(15));
    expect(second.score).toBeCloseTo(0.18);
    const third = scoreDrift(scoreDrift(first, off, day(2)), off, day(3));
    expect(third.score).toBeGreaterThan(DRIFT_LIMIT);
  });
});

describe('the drift of a node', () => {
  it('is the share of the units that were off, newer snapshots counting more', () => {
    const first = addToNodeDrift(undefined, { off: 10, seen: 100 }, day(1));
    expect(nodeScore(first)).toBeCloseTo(0.1);
    const second = addToNodeDrift(first, { off: 0, seen: 100 }, day(15));
    expect(second).toMatchObject({ unitsOff: 5, unitsSeen: 150 });
  });
});
