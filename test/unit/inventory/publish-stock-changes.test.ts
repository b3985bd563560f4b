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

const publishing = () => {
  const sent: BusEntry[] = [];
  return {
    sent,
    publish: makePublishStockChanges({ putOnBus: async (entries) => void sent.push(...entries) }),
  };
};

describe('the publisher of stock changes', () => {
  it('tells of units that expired when they are taken off, unless it has counted them already', async () => {
    const { sent, publish } = publishing();
    const until = Date.parse('2026-11-23T09:05:00.000Z') / 60_000;
    const held = { ...position(3, 2), [`soft#${until}`]: 2 };
    const later = { updatedAt: '2026-11-23T09:06:00.000Z' };
    const lapsed = { ...position(1, 3), ...later, lapsedTo: '2026-11-23T09:05:00.000Z' };
    await publish([{ name: 'MODIFY', before: held, after: lapsed }]);
    const rose = { change: 'rose', positions: [{ reserved: 1, available: 3, previousAvailable: 1 }] };
    expect(sent[0]).toMatchObject({ detail: { data: rose } });
    const sold = { ...position(4, 3), [`soft#${until}`]: 2, ...later };
    await publish([{ name: 'MODIFY', before: held, after: sold }]);
    const toldEarly = { change: 'rose', positions: [{ reserved: 2, available: 2, previousAvailable: 1 }] };
    expect(sent[1]).toMatchObject({ detail: { data: toldEarly } });
    await publish([{ name: 'MODIFY', before: sold, after: { ...lapsed, ...position(2, 4), ...later } }]);
    expect(sent).toHaveLength(2);
  });

  it('states what can be sold after a change and before it, and nothing else', async () => {
    const { sent, publish } = publishing();
    await publish([
      { name: 'INSERT', before: undefined, after: { entity: 'movement' } },
      { name: 'MODIFY', before: position(0, 1), after: position(3, 2) },
    ]);
    expect(sent).toEqual([
      {
        source: 'dom.inventory',
        detailType: 'StockChanged.v1',
        detail: {
          metadata: {
            eventId: 'MUG:DC:2:fell',
            occurredAt: '2026-11-23T09:00:00.000Z',
            aggregateId: 'MUG:DC',
            aggregateVersion: 2,
          },
          data: {
            change: 'fell',
            positions: [
              {
                sku: 'MUG',
                nodeId: 'DC',
                onHand: 5,
                reserved: 3,
                safetyStock: 1,
                available: 1,
                previousAvailable: 4,
              },
            ],
          },
        },
      },
    ]);
  });

  it('tells rises and falls of a batch apart, each in order, a hundred positions to an event', async () => {
    const { sent, publish } = publishing();
    await publish([
      ...Array.from({ length: 150 }, (_, index) => ({
        name: 'MODIFY' as const,
        before: position(0, index + 1),
        after: position(1 + (index % 3), index + 2),
      })),
      { name: 'MODIFY', before: position(3, 2), after: position(0, 3) },
    ]);
    const told = sent.map(
      ({ detail }) => (detail as { data: { change: string; positions: unknown[] } }).data,
    );
    expect(told.map(({ change, positions }) => [change, positions.length])).toEqual([
      ['rose', 1],
      ['fell', 100],
      ['fell', 50],
    ]);
  });

  it('is silent about a shipment, which leaves what can be sold as it was', async () => {
    const { sent, publish } = publishing();
    await publish([{ name: 'MODIFY', before: position(3, 2), after: position(1, 3, 3) }]);
    expect(sent).toEqual([]);
  });

  it.each([
    ['rose', position(3, 2), position(0, 3), 1],
    ['rose', undefined, position(0, 1), null],
    ['fell', position(0, 2), position(3, 3), 4],
    ['new', undefined, position(0, 1, 0), null],
  ])('says for the rules of the bus that it %s', async (change, before, after, previousAvailable) => {
    const { sent, publish } = publishing();
    await publish([{ name: before === undefined ? 'INSERT' : 'MODIFY', before, after }]);
    expect(sent.map(({ detail }) => detail)).toMatchObject([
      { data: { change, positions: [{ previousAvailable }] } },
    ]);
  });
});
