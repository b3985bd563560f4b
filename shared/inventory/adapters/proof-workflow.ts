import { ExecutionAlreadyExists, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import type { ProofWorkflow } from '../application/start-proof.ts';

/** A proof as an execution of the state machine prove-books. A name that is taken means that it runs already. */
export const makeProofWorkflow = (client: SFNClient, stateMachineArn: string): ProofWorkflow => ({
  startProof: async (plan) => {
    try {
      await client.send(
        new StartExecutionCommand({ stateMachineArn, name: plan.proofId, input: JSON.stringify(plan) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
});
