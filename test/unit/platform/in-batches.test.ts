import { inBatches } from '../../../shared/platform/in-batches.ts';

describe('inBatches', () => {
  it('does everything once, never more than the width at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inBatches([1, 2, 3, 4, 5, 6, 7], 3, async (entry) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      done.push(entry);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('throws the first fault and begins nothing more', async () => {
    const begun: number[] = [];
    const work = inBatches([1, 2, 3, 4], 1, async (entry) => {
      begun.push(entry);
      if (entry === 2) throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(begun).toEqual([1, 2]);
  });
});
