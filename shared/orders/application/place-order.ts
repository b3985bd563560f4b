import type { OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ChannelOrder } from '../domain/channel-order.ts';
import { checkMoney, type DuplicateLines, type MoneyMismatch } from '../domain/check-order.ts';
import type { DeclinedEdit } from '../domain/facts.ts';
import type { Order } from '../domain/order.ts';
import { placeOrder } from '../domain/place-order.ts';
import { reviseFromChannel } from '../domain/revise-order.ts';
import { statusOf, type OrderStatus } from '../domain/status.ts';
import { ROUNDS } from './change-order.ts';
import type { Claim, Clock, DeriveOrderId, Hash, OrderStore, OrderWithStated, StatedOrder } from './ports.ts';

export type PlaceOrderCommand = {
  readonly order: ChannelOrder;
  /**
   * Given by the canonical API: its caller states the money himself, so the parts must add up, and a changed order
   * needs a raised version. A channel's word on an order that its customer has paid is taken as it is.
   */
  readonly submission?: { readonly callerId: string; readonly idempotencyKey: string } | undefined;
};

export type PlacedOrder = {
  /** `ignored`: a version older than the stored one. */
  readonly outcome: 'placed' | 'alreadyThere' | 'revised' | 'ignored';
  readonly orderId: OrderId;
  readonly status: OrderStatus;
  /** Edits of a revised order that could not be done. */
  readonly declined: readonly DeclinedEdit[];
};

export type PlaceRefusal =
  | DuplicateLines
  | MoneyMismatch
  | { readonly type: 'keyReused' }
  | { readonly type: 'versionNotRaised' }
  | { readonly type: 'tooLarge' };

type Deps = {
  readonly store: OrderStore;
  readonly deriveOrderId: DeriveOrderId;
  readonly hash: Hash;
  readonly now: Clock;
};

type Attempt = {
  readonly orderId: OrderId;
  readonly stated: StatedOrder;
  readonly claim: Claim | undefined;
  readonly at: Instant;
};

/** `again`: somebody else wrote the order in between. */
type Answer = Result<PlacedOrder, PlaceRefusal | { readonly type: 'stale' }>;

const placed = (
  order: Order,
  outcome: PlacedOrder['outcome'],
  declined: readonly DeclinedEdit[] = [],
): Answer => ok({ outcome, orderId: order.orderId, status: statusOf(order), declined });

const create = async (store: OrderStore, { orderId, stated, claim, at }: Attempt): Promise<Answer> => {
  const decided = placeOrder(orderId, stated.order, at);
  if (!decided.ok) return decided;
  const { order: after, facts } = decided.value;
  const written = await store.write({ before: undefined, after, facts, stated, claim });
  return written.ok ? placed(after, 'placed') : written;
};

const keep = async (
  store: OrderStore,
  { claim, at }: Attempt,
  order: Order,
  outcome: PlacedOrder['outcome'],
): Promise<Answer> => {
  const kept = claim === undefined ? ok(undefined) : await store.keepClaim(claim, at);
  return kept.ok ? placed(order, outcome) : kept;
};

const revise = async (store: OrderStore, known: OrderWithStated, attempt: Attempt): Promise<Answer> => {
  const { stated, claim, at } = attempt;
  const before = known.order;
  const isSameWord = stated.hash === known.stated.hash;
  if (isSameWord && stated.order.channelVersion === before.channelVersion)
    return keep(store, attempt, before, 'alreadyThere');
  const revision = reviseFromChannel(before, known.stated.order, stated.order, at);
  if (!revision.ok) return revision;
  if (revision.value.outcome === 'older') return keep(store, attempt, before, 'ignored');
  if (revision.value.outcome === 'same') {
    if (claim !== undefined) return refuse({ type: 'versionNotRaised' });
    return keep(store, attempt, before, 'alreadyThere');
  }
  const { decided, declined } = revision.value;
  const written = await store.write({
    before,
    after: decided.order,
    facts: decided.facts,
    stated: isSameWord ? undefined : { order: revision.value.stated, hash: stated.hash },
    claim,
  });
  return written.ok ? placed(decided.order, isSameWord ? 'alreadyThere' : 'revised', declined) : written;
};

/**
 * Places an order, or takes the news in a later copy of it: one channel order is one order, however often, late or at
 * once its copies come. Throws when the order stays contended.
 */
export const makePlaceOrder =
  ({ store, deriveOrderId, hash, now }: Deps) =>
  async ({ order, submission }: PlaceOrderCommand): Promise<Result<PlacedOrder, PlaceRefusal>> => {
    if (submission !== undefined) {
      const money = checkMoney(order);
      if (!money.ok) return money;
    }
    const orderId = deriveOrderId(order);
    const attempt: Attempt = {
      orderId,
      stated: { order, hash: hash(JSON.stringify({ ...order, channelVersion: 0 })) },
      claim: submission && {
        key: `${submission.callerId}#${submission.idempotencyKey}`,
        bodyHash: hash(JSON.stringify(order)),
        orderId,
      },
      at: now(),
    };
    // The first copy is the usual one, so it is written unread; whoever finds the order there has a copy to compare.
    let answer = await create(store, attempt);
    for (let round = 0; round < ROUNDS && !answer.ok && answer.refusal.type === 'stale'; round += 1) {
      const known = await store.findWithStated(orderId);
      answer = known === undefined ? await create(store, attempt) : await revise(store, known, attempt);
    }
    if (answer.ok) return answer;
    const { refusal } = answer;
    if (refusal.type === 'stale') throw new Error(`order ${orderId} stays contended`);
    return refuse(refusal);
  };
