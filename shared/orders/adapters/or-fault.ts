import type { Result } from '../../kernel/result.ts';

/**
 * For machines that cannot take a refusal: what a workflow or the bus asks of an order can only be refused when one of
 * us is wrong. Thrown, it is retried and then waits in a queue with an alarm.
 */
export const orFault = <Value>(result: Result<Value, { readonly type: string }>): Value => {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
};
