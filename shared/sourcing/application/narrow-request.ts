import type { SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { LineId } from '../../kernel/ids.ts';

/** The request for some of its units only, after the others were planned; what is tied to a line stays with it. */
export const narrowRequest = (
  request: SourcingRequest,
  only: readonly { readonly lineId: LineId; readonly quantity: number }[],
): SourcingRequest => ({
  ...request,
  isRemainder: true,
  lines: request.lines.flatMap((line) =>
    only.filter(({ lineId }) => lineId === line.lineId).map(({ quantity }) => ({ ...line, quantity })),
  ),
});
