import * as z from 'zod';
import {
  basketReservationId,
  claimId,
  lineId,
  nodeId,
  orderId,
  reservationId,
  sku,
} from '../../contracts/scalars.ts';
import { isSku, type Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { StoredPosition } from '../domain/audit.ts';
import type { Cell } from '../domain/cell.ts';
import { MOVEMENT_KINDS } from '../domain/ledger-entry.ts';
import type { ClaimId, Reservation } from '../domain/reservation.ts';
import type { ClaimGroup } from '../domain/claim-group.ts';
import type { ToldPosition } from '../domain/told.ts';
import type { DatedMovement } from '../application/ports.ts';
import { softUnitsIn } from './soft-items.ts';

/** Where things lie. A node id holds no `#`; free text (SKU, key) comes last in its key. */
export const positionKey = ({ sku, nodeId }: Cell) => ({ pk: `SKU#${sku}`, sk: `NODE#${nodeId}` });
export const movementPrefix = ({ nodeId }: Pick<Cell, 'nodeId'>): string => `MOVE#${nodeId}#`;
export const movementKey = (cell: Cell, at: Instant, movementId: string) => ({
  pk: `SKU#${cell.sku}`,
  sk: `${movementPrefix(cell)}${at}#${movementId}`,
});
export const onceKey = (cell: Cell, key: string) => ({
  pk: `SKU#${cell.sku}`,
  sk: `ONCE#${cell.nodeId}#${key}`,
});
/** The SKU in whose partition an item lies. */
export const skuOf = ({ pk }: Readonly<Record<string, unknown>>): Sku | undefined => {
  const text = String(pk);
  const name = text.slice('SKU#'.length);
  return text.startsWith('SKU#') && isSku(name) ? name : undefined;
};
export const reservationKey = (id: ClaimId) => ({ pk: `RES#${id}`, sk: 'RESERVATION' });

/** Tasks are few, and done by people: all of them lie together. A node id holds no `#`. */
export const COUNT_TASKS = 'COUNTS';

export const groupKey = (groupId: string) => ({ pk: `GROUP#${groupId}`, sk: 'GROUP' });

export const countTaskKey = ({ sku, nodeId }: Cell) => ({ pk: COUNT_TASKS, sk: `${nodeId}#${sku}` });
export const driftPartition = (nodeId: Cell['nodeId']): string => `DRIFT#${nodeId}`;
export const driftKey = ({ sku, nodeId }: Cell) => ({ pk: driftPartition(nodeId), sk: sku });

const lineQuantity = z.object({ lineId, sku, quantity: z.int() });

const positionItem = z.object({
  entity: z.literal('position'),
  sku,
  nodeId,
  onHand: z.number(),
  reserved: z.number(),
  safetyStock: z.number(),
  quarantined: z.number().default(0),
  inTransit: z.number().default(0),
  ringFence: z.number().default(0),
  freeUnits: z.number(),
  version: z.int(),
  frozen: z.object({ reason: z.string(), since: z.string() }).exactOptional(),
  lapsedTo: z.string().exactOptional(),
});

/** The same item with what feeds have to know of it. */
const toldPositionItem = positionItem.extend({
  updatedAt: z.string(),
  told: z
    .object({ asOf: z.string(), by: z.string(), difference: z.int(), version: z.int().exactOptional() })
    .exactOptional(),
  drift: z.object({ score: z.number(), at: z.string() }).exactOptional(),
});

const movementItem = z.object({
  entity: z.literal('movement'),
  movementId: z.string(),
  kind: z.enum(MOVEMENT_KINDS),
  at: z.string(),
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  safetyStockDelta: z.int().exactOptional(),
  quarantinedDelta: z.int().exactOptional(),
  inTransitDelta: z.int().exactOptional(),
  ringFenceDelta: z.int().exactOptional(),
  onHandAfter: z.int().exactOptional(),
  asOf: z.string().exactOptional(),
  document: z.string().exactOptional(),
  actor: z.string().exactOptional(),
  reason: z.string().exactOptional(),
});

const reservationItem = z.object({
  entity: z.literal('reservation'),
  reservationId: claimId,
  orderId: orderId.optional(),
  basketId: basketReservationId.exactOptional(),
  softUntil: z.string().exactOptional(),
  version: z.int(),
  status: z.enum(['claiming', 'undoing', 'lost', 'held', 'waiting', 'grouped']),
  groupId: z.string().exactOptional(),
  considered: z.array(lineQuantity),
  lines: z.array(
    lineQuantity.extend({ nodeId, shipped: z.int(), released: z.int(), fromBasket: z.int().exactOptional() }),
  ),
  claimed: z.int(),
  settlements: z.array(
    z.object({
      nodeId,
      cause: z.enum(['shipped', 'rejected', 'cancelled', 'superseded']),
      by: z.string(),
      at: z.string(),
      shipped: z.array(lineQuantity),
      writtenOff: z.array(lineQuantity),
    }),
  ),
  changedAt: z.string(),
});

const groupItem = z.object({
  entity: z.literal('group'),
  groupId: z.string(),
  cell: z.object({ sku, nodeId }),
  status: z.enum(['open', 'counted']),
  claims: z.array(z.object({ reservationId, quantity: z.int() })),
  refused: z.array(reservationId),
  alongside: z.array(z.string()).exactOptional(),
  changedAt: z.string(),
});

export type TableItem = Readonly<Record<string, unknown>>;

/** Reads a stored position; throws on an item that is none. Counters are not judged here: that is the audit's work. */
export const positionFrom = (item: TableItem): StoredPosition => {
  const { entity: _, ...position } = positionItem.parse(item);
  const soft = softUnitsIn(item);
  return soft.length === 0 ? position : { ...position, soft };
};

export const toldPositionFrom = (item: TableItem): ToldPosition => {
  const { entity: _, freeUnits: _free, updatedAt, ...position } = toldPositionItem.parse(item);
  return { ...position, changedAt: updatedAt };
};

export const movementFrom = (item: TableItem): DatedMovement => {
  const { entity: _, ...movement } = movementItem.parse(item);
  return movement;
};

export const reservationFrom = (item: TableItem): Reservation => {
  const { entity: _, orderId, ...reservation } = reservationItem.parse(item);
  return { ...reservation, orderId };
};

export const groupFrom = (item: TableItem): ClaimGroup => {
  const { entity: _, ...group } = groupItem.parse(item);
  return group;
};
