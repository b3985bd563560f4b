import type { Instant } from '../../kernel/instant.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { requestCancellation } from './cancel-order.ts';
import type { ChannelOrder, ChannelOrderLine } from './channel-order.ts';
import { checkLines, type DuplicateLines } from './check-order.ts';
import type { DeclinedEdit, Edit, OrderFact } from './facts.ts';
import { moveUnits } from './move-units.ts';
import type { Order } from './order.ts';
import { lineOf } from './place-order.ts';
import { settle, type Change } from './settle.ts';
import { outcomeOf } from './status.ts';

/**
 * `older`: a late copy, ignored. `same`: this version is known and takes nothing away. `revised`: the new version is
 * the channel's word from now on; every edit in it is either applied or declined with its reason.
 */
export type RevisionOutcome =
  | { readonly outcome: 'older' }
  | { readonly outcome: 'same' }
  | {
      readonly outcome: 'revised';
      readonly decided: Change;
      readonly stated: ChannelOrder;
      readonly applied: readonly Edit[];
      readonly declined: readonly DeclinedEdit[];
    };

type Step = {
  readonly order: Order;
  readonly applied: readonly Edit[];
  readonly declined: readonly DeclinedEdit[];
};

const applying = (step: Step, order: Order, edit: Edit): Step => ({
  ...step,
  order,
  applied: [...step.applied, edit],
});
const declining = (step: Step, edit: Edit, reason: DeclinedEdit['reason']): Step => ({
  ...step,
  declined: [...step.declined, { ...edit, reason }],
});

/** Why an order takes no further units or destinations; undefined when it does. */
const closedBecause = (order: Order): DeclinedEdit['reason'] | undefined => {
  if (outcomeOf(order) !== undefined) return 'orderIsClosed';
  return order.cancellation === undefined ? undefined : 'cancellationPending';
};

/** Takes units that nobody works on yet; units at a node, or sent, stay as they are and the rest is declined. */
const decrease = (step: Step, { lineId }: ChannelOrderLine, quantity: number): Step => {
  const line = step.order.lines.find((candidate) => candidate.lineId === lineId);
  const fromOpen = Math.min(quantity, line?.open ?? 0);
  const fromBackorder = Math.min(quantity - fromOpen, line?.backordered ?? 0);
  const opened = moveUnits(step.order.lines, 'open', 'cancelled', [{ lineId, quantity: fromOpen }]);
  const lines = opened.ok
    ? moveUnits(opened.value, 'backordered', 'cancelled', [{ lineId, quantity: fromBackorder }])
    : opened;
  const taken = lines.ok ? fromOpen + fromBackorder : 0;
  const edit = { change: 'quantityDecreased', lineId } as const;
  const after =
    lines.ok && taken > 0
      ? applying(step, { ...step.order, lines: lines.value }, { ...edit, quantity: taken })
      : step;
  if (taken === quantity) return after;
  const reason = closedBecause(step.order) ?? 'workHasBegun';
  return declining(after, { ...edit, quantity: quantity - taken }, reason);
};

const increase = (step: Step, stated: ChannelOrderLine, quantity: number, change: Edit['change']): Step => {
  const edit = { change, lineId: stated.lineId, quantity };
  const reason = closedBecause(step.order);
  if (reason !== undefined) return declining(step, edit, reason);
  const added = lineOf({ ...stated, quantity });
  const known = step.order.lines.find((line) => line.lineId === stated.lineId);
  if (known !== undefined && known.sku !== stated.sku) return declining(step, edit, 'notSupported');
  const lines =
    known === undefined
      ? [...step.order.lines, added]
      : step.order.lines.map((line) =>
          line === known
            ? {
                ...line,
                ordered: line.ordered + quantity,
                open: line.open + added.open,
                shipped: line.shipped + added.shipped,
              }
            : line,
        );
  return applying(step, { ...step.order, lines }, edit);
};

const reduceLines = (start: Step, known: ChannelOrder, stated: ChannelOrder): Step =>
  known.lines.reduce((step, line) => {
    const now = stated.lines.find((candidate) => candidate.lineId === line.lineId)?.quantity ?? 0;
    return now < line.quantity ? decrease(step, line, line.quantity - now) : step;
  }, start);

const extendLines = (start: Step, known: ChannelOrder, stated: ChannelOrder): Step =>
  stated.lines.reduce((step, line) => {
    const before = known.lines.find((candidate) => candidate.lineId === line.lineId);
    if (before === undefined) return increase(step, line, line.quantity, 'lineAdded');
    if (before.sku !== line.sku)
      return declining(step, { change: 'sku', lineId: line.lineId }, 'notSupported');
    return line.quantity > before.quantity
      ? increase(step, line, line.quantity - before.quantity, 'quantityIncreased')
      : step;
  }, start);

const SHIP_TO_FIELDS = [
  'name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'latitude', 'longitude',
] as const; // prettier-ignore

const hasSameDestination = (one: ChannelOrder, other: ChannelOrder): boolean =>
  SHIP_TO_FIELDS.every((field) => one.shipTo?.[field] === other.shipTo?.[field]);

const moveDestination = (step: Step, known: ChannelOrder, stated: ChannelOrder): Step => {
  if (hasSameDestination(known, stated)) return step;
  const reason = closedBecause(step.order) ?? (step.order.work.length > 0 ? 'workHasBegun' : undefined);
  return reason === undefined
    ? applying(step, step.order, { change: 'shipTo' })
    : declining(step, { change: 'shipTo' }, reason);
};

const wantsCancellation = (order: Order, stated: ChannelOrder): boolean =>
  stated.cancelledAt !== undefined && order.cancellation === undefined && outcomeOf(order) !== 'cancelled';

/**
 * A later version of the same channel order. Decreases, removed lines, increases, added lines, a new destination before
 * the first routing and the cancellation are applied; what cannot be is declined with a reason, in the fact and in the
 * answer. Versions decide what is late; under an equal version (channels count in whole seconds) only what takes away
 * is applied, since the order of the two is not known.
 */
export const reviseFromChannel = (
  order: Order,
  known: ChannelOrder,
  stated: ChannelOrder,
  at: Instant,
): Result<RevisionOutcome, DuplicateLines> => {
  if (stated.channelVersion < order.channelVersion) return ok({ outcome: 'older' });
  const checked = checkLines(stated);
  if (!checked.ok) return checked;
  const isNewer = stated.channelVersion > order.channelVersion;
  const start: Step = { order, applied: [], declined: [] };
  // What is added comes first: taking the last old line away must not close the order before its new line is there.
  const extended = isNewer ? moveDestination(extendLines(start, known, stated), known, stated) : start;
  const edited = reduceLines(extended, known, stated);
  const cancelling = wantsCancellation(order, stated);
  const isEdit = edited.applied.length + edited.declined.length > 0 || cancelling;
  if (!isNewer && !isEdit) return ok({ outcome: 'same' });
  return ok(concluded(order, known, stated, cancelling ? cancelled(edited, at) : edited, at));
};

type Cancelled = Step & { readonly facts?: readonly OrderFact[] };

const cancelled = (step: Step, at: Instant): Cancelled => {
  const edit = { change: 'cancellation' } as const;
  const answer = requestCancellation(step.order, 'cancelledAtChannel', at);
  if (!answer.ok) return declining(step, edit, 'orderIsClosed');
  const facts = answer.value.changed ? answer.value.facts.filter((fact) => fact.type !== 'closed') : [];
  return { ...applying(step, answer.value.order, edit), facts };
};

const concluded = (
  order: Order,
  known: ChannelOrder,
  stated: ChannelOrder,
  step: Cancelled,
  at: Instant,
): RevisionOutcome => {
  const { applied, declined } = step;
  const keepsDestination = declined.some((edit) => edit.change === 'shipTo') || stated.shipTo === undefined;
  const kept = keepsDestination ? { ...stated, shipTo: known.shipTo } : stated;
  const after: Order = {
    ...step.order,
    channelVersion: stated.channelVersion,
    channelOrderNumber: stated.channelOrderNumber ?? order.channelOrderNumber,
    grandTotal: stated.totals.grand,
  };
  const isEdit = applied.length + declined.length > 0;
  const revised: readonly OrderFact[] = isEdit
    ? [{ type: 'revised', channelVersion: stated.channelVersion, applied, declined }]
    : [];
  const opens = applied.some((edit) => edit.change === 'lineAdded' || edit.change === 'quantityIncreased');
  const settled = settle(
    order,
    after,
    [...revised, ...(step.facts ?? [])],
    at,
    opens ? 'revised' : undefined,
  );
  // Versions that change nothing here (tags, payment) are frequent: the order keeps its time, so that no list moves.
  const decided = isEdit ? settled : { ...settled, order: { ...settled.order, updatedAt: order.updatedAt } };
  return { outcome: 'revised', decided, stated: kept, applied, declined };
};
