import type { BusEntry } from '../../../shared/platform/facts/bus.ts';
import { factsItem } from '../../../shared/platform/facts/facts-item.ts';
import { makePublishFacts } from '../../../shared/platform/facts/publish-facts.ts';

const stored = factsItem({
  pk: 'FO#1',
  aggregateId: 'fo-1',
  version: 3,
  at: '2026-11-23T09:00:00.000Z',
  facts: [
    { source: 'dom.fulfilment', detailType: 'Accepted.v1', data: { a: 1 } },
    { source: 'dom.fulfilment', detailType: 'Shipped.v1', data: { b: 2 } },
  ],
});

describe('the publisher of facts', () => {
  it('puts stored facts on the bus with the id of their place, but those that are kept back', async () => {
    const sent: BusEntry[] = [];
    const publish = makePublishFacts({
      putOnBus: async (entries) => void sent.push(...entries),
      keptBack: [{ detailType: 'Accepted.v1' }],
    });
    await publish([
      { name: 'INSERT', before: undefined, after: stored },
      { name: 'MODIFY', before: stored, after: stored },
      { name: 'INSERT', before: undefined, after: { entity: 'order' } },
    ]);
    expect(sent).toEqual([
      {
        source: 'dom.fulfilment',
        detailType: 'Shipped.v1',
        detail: {
          metadata: {
            eventId: 'fo-1:3:1',
            occurredAt: '2026-11-23T09:00:00.000Z',
            aggregateId: 'fo-1',
            aggregateVersion: 3,
          },
          data: { b: 2 },
        },
      },
    ]);
  });
});
