import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient();

const queueUrls = async (): Promise<readonly string[]> => {
  const { QueueUrls = [] } = await sqs.send(
    new ListQueuesCommand({ QueueNamePrefix: 'switchyard-local-', MaxResults: 1000 }),
  );
  return QueueUrls;
};

const depthOf = async (QueueUrl: string): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? Number.NaN);
};

describe('the dead-letter and exception queues', () => {
  it('are empty after the journeys: nothing was given up on', async () => {
    const urls = (await queueUrls()).filter((url) =>
      /-(dead-letters|exceptions|failures|missed)(\.fifo)?$/.test(url),
    );
    expect(urls.length).toBeGreaterThan(5);
    const depths = await Promise.all(
      urls.map(async (url) => [url.split('/').at(-1), await depthOf(url)] as const),
    );
    expect(depths.filter(([, depth]) => depth !== 0)).toEqual([]);
  });
});
