import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { orderedConsumer, type Received } from '../../../shared/platform/lambda/ordered-consumer.ts';
import { logger } from '../../../shared/platform/observability.ts';

const record = (group: string, text: string, times = 1) => ({
  messageId: `${group}-${text}`,
  receiptHandle: `handle of ${group}-${text}`,
  body: JSON.stringify({ group, text }),
  attributes: { MessageGroupId: group, ApproximateReceiveCount: String(times) },
});

const schema = z.object({ group: z.string(), text: z.string() });
type Message = z.infer<typeof schema>;

const consume = async (
  records: readonly ReturnType<typeof record>[],
  react: (messages: readonly Received<Message>[]) => Promise<void>,
) => {
  const hidden: (readonly [handle: string, seconds: number])[] = [];
  const handler = orderedConsumer(
    schema,
    async (...hide) => void hidden.push(hide),
    () => react,
  );
  const context = { awsRequestId: 'r', functionName: 'f' } as Context;
  const answer = await handler({ Records: records } as unknown as SQSEvent, context);
  return { hidden, failed: answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
};

describe('an ordered consumer', () => {
  beforeEach(() => void jest.spyOn(logger, 'error').mockImplementation(() => undefined));
  afterEach(() => jest.restoreAllMocks());

  it('works off the messages of a group together, in their order', async () => {
    const seen: string[][] = [];
    const records = [record('a', '1'), record('b', '1'), record('a', '2')];
    await consume(records, async (messages) => void seen.push(messages.map(({ message }) => message.text)));
    expect(seen).toEqual([['1', '2'], ['1']]);
  });

  it('says which messages were worked on before', async () => {
    const seen: boolean[] = [];
    await consume([record('a', '1', 2), record('a', '2')], async (messages) => {
      seen.push(...messages.map(({ isRepeated }) => isRepeated));
    });
    expect(seen).toEqual([true, false]);
  });

  it('hides a group that fails, longer each time, and leaves the others done', async () => {
    const { hidden, failed } = await consume([record('a', '1', 3), record('b', '1')], async (messages) => {
      if (messages[0]?.message.group === 'a') throw new Error('away');
    });
    expect(failed).toEqual(['a-1']);
    expect(hidden).toEqual([['handle of a-1', 20]]);
  });

  it('hides it for as long as was asked for, a quarter of an hour at most', async () => {
    const failing = (retryAfterMs: number) =>
      consume([record('a', '1')], () => Promise.reject(Object.assign(new Error('busy'), { retryAfterMs })));
    expect((await failing(61_500)).hidden).toEqual([['handle of a-1', 62]]);
    expect((await failing(86_400_000)).hidden).toEqual([['handle of a-1', 900]]);
  });

  it('takes a message that cannot be read for a failure of its group', async () => {
    const broken = { ...record('a', '1'), body: '{' };
    const { failed } = await consume([broken, record('b', '1')], async () => undefined);
    expect(failed).toEqual(['a-1']);
  });
});
