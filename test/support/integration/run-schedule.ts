import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Runs a scheduled function now instead of waiting for its hour; fails with what it threw. */
export const runSchedule = async (name: `${string}/${string}`): Promise<unknown> => {
  const lambda = new LambdaClient();
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: `switchyard-local-${name.replace('/', '-')}`, Payload: '{}' }),
  );
  const text = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(`${name} failed: ${text}`);
  return JSON.parse(text) as unknown;
};
