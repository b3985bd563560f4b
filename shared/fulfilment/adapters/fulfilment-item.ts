import * as z from 'zod';
import { rejectionReason, tracking } from '../../contracts/fulfilment/events.ts';
import { fulfilmentOrderStatus } from '../../contracts/fulfilment/routes.ts';
import {
  address,
  fulfilmentOrderId,
  lineId,
  nodeId,
  orderId,
  quantity,
  reservationId,
  sku,
} from '../../contracts/scalars.ts';
import { isOrderId, type FulfilmentOrderId, type NodeId, type OrderId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { isOpen, type FulfilmentOrder, type WorkState } from '../domain/fulfilment-order.ts';
import type { Waiting } from '../domain/workflow-answer.ts';

const lines = z.array(z.object({ lineId, sku, quantity }));

/** How a fulfilment order lies in the table. */
const fulfilmentItem = z.object({
  entity: z.literal('fulfilmentOrder'),
  fulfilmentOrderId,
  orderId,
  reservationId,
  nodeId,
  version: z.int(),
  requestedAt: z.string(),
  updatedAt: z.string(),
  lines,
  shipTo: address.optional(),
  shippingService: z.string().optional(),
  countsOnCapacity: z.boolean().optional(),
  status: fulfilmentOrderStatus,
  reason: rejectionReason.optional(),
  shipped: lines.optional(),
  tracking: tracking.optional(),
  waiting: z.object({ token: z.string(), for: z.enum(['answer', 'shipment']) }).optional(),
});
type FulfilmentItem = z.infer<typeof fulfilmentItem>;

/** A fulfilment order's id begins with its order's id, so that the id alone leads to the item. */
const orderIdIn = (id: FulfilmentOrderId): OrderId => {
  const [text = ''] = id.split('.');
  if (!isOrderId(text)) throw new BrokenInvariant('a fulfilment order id begins with its order id');
  return text;
};

export const orderPartition = (id: OrderId): string => `ORDER#${id}`;
export const WORK_PREFIX = 'FO#';
export const workKey = (id: FulfilmentOrderId) => ({
  pk: orderPartition(orderIdIn(id)),
  sk: `${WORK_PREFIX}${id}`,
});

/** Two lists a node: the open work that it polls, and the rest; an acceptance does not move an entry. */
export const nodePartition = (id: NodeId, group: 'open' | 'closed'): string => `NODE#${id}#${group}`;

/** What changes with the state, as attributes. Absent fields are left out by the document client. */
export const stateAttributes = (work: FulfilmentOrder) => {
  const { state } = work;
  return {
    status: state.status,
    version: work.version,
    updatedAt: work.updatedAt,
    gsi1pk: nodePartition(work.nodeId, isOpen(state.status) ? 'open' : 'closed'),
    ...('reason' in state ? { reason: state.reason } : {}),
    ...('shipped' in state ? { shipped: state.shipped, tracking: state.tracking } : {}),
  };
};

export const toItem = (work: FulfilmentOrder) => {
  const { state: _state, ...request } = work;
  return {
    ...workKey(work.fulfilmentOrderId),
    gsi1sk: `${work.requestedAt}#${work.fulfilmentOrderId}`,
    entity: 'fulfilmentOrder',
    ...request,
    ...stateAttributes(work),
  };
};

const stateOf = ({ status, reason, shipped, tracking }: FulfilmentItem): WorkState => {
  switch (status) {
    case 'requested':
    case 'accepted':
    case 'cancelled':
      return { status };
    case 'rejected':
      if (reason === undefined) throw new BrokenInvariant('rejected work has a reason');
      return { status, reason };
    case 'shipped':
    case 'partlyShipped':
      if (shipped === undefined) throw new BrokenInvariant('shipped work says what was shipped');
      return { status, shipped, ...(tracking === undefined ? {} : { tracking }) };
  }
};

export type StoredWork = { readonly work: FulfilmentOrder; readonly waiting: Waiting | undefined };

/** Reads an item, or a stream's image of it. Throws when it is none. */
export const readItem = (image: unknown): StoredWork => {
  const item = fulfilmentItem.parse(image);
  const {
    entity: _entity,
    status: _status,
    reason: _reason,
    shipped: _shipped,
    tracking: _tracking,
    ...rest
  } = item;
  const { waiting, ...request } = rest;
  return { work: { ...request, state: stateOf(item) }, waiting };
};
