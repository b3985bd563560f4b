import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { unique } from './stack.ts';

type Heard = {
  readonly detailType: string;
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
};

const EventBusName = 'switchyard-local-bus';

/** A queue of its own behind the bus: hears facts as another system would. */
export const listenToBus = async (detailTypes: readonly string[]) => {
  const [sqs, bus] = [new SQSClient(), new EventBridgeClient()];
  const name = unique('test-listener');
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const EventPattern = JSON.stringify({ 'detail-type': detailTypes });
  await bus.send(new PutRuleCommand({ Name: name, EventBusName, EventPattern }));
  const target = { Id: 'queue', Arn: Attributes?.['QueueArn'] };
  await bus.send(new PutTargetsCommand({ Rule: name, EventBusName, Targets: [target] }));
  const heard: Heard[] = [];

  return {
    /** Everything that was heard so far, copies included. */
    heard: async (): Promise<readonly Heard[]> => {
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        if (Messages.length === 0) return heard;
        for (const { Body = '{}', ReceiptHandle } of Messages) {
          const event = JSON.parse(Body) as {
            'detail-type': string;
            detail: { metadata: { eventId: string }; data: Heard['data'] };
          };
          const { metadata, data } = event.detail;
          heard.push({ detailType: event['detail-type'], eventId: metadata.eventId, data });
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
    stop: async (): Promise<void> => {
      await bus.send(new RemoveTargetsCommand({ Rule: name, EventBusName, Ids: ['queue'] }));
      await bus.send(new DeleteRuleCommand({ Name: name, EventBusName }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
};
