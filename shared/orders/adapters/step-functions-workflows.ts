import { ExecutionAlreadyExists, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { Workflows } from '../application/ports.ts';

/** Routings as executions of the state machine route-order. A name that is taken means that it runs already. */
export const makeStepFunctionsRouting = (client: SFNClient, stateMachineArn: string): Workflows => ({
  startRouting: async ({ name, ...input }) => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
});
