import type { NodeId, Sku, SupplyId } from '../../../kernel/ids.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../../kernel/result.ts';
import { maySpeakFor, type Actor } from '../../domain/actor.ts';
import { availableOf } from '../../domain/position.ts';
import type { SupplyDecision, SupplyRefusal } from '../../domain/supply/supply-decision.ts';
import type { SupplyOrder } from '../../domain/supply/supply-order.ts';
import type { CommitRefusal } from '../ports.ts';
import type { Clock, StockLedger, SupplyOrders } from '../ports.ts';

export type SupplyDeps = {
  readonly ledger: Pick<StockLedger, 'commit' | 'findPositions'>;
  readonly supply: Pick<SupplyOrders, 'find'>;
  readonly now: Clock;
};

export type SupplyCommandRefusal =
  | SupplyRefusal
  | { readonly type: 'unknownSku'; readonly sku: Sku }
  | { readonly type: 'unknownNode'; readonly nodeId: NodeId }
  | { readonly type: 'notYourNode' }
  | { readonly type: 'notThatManyFree'; readonly sku: Sku; readonly available: number };

type Decide = (known: SupplyOrder | undefined) => Result<SupplyDecision, SupplyCommandRefusal>;

/** Others may change an order between reading and writing it; so often in a row only if something is wrong. */
const ATTEMPTS = 20;

/** A cell that did not let its units go, and what it could have given. */
const blockedBy = async (
  ledger: SupplyDeps['ledger'],
  { guardFailed }: CommitRefusal,
): Promise<SupplyCommandRefusal> => {
  const [cell] = guardFailed;
  if (cell === undefined) throw new BrokenInvariant('a supply order was refused for no reason');
  const [position] = await ledger.findPositions([cell]);
  const available = position === undefined ? 0 : availableOf(position);
  return { type: 'notThatManyFree', sku: cell.sku, available };
};

/** Decides on an order as it stands and writes that, afresh whenever somebody else was quicker. */
export const changeSupply = async (
  { ledger, supply }: SupplyDeps,
  supplyId: SupplyId,
  decide: Decide,
): Promise<Result<SupplyOrder, SupplyCommandRefusal>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const decision = decide(await supply.find(supplyId));
    if (!decision.ok) return decision;
    const { order, entry } = decision.value;
    if (entry === undefined) return ok(order);
    const written = await ledger.commit(entry);
    if (written.ok) return ok(order);
    if (written.refusal.moved.length === 0) return refuse(await blockedBy(ledger, written.refusal));
  }
  throw new BrokenInvariant(`supply order ${supplyId} never stands still`);
};

/** A decision on an order that exists, on the word of somebody who may speak for the node that it concerns. */
export const onBehalfOf =
  (actor: Actor, nodeOf: (order: SupplyOrder) => NodeId, decide: (order: SupplyOrder) => ReturnType<Decide>): Decide =>
  (known) => {
    if (known === undefined) return refuse({ type: 'unknownSupply' });
    return maySpeakFor(actor, nodeOf(known)) ? decide(known) : refuse({ type: 'notYourNode' });
  }; // prettier-ignore
