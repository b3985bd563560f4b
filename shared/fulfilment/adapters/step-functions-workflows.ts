import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Workflows } from '../application/ports.ts';

/** The workflow waits no longer: its deadline has passed, or somebody else has told it. */
const isOver = (error: unknown): boolean =>
  error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;

/** Workflows in Step Functions. The execution bears the fulfilment order's id: one work, one execution. */
export const makeStepFunctionsStarter = (
  client: SFNClient,
  stateMachineArn: string,
): Pick<Workflows, 'start'> => ({
  start: async (input) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: input.fulfilmentOrderId,
          input: JSON.stringify(input),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
});

export const makeStepFunctionsAnswerer = (client: SFNClient): Pick<Workflows, 'answer'> => ({
  answer: async (taskToken, answer) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }));
    } catch (error) {
      if (!isOver(error)) throw error;
    }
  },
});
