import {
  ExecutionAlreadyExists,
  InvalidToken,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import {
  makeStepFunctionsAnswerer,
  makeStepFunctionsStarter,
} from '../../../shared/fulfilment/adapters/step-functions-workflows.ts';
import { fulfilOrderInput } from '../../../shared/contracts/fulfilment/tasks.ts';
import { aWork } from '../../support/fulfilment/builders.ts';

/** A client that answers every call with `outcome` before it reaches the network, and remembers what was asked. */
const clientThat = (outcome: () => Promise<object>) => {
  const inputs: unknown[] = [];
  const client = new SFNClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  client.middlewareStack.add(
    () => async (args) => {
      inputs.push(args.input);
      return { output: { $metadata: {}, ...(await outcome()) }, response: {} };
    },
    { step: 'initialize' },
  );
  return { client, inputs };
};
const about = { message: 'no', $metadata: {} };
const { fulfilmentOrderId, orderId, reservationId, nodeId } = aWork();
const input = fulfilOrderInput.parse({
  fulfilmentOrderId,
  orderId,
  reservationId,
  nodeId,
  acceptSeconds: 60,
  shipSeconds: 600,
});

describe('workflows in Step Functions', () => {
  it('bear the id of their work', async () => {
    const { client, inputs } = clientThat(async () => ({}));
    await makeStepFunctionsStarter(client, 'arn:machine').start(input);

    expect(inputs).toEqual([
      { stateMachineArn: 'arn:machine', name: fulfilmentOrderId, input: JSON.stringify(input) },
    ]);
  });

  it('are not started twice', async () => {
    const { client } = clientThat(() => Promise.reject(new ExecutionAlreadyExists(about)));

    await expect(makeStepFunctionsStarter(client, 'arn:machine').start(input)).resolves.toBeUndefined();
  });

  it('get their answer as JSON', async () => {
    const { client, inputs } = clientThat(async () => ({}));
    await makeStepFunctionsAnswerer(client).answer('t-1', { answer: 'accepted' });

    expect(inputs).toEqual([{ taskToken: 't-1', output: '{"answer":"accepted"}' }]);
  });

  it.each([new TaskTimedOut(about), new TaskDoesNotExist(about), new InvalidToken(about)])(
    'that wait no longer are left alone: %s',
    async (over) => {
      const { client } = clientThat(() => Promise.reject(over));

      await expect(
        makeStepFunctionsAnswerer(client).answer('t-1', { answer: 'accepted' }),
      ).resolves.toBeUndefined();
    },
  );

  it('that cannot be reached are a fault, so that the stream comes again', async () => {
    const { client } = clientThat(() => Promise.reject(new Error('no network')));

    await expect(makeStepFunctionsAnswerer(client).answer('t-1', { answer: 'accepted' })).rejects.toThrow(
      'network',
    );
    await expect(makeStepFunctionsStarter(client, 'arn:machine').start(input)).rejects.toThrow('network');
  });
});
