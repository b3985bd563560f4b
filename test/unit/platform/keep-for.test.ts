import { keepFor } from '../../../shared/platform/keep-for.ts';

describe('keepFor', () => {
  it('loads once within the time and again after it', async () => {
    let time = 0;
    let loads = 0;
    const read = keepFor(
      100,
      async () => (loads += 1),
      () => time,
    );
    expect([await read(), await read()]).toEqual([1, 1]);
    time = 101;
    expect(await read()).toBe(2);
  });

  it('does not remember a failure', async () => {
    let loads = 0;
    const read = keepFor(100, async () => {
      loads += 1;
      if (loads === 1) throw new Error('not now');
      return loads;
    });
    await expect(read()).rejects.toThrow('not now');
    expect(await read()).toBe(2);
  });
});
