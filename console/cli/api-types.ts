import type * as z from 'zod';
import type { fulfilmentOrder } from '../../shared/contracts/fulfilment/routes.ts';
import type {
  freezeAnswer,
  lastProof,
  mendAnswer,
  provenCell,
  stockAuditPage,
} from '../../shared/contracts/inventory/books-routes.ts';
import type { countTask } from '../../shared/contracts/inventory/counts.ts';
import type { feed, feedRowNote } from '../../shared/contracts/inventory/feeds.ts';
import type { basketReservation } from '../../shared/contracts/inventory/reservation-routes.ts';
import type { stockMovement, stockPosition } from '../../shared/contracts/inventory/routes.ts';
import type {
  expectedAvailability,
  openSupply,
  supplyOrder,
} from '../../shared/contracts/inventory/supply-routes.ts';
import type { orderDetail, orderSummary } from '../../shared/contracts/orders/routes.ts';

/** What the API answers, after the schemas it is described by. */
export type OrderSummary = z.infer<typeof orderSummary>;
export type OrderDetail = z.infer<typeof orderDetail>;
export type FulfilmentOrder = z.infer<typeof fulfilmentOrder>;
export type SupplyOrder = z.infer<typeof supplyOrder>;
export type OpenSupply = z.infer<typeof openSupply>;
export type ExpectedAvailability = z.infer<typeof expectedAvailability>;
export type Feed = z.infer<typeof feed>;
export type FeedRowNote = z.infer<typeof feedRowNote>;
export type CountTask = z.infer<typeof countTask>;
export type StockPosition = z.infer<typeof stockPosition>;
export type BasketReservation = z.infer<typeof basketReservation>;
export type StockMovement = z.infer<typeof stockMovement>;

export type PageOf<Item> = { readonly items: readonly Item[]; readonly cursor?: string };
export type Stock = {
  readonly sku: string;
  readonly positions: readonly StockPosition[];
  readonly total: { readonly onHand: number; readonly reserved: number; readonly available: number };
};

/** A page of GET /v1/books/stock. */
export type StockAudit = z.infer<typeof stockAuditPage>;
export type ProvenCell = z.infer<typeof provenCell>;
export type LastProof = z.infer<typeof lastProof>;
export type MendAnswer = z.infer<typeof mendAnswer>;
export type FreezeAnswer = z.infer<typeof freezeAnswer>;

type Violation = { readonly subject: string; readonly rule: string; readonly detail: string };
/** A page of GET /v1/books/orders. */
export type OrdersAudit = {
  readonly ordersChecked: number;
  readonly violations: readonly Violation[];
  readonly reserved: readonly {
    readonly fulfilmentOrderId: string;
    readonly nodeId: string;
    readonly sku: string;
    readonly quantity: number;
  }[];
  readonly cursor?: string;
};
