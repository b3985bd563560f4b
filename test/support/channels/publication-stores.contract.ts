import type {
  ChannelPolicyStore,
  PublishedFigures,
  ResyncStore,
} from '../../../shared/channels/application/publication-ports.ts';
import type { ChannelPolicy } from '../../../shared/channels/domain/channel-policy.ts';
import { newResync } from '../../../shared/channels/domain/resync.ts';
import type { Sellable } from '../../../shared/channels/domain/published-figure.ts';
import type { Sku } from '../../../shared/kernel/ids.ts';
import { aNode, aSku } from '../inventory/builders.ts';

export type PublicationStores = {
  readonly published: PublishedFigures;
  readonly policies: ChannelPolicyStore;
  readonly resyncs: ResyncStore;
};

const AT = '2026-11-25T10:00:00.000Z';
const shop = { channel: 'shopify', connection: 'main' } as const;
const mug = aSku('MUG');
const figure = (available: number, version: number, policyVersion = 1): Sellable => ({
  sku: mug,
  available,
  version,
  isLimited: true,
  policyVersion,
});

const listedIn = async (policies: ChannelPolicyStore, limit: number): Promise<readonly ChannelPolicy[]> => {
  const listed: ChannelPolicy[] = [];
  let cursor: string | undefined;
  do {
    const page = await policies.list('shopify', { limit, cursor });
    listed.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return listed;
};

/** What the keepers of publication do, whatever they are made of. */
export const describePublicationStores = (name: string, make: () => Promise<PublicationStores>): void => {
  describe(`what shops were told: ${name}`, () => {
    const sure: ReadonlySet<Sku> = new Set();

    it('is remembered for each shop and SKU', async () => {
      const { published } = await make();
      expect(await published.claim(shop, [figure(5, 1)], sure, AT)).toEqual([figure(5, 1)]);
      const told = { available: 5, version: 1, at: AT };
      expect(await published.find(shop, [mug, aSku('CUP')])).toEqual(new Map([[mug, told]]));
      expect(await published.find({ ...shop, connection: 'other' }, [mug])).toEqual(new Map());
    });

    it('is not told again while it is the same, unless it is unsure', async () => {
      const { published } = await make();
      await published.claim(shop, [figure(5, 3)], sure, AT);
      expect(await published.claim(shop, [figure(5, 4)], sure, AT)).toEqual([]);
      expect(await published.claim(shop, [figure(5, 4)], new Set([mug]), AT)).toEqual([figure(5, 4)]);
      expect(await published.claim(shop, [figure(6, 5)], sure, AT)).toEqual([figure(6, 5)]);
    });

    it('is told again when a policy has changed since: without one it may have been told otherwise', async () => {
      const { published } = await make();
      await published.claim(shop, [figure(4, 3, 1)], sure, AT);
      expect(await published.claim(shop, [figure(4, 9, 3)], sure, AT)).toEqual([figure(4, 9, 3)]);
    });

    it('is never replaced by something older, sure or not', async () => {
      const { published } = await make();
      await published.claim(shop, [figure(5, 3)], sure, AT);
      for (const unsure of [sure, new Set([mug])])
        expect(await published.claim(shop, [figure(9, 2)], unsure, AT)).toEqual([]);
      expect((await published.find(shop, [mug])).get(mug)).toMatchObject({ available: 5, version: 3 });
    });

    it('is claimed by one of those who come at once', async () => {
      const { published } = await make();
      const claims = await Promise.all(
        Array.from({ length: 5 }, () => published.claim(shop, [figure(5, 3)], sure, AT)),
      );
      expect(claims.flat()).toHaveLength(1);
    });

    it('is found for more SKUs than one call reads', async () => {
      const { published } = await make();
      const many = Array.from({ length: 130 }, (_, index) => aSku(`S${index}`));
      await published.claim(shop, many.map((sku) => ({ ...figure(1, 1), sku })), sure, AT); // prettier-ignore
      expect((await published.find(shop, many)).size).toBe(130);
    });
  });

  describe(`channel policies: ${name}`, () => {
    const buffer = { type: 'units', units: 2 } as const;

    it('are in force from the moment they are saved, each with a higher version', async () => {
      const { policies } = await make();
      expect(await policies.inForce('shopify')).toEqual({ version: 0, policies: [] });
      await policies.save({ channel: 'shopify', buffer }, AT);
      await policies.save({ channel: 'shopify', connection: 'main', sku: mug, quota: 0, nodes: [aNode('DC')] }, AT);
      const { version, policies: found } = await policies.inForce('shopify');
      expect(version).toBe(2);
      expect(found).toHaveLength(2);
      expect(found).toContainEqual({ channel: 'shopify', connection: 'main', sku: mug, quota: 0, nodes: ['DC'] });
      expect(await policies.inForce('woocommerce')).toEqual({ version: 0, policies: [] });
    }); // prettier-ignore

    it('are replaced as a whole, and withdrawn once', async () => {
      const { policies } = await make();
      await policies.save({ channel: 'shopify', buffer, quota: 4 }, AT);
      await policies.save({ channel: 'shopify', quota: 3 }, AT);
      expect((await policies.inForce('shopify')).policies).toEqual([{ channel: 'shopify', quota: 3 }]);
      expect(await policies.withdraw({ channel: 'shopify' }, AT)).toBe(true);
      expect(await policies.withdraw({ channel: 'shopify' }, AT)).toBe(false);
      expect(await policies.withdraw({ channel: 'shopify', sku: mug }, AT)).toBe(false);
      expect(await policies.inForce('shopify')).toEqual({ version: 3, policies: [] });
    });

    it('are seen by others at once, and all of them when many are saved together', async () => {
      const { policies } = await make();
      const skus = Array.from({ length: 8 }, (_, index) => aSku(`S${index}`));
      await Promise.all(skus.map((sku) => policies.save({ channel: 'shopify', sku, quota: 1 }, AT)));
      expect(await policies.inForce('shopify')).toMatchObject({ version: 8 });
      expect((await listedIn(policies, 200)).map(({ sku }) => sku).sort()).toEqual(skus);
    });

    it('are listed page by page', async () => {
      const { policies } = await make();
      for (const sku of ['A', 'B', 'C']) await policies.save({ channel: 'shopify', sku: aSku(sku), quota: 1 }, AT);
      expect((await listedIn(policies, 2)).map(({ sku }) => sku)).toEqual(['A', 'B', 'C']);
      await expect(policies.list('shopify', { limit: 2, cursor: 'x' })).rejects.toThrow('is not a cursor');
    }); // prettier-ignore
  });

  describe(`resyncs: ${name}`, () => {
    it('begin once under their moment and cause', async () => {
      const { resyncs } = await make();
      const resync = newResync(shop, AT, 'daily');
      expect(await resyncs.start(resync)).toBe(true);
      expect(await resyncs.start(resync)).toBe(false);
      expect(await resyncs.find(shop, resync.resyncId)).toEqual(resync);
    });

    it('count each page once and end with the last', async () => {
      const { resyncs } = await make();
      const resync = newResync(shop, AT, 'asked');
      await resyncs.start(resync);
      const first = { compared: 9, repaired: 2, refused: 1, cursor: 'next' };
      expect(await resyncs.advance(resync, first, AT)).toBe(true);
      expect(await resyncs.advance(resync, first, AT)).toBe(false);
      const under = await resyncs.find(shop, resync.resyncId);
      expect(under).toEqual({ ...resync, ...first, page: 1 });
      if (under === undefined) return;
      await resyncs.advance(under, { compared: 1, repaired: 0, refused: 0 }, AT);
      expect(await resyncs.find(shop, resync.resyncId)).toMatchObject({
        status: 'done',
        compared: 10,
        repaired: 2,
      });
    });

    it('are listed newest first', async () => {
      const { resyncs } = await make();
      await resyncs.start(newResync(shop, '2026-11-24T10:00:00.000Z', 'daily'));
      await resyncs.start(newResync(shop, AT, 'asked'));
      const { items } = await resyncs.list(shop, { limit: 1, cursor: undefined });
      expect(items).toMatchObject([{ startedAt: AT }]);
    });
  });
};
