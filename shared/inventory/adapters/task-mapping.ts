import type { Result } from '../../kernel/result.ts';

/**
 * What a workflow has no branch for is a fault of whoever made the request: it is thrown, and the workflow's catch
 * brings it before an operator with the refusal's name.
 */
export const valueOrFault = <Value>(result: Result<Value, { readonly type: string }>): Value => {
  if (!result.ok) throw new Error(`the stock ledger refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
