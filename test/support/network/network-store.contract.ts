import type { NetworkQueries, NetworkStore } from '../../../shared/network/application/ports.ts';
import { sku as skuSchema, nodeId } from '../../../shared/contracts/scalars.ts';
import { aNode, anItem } from './builders.ts';

type Subject = {
  readonly network: NetworkStore & NetworkQueries;
  /** The types of the facts stated so far, in no particular order. */
  readonly factTypes: () => Promise<readonly string[]>;
};

const AT = '2026-11-23T09:30:00.000Z';
const sku = (text: string) => skuSchema.parse(text);

/** What every keeper of the network does, whatever it is made of. */
export const describeNetworkStore = (name: string, make: () => Promise<Subject>): void => {
  describe(`network store: ${name}`, () => {
    it('finds what was saved, and nothing else', async () => {
      const { network } = await make();
      await network.saveNodes([aNode()], AT);
      await network.saveItems([anItem()], AT);

      expect(await network.findNode(nodeId.parse('DC-EAST'))).toEqual(aNode());
      expect(await network.findNode(nodeId.parse('DC-WEST'))).toBeUndefined();
      expect(await network.findItem(sku('MUG-RED'))).toEqual(anItem());
      expect(await network.findItems([sku('MUG-RED'), sku('MUG-BLUE'), sku('MUG-RED')])).toEqual([anItem()]);
    });

    it('states one fact for each change and none for a repetition', async () => {
      const { network, factTypes } = await make();
      await network.saveNodes([aNode()], AT);
      await network.saveNodes([aNode()], AT);
      await network.saveNodes([aNode({ status: 'snoozed' })], AT);

      expect(await factTypes()).toEqual(['NodeChanged.v1', 'NodeChanged.v1']);
    });

    it('keeps the newer of two savings', async () => {
      const { network } = await make();
      await network.saveItems([anItem()], AT);
      await network.saveItems([anItem({ title: 'Crimson mug' })], AT);

      expect(await network.findItem(sku('MUG-RED'))).toEqual(anItem({ title: 'Crimson mug' }));
    });

    it('lists everything once, page by page', async () => {
      const { network } = await make();
      const skus = Array.from({ length: 7 }, (_, index) => `MUG-${index}`);
      await network.saveItems(
        skus.map((each) => anItem({ sku: each })),
        AT,
      );

      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await network.listItems({ limit: 3, cursor });
        expect(page.items.length).toBeLessThanOrEqual(3);
        seen.push(...page.items.map((each) => each.sku));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(skus);
    });
  });
};
