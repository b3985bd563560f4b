import { toItem } from '../../../shared/fulfilment/adapters/fulfilment-item.ts';
import { makePublishWork } from '../../../shared/fulfilment/adapters/publish-work.ts';
import { accept, reject } from '../../../shared/fulfilment/domain/answer-work.ts';
import type { FulfilmentOrder } from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import type { BusEntry } from '../../../shared/platform/facts/bus.ts';
import { aWork, LATER } from '../../support/fulfilment/builders.ts';

const operator = { by: 'operator' } as const;
const decided = (decision: ReturnType<typeof accept>): FulfilmentOrder => {
  if (!decision.ok) throw new Error(decision.refusal.type);
  return decision.value.work;
};
const accepted = decided(accept(aWork(), operator, LATER));
const rejected = decided(reject(accepted, operator, 'noCapacity', LATER));

const publishing = () => {
  const sent: BusEntry[] = [];
  return { sent, publish: makePublishWork({ putOnBus: async (entries) => void sent.push(...entries) }) };
};

describe('the publisher of work', () => {
  it('states what became of work, once for each version, without the address', async () => {
    const { sent, publish } = publishing();
    await publish([
      { name: 'MODIFY', before: toItem(accepted), after: toItem(rejected) },
      {
        name: 'MODIFY',
        before: toItem(rejected),
        after: { ...toItem(rejected), waiting: { token: 't', for: 'answer' } },
      },
    ]);
    expect(sent).toEqual([
      {
        source: 'dom.fulfilment',
        detailType: 'FulfilmentOrderRejected.v1',
        detail: {
          metadata: {
            eventId: `${rejected.fulfilmentOrderId}:${rejected.version}:0`,
            occurredAt: LATER,
            aggregateId: rejected.fulfilmentOrderId,
            aggregateVersion: rejected.version,
          },
          data: expect.objectContaining({ reason: 'noCapacity', orderId: rejected.orderId }) as unknown,
        },
      },
    ]);
    expect(JSON.stringify(sent)).not.toContain('Columbus');
  });

  it('tells of acceptance where the node takes on only so much a day', async () => {
    const { sent, publish } = publishing();
    const limited = { ...accepted, countsOnCapacity: true };
    await publish([{ name: 'MODIFY', before: toItem(aWork()), after: toItem(limited) }]);
    expect(sent.map(({ detailType }) => detailType)).toEqual(['FulfilmentOrderAccepted.v1']);
  });

  it('says nothing of work that was requested or accepted, nor of other items', async () => {
    const { sent, publish } = publishing();
    await publish([
      { name: 'INSERT', before: undefined, after: toItem(aWork()) },
      { name: 'MODIFY', before: toItem(aWork()), after: toItem(accepted) },
      { name: 'INSERT', before: undefined, after: { entity: 'note' } },
    ]);
    expect(sent).toEqual([]);
  });
});
