import { restOf } from '../../../shared/channels/adapters/call-channel.ts';
import { makePace } from '../../../shared/channels/adapters/pace.ts';
import { ChannelBusy } from '../../../shared/channels/application/channel-busy.ts';

const shop = { webhookSecret: 's', callsPerSecond: 4 };

/** A clock that only waiting moves. */
const pacing = () => {
  let now = 0;
  const pace = makePace({ nowMs: () => now, pause: async (ms) => void (now += ms) });
  return { pace, now: () => now };
};

describe('the pace of a shop', () => {
  it('keeps the gap between calls, also before the first: who called before is not known', async () => {
    const { pace, now } = pacing();
    const at: number[] = [];
    for (let call = 0; call < 4; call += 1) await pace(shop, async () => void at.push(now()));
    expect(at).toEqual([250, 500, 750, 1_000]);
  });

  it('is two calls a second where nothing is said', async () => {
    const { pace, now } = pacing();
    await pace({ webhookSecret: 's' }, async () => undefined);
    expect(now()).toBe(500);
  });

  it('waits as long as the shop asks for and calls again', async () => {
    const { pace, now } = pacing();
    const answers = [new ChannelBusy('shop', 2_000), new ChannelBusy('shop', 1_000), 'said'];
    const call = async () => {
      const answer = answers.shift();
      if (answer instanceof ChannelBusy) throw answer;
      return answer;
    };
    expect(await pace(shop, call)).toBe('said');
    expect(now()).toBe(250 + 2_000 + 1_000);
  });

  it.each([
    ['a rest that is too long for a function', 60_000, 250],
    ['the sixth rest in a row', 1_000, 250 + 5_000],
  ])('gives up before %s, for the queue to wait', async (_, retryAfterMs, until) => {
    const { pace, now } = pacing();
    const busy = pace(shop, () => Promise.reject(new ChannelBusy('shop', retryAfterMs)));
    await expect(busy).rejects.toMatchObject({ name: 'ChannelBusy', retryAfterMs });
    expect(now()).toBe(until);
  });

  it('passes on other faults at once', async () => {
    const { pace } = pacing();
    await expect(pace(shop, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  it.each([
    ['2', 2_000],
    ['2.0', 2_000],
    ['0.5', 500],
    ['Wed, 25 Nov 2026 10:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
    ['soon', 2_000],
    [null, 2_000],
  ])('of %s is a rest of %i ms', (header, ms) => {
    expect(restOf(header, now)).toBe(ms);
  });
});
