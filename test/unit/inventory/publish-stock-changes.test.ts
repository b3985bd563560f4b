import { makePublishStockChanges } from '../../../shared/inventory/adapters/publish-stock-changes.ts';
import type { BusEntry } from '../../../shared/platform/facts/bus.ts';

const position = (reserved: number, version: number) => ({
  pk: 'SKU#MUG',
  sk: 'NODE#DC',
  entity: 'position',
  sku: 'MUG',
  nodeId: 'DC',
  onHand: 5,
  reserved,
  safetyStock: 1,
  freeUnits: 4 - reserved,
  version,
  updatedAt: '2026-11-23T09:00:00.000Z',
});

describe('the publisher of stock changes', () => {
  it('states every changed position with what was available before, and nothing else', async () => {
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
          },
        },
      },
    ]);
    expect(sent[0]?.detail).toMatchObject({ data: { available: 4, previousAvailable: null } });
  });
});
