import type { Awaited } from './answer-work.ts';
import {
  shortLines,
  type FulfilmentOrder,
  type LineQuantity,
  type RejectionReason,
} from './fulfilment-order.ts';

/** The callback that a workflow has left with the work, and what it waits to hear. */
export type Waiting = { readonly token: string; readonly for: Awaited };

/** What the workflow of the work branches on. */
export type WorkAnswer =
  | { readonly answer: 'accepted' }
  | { readonly answer: 'rejected'; readonly reason: RejectionReason }
  | {
      readonly answer: 'shipped';
      readonly shipped: readonly LineQuantity[];
      readonly short: readonly LineQuantity[];
    }
  | { readonly answer: 'cancelled' };

/** What can be told to a workflow that waits for `awaited`; undefined while it has to go on waiting. */
export const answerOf = (work: FulfilmentOrder, awaited: Awaited): WorkAnswer | undefined => {
  switch (work.state.status) {
    case 'requested':
      return undefined;
    case 'accepted':
      return awaited === 'answer' ? { answer: 'accepted' } : undefined;
    case 'rejected':
      return { answer: 'rejected', reason: work.state.reason };
    case 'shipped':
    case 'partlyShipped':
      return { answer: 'shipped', shipped: work.state.shipped, short: shortLines(work) };
    case 'cancelled':
      return { answer: 'cancelled' };
  }
};
