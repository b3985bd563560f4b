import { setTimeout as wait } from 'node:timers/promises';
import type { ChannelAvailability, Resync } from '../../../shared/contracts/channels/publication.ts';
import type { PageOf } from '../../../console/cli/api-types.ts';
import { dialsOf } from '../../../infra/local/partners/dials.ts';
import { startPartners, type Partners } from '../../../infra/local/partners/start-partners.ts';
import { eventually, operator, putItem, putNode, putStock, unique } from '../../support/integration/stack.ts';

jest.setTimeout(180_000);

const api = operator();
const CHANNELS = ['shopify', 'woocommerce'] as const;
type Channel = (typeof CHANNELS)[number];

/** Shops whose every call is first answered with 429 and a second to wait. */
const openShops = async (): Promise<{ readonly partners: Partners; readonly connection: string }> => {
  const dials = { ...dialsOf(0), throttleRate: 1 };
  const partners = await startPartners({ api, seed: 1, nastiness: dials, log: () => undefined });
  const connection = unique('shop');
  for (const channel of CHANNELS)
    await api.call({
      method: 'PUT',
      path: `/v1/connections/${channel}/${connection}`,
      body: {
        webhookSecret: 'secret',
        apiUrl: partners.channelApiUrl(channel),
        accessToken: 'ck_1:cs_2',
        callsPerSecond: 4,
      },
    });
  return { partners, connection };
};

describe('what shops show', () => {
  let partners: Partners;
  let connection: string;
  const node = unique('N');
  const other = unique('N');

  beforeAll(async () => {
    ({ partners, connection } = await openShops());
    await putNode(api, node);
    await putNode(api, other);
    // Executors that are warm hear of new shops after ten seconds.
    await wait(11_000);
  });
  afterAll(() => partners.stop());

  const shownAt = (channel: Channel, sku: string): number | undefined => {
    const shelf = partners.shelves[channel];
    return shelf.shownOf(shelf.idOf(sku));
  };
  const shows = (sku: string, units: number, channels: readonly Channel[] = CHANNELS) =>
    eventually(
      async () => channels.map((channel) => shownAt(channel, sku)),
      (shown) => shown.every((figure) => figure === units),
    );
  const messagesOf = (channel: Channel, sku: string): number => {
    const id = String(partners.shelves[channel].idOf(sku));
    return partners
      .told()
      .filter((call) => call.channel === channel && JSON.stringify(call.body).includes(id)).length;
  };
  const aSku = async (units: number): Promise<string> => {
    const sku = unique('SKU');
    await putItem(api, sku);
    await putStock(api, sku, node, units);
    await shows(sku, units);
    return sku;
  };
  const putPolicy = (channel: Channel, query: Record<string, string>, body: unknown) =>
    api.call({ method: 'PUT', path: `/v1/channel-policies/${channel}`, query, body });

  it('becomes the final figure after a hundred changes, in a few calls, 429s waited out', async () => {
    const sku = await aSku(1_000);
    const before = CHANNELS.map((channel) => messagesOf(channel, sku));
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        api.call({
          method: 'POST',
          path: `/v1/stock/${sku}/${node}/movements`,
          body: { kind: 'writeOff', key: `w${index}`, quantity: 1, reason: 'broken' },
        }),
      ),
    );
    await shows(sku, 900);
    const calls = CHANNELS.map((channel, index) => messagesOf(channel, sku) - (before[index] ?? 0));
    for (const count of calls) expect(count).toBeLessThanOrEqual(10);
    expect(partners.throttled()).toBeGreaterThan(4);
  });

  it('is repaired by a resync when it was altered behind our back', async () => {
    const sku = await aSku(12);
    const shelf = partners.shelves.shopify;
    shelf.show(shelf.idOf(sku), 77);
    const path = `/v1/connections/shopify/${connection}/availability-resyncs`;
    const { body } = await api.call<Resync>({ method: 'POST', path });
    const { items } = await eventually(
      () => api.get<PageOf<Resync>>(path, { limit: 10 }),
      (page) => page.items.some(({ resyncId, status }) => resyncId === body.resyncId && status === 'done'),
      120_000,
    );
    const done = items.find(({ resyncId }) => resyncId === body.resyncId);
    expect(done).toMatchObject({ refused: 0 });
    expect(done?.repaired).toBeGreaterThanOrEqual(1);
    expect(done?.compared).toBeGreaterThanOrEqual(done?.repaired ?? 0);
    expect(shownAt('shopify', sku)).toBe(12);
  });

  it('follows a buffer, a quota and the nodes of the channel, and says why', async () => {
    const sku = await aSku(20);
    await putStock(api, sku, other, 10);
    await shows(sku, 30);
    await putPolicy('shopify', { sku, connection }, { buffer: { type: 'percent', percent: 15 } });
    await shows(sku, 25, ['shopify']);
    await putPolicy(
      'shopify',
      { sku, connection },
      { buffer: { type: 'units', units: 2 }, quota: 4, nodes: [other] },
    );
    await shows(sku, 4, ['shopify']);
    expect(shownAt('woocommerce', sku)).toBe(30);
    const said = await eventually(
      () => api.get<ChannelAvailability>(`/v1/connections/shopify/${connection}/availability/${sku}`),
      ({ published }) => published?.available === 4,
    );
    expect(said).toMatchObject({ available: 4, policy: { sku, connection, quota: 4 } });
    expect(said.nodes).toContainEqual({ nodeId: node, available: 20, serves: false });

    await putStock(api, sku, other, 3);
    await shows(sku, 1, ['shopify']);
    await api.call({ method: 'DELETE', path: '/v1/channel-policies/shopify', query: { sku, connection } });
    await shows(sku, 23);
  });
});
