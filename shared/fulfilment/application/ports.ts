import type { FulfilmentOrderView } from '../../contracts/fulfilment/routes.ts';
import type { FulfilOrderInput } from '../../contracts/fulfilment/tasks.ts';
import type { FulfilmentOrderId, NodeId, OrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Result } from '../../kernel/result.ts';
import type { FulfilmentOrder, ShipTo, WorkStatus } from '../domain/fulfilment-order.ts';
import type { Waiting, WorkAnswer } from '../domain/workflow-answer.ts';

export type Clock = () => Instant;

/** The open work, or the work of one status. */
export type WorkFilter = 'open' | WorkStatus;
export type WorkPageRequest = {
  readonly nodeId: NodeId;
  readonly filter: WorkFilter;
  readonly limit: number;
  readonly cursor: string | undefined;
};
export type WorkPage = { readonly items: readonly FulfilmentOrder[]; readonly cursor: string | undefined };

export type FulfilmentQueries = {
  /** Every fulfilment order of an order, by id: what other contexts show of it. */
  readonly listByOrder: (orderId: OrderId) => Promise<readonly FulfilmentOrderView[]>;
  /** Oldest first; what was changed an instant ago may still show as it was. */
  readonly listByNode: (
    request: WorkPageRequest,
  ) => Promise<Result<WorkPage, { readonly type: 'notACursor' }>>;
};

export type FulfilmentOrderStore = {
  /** The work as last written; `eventual`: perhaps as it was an instant ago, at half the price. */
  readonly find: (id: FulfilmentOrderId, reading?: 'eventual') => Promise<FulfilmentOrder | undefined>;
  /** Stores new work, unless it is there already. */
  readonly create: (work: FulfilmentOrder) => Promise<'created' | 'exists'>;
  /** Stores the next version, unless somebody else has stored that version first. */
  readonly save: (work: FulfilmentOrder) => Promise<'saved' | 'overtaken'>;
  /** Leaves a callback with the work, in place of any before it. Returns the work; undefined when there is none. */
  readonly leaveToken: (id: FulfilmentOrderId, waiting: Waiting) => Promise<FulfilmentOrder | undefined>;
};

/** Tells a node of its work, or by its status that it is called off. Throws when the node does not take the message. */
export type NodeNotifier = { readonly tell: (endpoint: string, work: FulfilmentOrder) => Promise<void> };

/** What fulfilment needs to know of a node. */
export type WorkPlace = {
  readonly acceptWithinMinutes: number;
  readonly shipWithinMinutes: number;
  readonly endpoint?: string | undefined;
  readonly ordersPerDay?: number | undefined;
  readonly linesPerDay?: number | undefined;
  readonly unitsPerDay?: number | undefined;
};
export type WorkPlaces = { readonly findNode: (nodeId: NodeId) => Promise<WorkPlace | undefined> };

/** Where an order goes and how, as the customer asked. */
type Destination = {
  readonly shipTo?: ShipTo | undefined;
  readonly shippingService?: string | undefined;
};
export type Destinations = {
  readonly findDestination: (orderId: OrderId) => Promise<Destination | undefined>;
};

/** The workflows of the work. */
export type Workflows = {
  /** Starts the workflow of the work, once: a second start does nothing. */
  readonly start: (input: FulfilOrderInput) => Promise<void>;
  /** Answers a waiting workflow; one that waits no longer is left alone. */
  readonly answer: (token: string, answer: WorkAnswer) => Promise<void>;
};
