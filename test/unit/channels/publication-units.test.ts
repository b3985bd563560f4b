import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCell, aSku } from '../../support/inventory/builders.ts';
import { makePublicationWorld, SHOP } from '../../support/channels/publication-world.ts';

const README = readFileSync(join(__dirname, '../../../shared/channels/README.md'), 'utf8');
const AT = '2026-11-25T10:00:00.000Z';
const mug = aSku('MUG');
type World = ReturnType<typeof makePublicationWorld>;

const publish = (world: World) => world.publish({ ref: SHOP, skus: [mug] });
const setPolicy = (world: World) => world.policies.save({ channel: 'shopify', sku: mug, quota: 4 }, AT);
/** Known to the process before it is counted. */
const limitAll = async (world: World) => {
  await world.policies.save({ channel: 'shopify', quota: 4 }, AT);
  await world.policies.inForce('shopify');
};
const change = async (world: World) => world.put(aCell('MUG'), 3);

/** What is done first, and what is counted. */
const PATTERNS: Readonly<
  Record<
    string,
    readonly [before: (world: World) => Promise<unknown>, counted: (world: World) => Promise<unknown>]
  >
> = {
  'a changed figure is told': [(world) => publish(world).then(() => change(world)), publish],
  'a changed figure is told that a policy limits': [limitAll, publish],
  'a limited figure is the one that was told last': [
    async (world) => {
      await limitAll(world);
      await publish(world);
      world.put(aCell('MUG'), 7);
    },
    publish,
  ],
  'a policy has changed since': [setPolicy, publish],
  'a channel policy is set': [async () => undefined, setPolicy],
  'a page of a resync that finds nothing': [
    async (world) => {
      await publish(world);
      await world.startResync(SHOP);
      await world.settled();
    },
    (world) =>
      world.workOff(
        SHOP,
        world.queue.splice(0).map((message) => ({ message, isRepeated: false })),
      ),
  ],
};

const rows = README.split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^[\d.]+$/.test(cells[3] ?? ''))
  .map(([, pattern = '', calls = '', reads = '', writes = '']) => ({ pattern, calls, reads, writes }));

describe('the units of publication', () => {
  it('are all in the README, and nothing else is', () => {
    expect(rows.map(({ pattern }) => pattern)).toEqual(Object.keys(PATTERNS));
  });

  it.each(rows)('are what the README says: $pattern', async ({ pattern, calls, reads, writes }) => {
    const [before, counted] = PATTERNS[pattern] ?? [];
    const world = makePublicationWorld();
    world.put(aCell('MUG'), 5);
    await before?.(world);
    Object.assign(world.meter, { calls: [], readUnits: 0, writeUnits: 0 });
    await counted?.(world);
    expect(world.meter).toEqual({
      calls: calls.split(', '),
      readUnits: Number(reads),
      writeUnits: Number(writes),
    });
  });
});
