import { makePublishStockChanges } from '../../../shared/inventory/adapters/publish-stock-changes.ts';
import type { BusEntry } from '../../../shared/platform/facts/bus.ts';

const position = (reserved: number, version: number, onHand = 5) => ({
  pk: 'SKU#MUG',
  sk: 'NODE#DC',
  entity: 'position',
  sku: 'MUG',
  nodeId: 'DC',
  onHand,
  reserved,
  safetyStock: 1,
  freeUnits: onHand - 1 - reserved,
  version,
  updatedAt: '2026-11-23T09:00:00.000Z',
});

describe('the publisher of stock changes', () => {
  it('states what can be sold after a change and before it, and nothing else', async () => {
    const sent: BusEntry[] = [];
    const publish = makePublishStockChanges({ putOnBus: async (entries) => void sent.push(...entries) });
    await publish([
      { name: 'INSERT', before: undefined, after: position(0, 1) },
      { name: 'INSERT', before: undefined, after: { entity: 'movement' } },
      { name: 'MODIFY', before: position(0, 1), after: position(3, 2) },
    ]);
    expect(sent).toEqual([
      expect.objectContaining({ detailType: 'StockChanged.v1' }),
      {
        source: 'dom.inventory',
        detailType: 'StockChanged.v1',
        detail: {
          metadata: {
            eventId: 'MUG:DC:2',
            occurredAt: '2026-11-23T09:00:00.000Z',
            aggregateId: 'MUG:DC',
            aggregateVersion: 2,
          },
          data: {
            sku: 'MUG',
            nodeId: 'DC',
            onHand: 5,
            reserved: 3,
            safetyStock: 1,
            available: 1,
            previousAvailable: 4,
            change: 'fell',
          },
        },
      },
    ]);
    expect(sent[0]?.detail).toMatchObject({
      data: { available: 4, previousAvailable: null, change: 'rose' },
    });
  });

  it('is silent about a shipment, which leaves what can be sold as it was', async () => {
    const sent: BusEntry[] = [];
    const publish = makePublishStockChanges({ putOnBus: async (entries) => void sent.push(...entries) });
    await publish([{ name: 'MODIFY', before: position(3, 2), after: position(1, 3, 3) }]);
    expect(sent).toEqual([]);
  });

  it.each([
    ['rose', position(3, 2), position(0, 3)],
    ['fell', position(0, 2), position(3, 3)],
    ['new', undefined, position(0, 1, 0)],
  ])('says for the rules of the bus that it %s', async (change, before, after) => {
    const sent: BusEntry[] = [];
    const publish = makePublishStockChanges({ putOnBus: async (entries) => void sent.push(...entries) });
    await publish([{ name: before === undefined ? 'INSERT' : 'MODIFY', before, after }]);
    expect(sent.map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ data: expect.objectContaining({ change }) as unknown }),
    ]);
  });
});
