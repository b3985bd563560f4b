import fc from 'fast-check';
import type { PublicationMessage } from '../../../shared/channels/application/publication-ports.ts';
import type { Sku } from '../../../shared/kernel/ids.ts';
import { aCell, aSku } from '../../support/inventory/builders.ts';
import { makePublicationWorld, SHOP } from '../../support/channels/publication-world.ts';

const SKUS = ['A', 'B'].map(aSku);
const sku = fc.constantFrom(...SKUS);
/** Few figures, so that a shop is often told one that it was told before. */
const units = fc.nat(2);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('change' as const), sku, node: fc.constantFrom('DC', 'STORE'), units }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('limit' as const), sku, quota: units }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('lift' as const), sku }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('work' as const), messages: fc.integer({ min: 1, max: 4 }), fault: fc.constantFrom('none', 'refused before', 'answer lost', 'comes twice') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('together' as const), sku }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('another process' as const) }) },
); // prettier-ignore

const AT = '2026-11-25T10:00:00.000Z';

describe('what a shop shows in the end', () => {
  it('is what it may sell, whatever failed, got lost, came twice or ran beside something else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const faults: { error: Error; lost?: boolean }[] = [];
        const world = makePublicationWorld({ faults });
        const waiting: { readonly message: PublicationMessage; readonly isRepeated: boolean }[] = [];
        const figures = new Map<string, number>();
        const quotas = new Map<string, number>();
        const change = (of: Sku, node: string, available: number): void => {
          world.put(aCell(of, node), available);
          figures.set(`${of} ${node}`, available);
          waiting.push({ message: { type: 'changed', ...SHOP, skus: [of] }, isRepeated: false });
        };
        const gather = async (): Promise<void> => {
          await world.settled();
          waiting.push(...world.queue.splice(0).map((message) => ({ message, isRepeated: false })));
        };
        const work = async (messages: number): Promise<void> => {
          const batch = waiting.splice(0, messages);
          try {
            await world.workOff(SHOP, batch);
          } catch {
            waiting.unshift(...batch.map(({ message }) => ({ message, isRepeated: true })));
          }
        };

        for (const one of steps) {
          if (one.does === 'change') {
            change(one.sku, one.node, one.units);
          }
          if (one.does === 'limit') {
            await world.policies.save({ channel: 'shopify', sku: one.sku, quota: one.quota }, AT);
            quotas.set(one.sku, one.quota);
          }
          if (one.does === 'lift') {
            await world.policies.withdraw({ channel: 'shopify', sku: one.sku }, AT);
            quotas.delete(one.sku);
          }
          await gather();
          if (one.does === 'work') {
            if (one.fault === 'refused before') faults.push({ error: new Error('away') });
            if (one.fault === 'answer lost') faults.push({ error: new Error('no answer'), lost: true });
            const first = waiting[0];
            if (one.fault === 'comes twice' && first !== undefined) waiting.splice(1, 0, { ...first, isRepeated: true });
            await work(one.messages);
            faults.length = 0;
          }
          if (one.does === 'another process') world.changeProcess();
          // Two functions at once, as SQS never has it for one shop: none tells what the other does.
          if (one.does === 'together') {
            const publish = () => world.publish({ ref: SHOP, skus: [one.sku] });
            await Promise.all([publish(), publish()]);
          }
        }
        while (waiting.length > 0) await work(10);

        for (const of of SKUS) {
          const cells = [...figures].filter(([key]) => key.startsWith(`${of} `));
          if (cells.length === 0) continue;
          const sum = cells.reduce((total, [, available]) => total + available, 0);
          expect([of, world.shown.get(of)]).toEqual([of, Math.min(sum, quotas.get(of) ?? sum)]);
        }
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore
});
