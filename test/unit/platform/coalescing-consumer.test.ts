import type { Context, SQSEvent } from 'aws-lambda';
import { stockChanged } from '../../../shared/contracts/inventory/events.ts';
import { logger } from '../../../shared/platform/observability.ts';
import { coalescingConsumer } from '../../../shared/platform/lambda/coalescing-consumer.ts';

const record = (messageId: string, ...stocks: readonly (readonly [sku: string, available: number])[]) => ({
  messageId,
  body: JSON.stringify({
    source: stockChanged.source,
    'detail-type': stockChanged.detailType,
    detail: {
      metadata: {
        eventId: messageId,
        occurredAt: '2026-11-23T10:00:00.000Z',
        aggregateId: messageId,
        aggregateVersion: 1,
      },
      data: {
        change: 'fell',
        positions: stocks.map(([sku, available]) => ({
          ...stockChanged.examples[0]?.positions[0],
          sku,
          available,
        })),
      },
    },
  }),
});

const consume = async (records: readonly { messageId: string; body: string }[], failing?: string) => {
  const seen: [string, number[]][] = [];
  const handler = coalescingConsumer(
    stockChanged,
    { partsOf: ({ positions }) => positions, keyOf: ({ sku }) => sku },
    async (changes) => {
      if (changes[0].sku === failing) throw new Error('the channel is away');
      seen.push([changes[0].sku, changes.map(({ available }) => available)]);
    },
  );
  const context = { awsRequestId: 'r', functionName: 'f' } as Context;
  const answer = await handler({ Records: records } as unknown as SQSEvent, context);
  return { seen, failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
};

describe('a coalescing consumer', () => {
  beforeEach(() => void jest.spyOn(logger, 'error').mockImplementation(() => undefined));
  afterEach(() => jest.restoreAllMocks());

  it('reacts once to all that a batch holds of a key', async () => {
    const { seen, failed } = await consume([
      record('1', ['A', 9]),
      record('2', ['B', 4]),
      record('3', ['A', 8]),
    ]);
    expect(seen).toEqual([
      ['A', [9, 8]],
      ['B', [4]],
    ]);
    expect(failed).toEqual([]);
  });

  it('gives back every message of a key that failed, and no other', async () => {
    const { seen, failed } = await consume(
      [record('1', ['A', 9]), record('2', ['B', 4]), record('3', ['A', 8])],
      'A',
    );
    expect(seen).toEqual([['B', [4]]]);
    expect(failed).toEqual(['1', '3']);
  });

  it('gives back a message of which one part failed, once', async () => {
    const { seen, failed } = await consume([record('1', ['A', 9], ['A', 8], ['B', 4])], 'A');
    expect(seen).toEqual([['B', [4]]]);
    expect(failed).toEqual(['1']);
  });

  it('gives back what it cannot read', async () => {
    expect((await consume([{ messageId: 'x', body: '{}' }, record('2', ['B', 4])])).failed).toEqual(['x']);
  });
});
