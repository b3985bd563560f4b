import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type TransactionAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Either everything was written, or nothing, and these actions (by index) found their condition false. `attributes`
 * names, by index, those of the item that was found, for an action that asked for `ALL_OLD`.
 */
export type TransactionOutcome =
  | { readonly written: true }
  | {
      readonly written: false;
      readonly conditionFailedAt: readonly number[];
      readonly attributes: readonly (readonly string[])[];
    };

const ATTEMPTS = 8;
const FIRST_DELAY_MS = 15;

/** Full jitter: the longer it goes on, the wider the attempts are strewn. */
export const pauseWithJitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_DELAY_MS * 2 ** attempt));

/** DynamoDB accepts at most this many actions in one transaction. */
export const TRANSACTION_LIMIT = 100;

/**
 * Writes all of `actions` or none. A false condition is an outcome, not an error; a conflict with another transaction
 * or a throttled item is retried with full jitter (`wait`), and thrown when it does not pass.
 */
export const transact = async (
  client: DynamoDBDocumentClient,
  actions: readonly TransactionAction[],
  wait: (attempt: number) => Promise<void> = pauseWithJitter,
): Promise<TransactionOutcome> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...actions] }));
      return { written: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const conditionFailedAt = reasons.flatMap(({ Code }, index) =>
        Code === 'ConditionalCheckFailed' ? [index] : [],
      );
      if (conditionFailedAt.length > 0) {
        const attributes = reasons.map(({ Item = {} }) => Object.keys(Item));
        return { written: false, conditionFailedAt, attributes };
      }
      if (attempt + 1 >= ATTEMPTS) throw error;
      await wait(attempt);
    }
  }
};
