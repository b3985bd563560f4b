import type * as z from 'zod';
import type { moveStock } from '../../contracts/inventory/routes.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { problemReply } from '../../platform/http/problem-reply.ts';
import { reply, type Reply } from '../../platform/http/reply.ts';
import type { MoveRefusal } from '../application/adjust-stock.ts';
import type { Sku } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import { countedPosition, type CountedPosition, type StockOfSku } from '../application/read-stock.ts';
import type { ReorderRefusal } from '../application/watch-reorder-point.ts';
import type { Actor } from '../domain/actor.ts';
import type { ReorderPoint } from '../domain/reorder-point.ts';
import type { StockMove } from '../domain/adjust-stock.ts';
import type { Cell } from '../domain/cell.ts';
import type { Position } from '../domain/position.ts';

/** The caller as the history keeps it: the key's name, never the key. */
export const actorOf = (caller: Caller): Actor =>
  caller.scope === 'node'
    ? { type: 'node', name: `key ${caller.keyId}`, nodeId: caller.nodeId }
    : { type: 'operator', name: `key ${caller.keyId}` };

type MoveBody = z.output<typeof moveStock.body>;

/** The differences that a request makes to on hand and to the quarantine, by its kind. */
const differencesOf = (body: MoveBody): Pick<StockMove, 'difference' | 'quarantined'> => {
  switch (body.kind) {
    case 'adjust':
      return { difference: body.difference };
    case 'return':
      return { difference: body.quantity };
    case 'writeOff':
      return body.from === 'quarantine'
        ? { difference: 0, quarantined: -body.quantity }
        : { difference: -body.quantity };
    case 'quarantine':
      return { difference: -body.quantity, quarantined: body.quantity };
    case 'clear':
      return { difference: body.quantity, quarantined: -body.quantity };
  }
};

export const moveOf = (cell: Cell, body: MoveBody): StockMove => {
  const { kind, key, document, reason } = body;
  return { cell, kind, key, ...differencesOf(body), document, reason };
};

/** What the API tells of a position: how its soft claims are kept is a detail. */
const positionBody = ({ soft: _soft, lapsedTo: _to, problem: _why, ...position }: CountedPosition) =>
  position;

export const stockReply = (sku: Sku, { positions, total }: StockOfSku): Reply =>
  positions.length === 0
    ? problemReply('not-found', 'no node has ever held this SKU')
    : reply(200, { sku, positions: positions.map(positionBody), total });

export const positionReply = (result: Result<Position, MoveRefusal>): Reply => {
  if (result.ok) return reply(200, positionBody(countedPosition(result.value)));
  switch (result.refusal.type) {
    case 'unknownSku':
      return problemReply('not-found', 'the catalogue does not know this SKU');
    case 'unknownNode':
      return problemReply('not-found', 'the network does not know this node');
    case 'notYourNode':
      return problemReply('forbidden', 'a node key speaks for its own node');
    case 'notThatManyOnHand':
      return problemReply('conflict', `only ${result.refusal.onHand} units are on hand`);
    case 'notThatManyInQuarantine':
      return problemReply('conflict', `only ${result.refusal.quarantined} units are in quarantine`);
  }
};

/** What the API tells of a reorder point; the level on the position is a detail of how it is watched. */
const toldPoint = ({ sku, nodeId, isArmed, crossings, reorderPoint }: ReorderPoint): Reply =>
  reply(200, { sku, nodeId, isArmed, crossings, ...(reorderPoint !== undefined && { reorderPoint }) });

export const reorderPointReply = (cell: Cell, point: ReorderPoint | undefined): Reply =>
  point === undefined
    ? problemReply('not-found', 'no reorder point was ever set here')
    : toldPoint({ ...point, ...cell });

export const setReorderPointReply = (
  cell: Cell,
  result: Result<ReorderPoint | undefined, ReorderRefusal>,
): Reply => {
  if (result.ok)
    return result.value === undefined
      ? reply(200, { ...cell, isArmed: true, crossings: 0 })
      : toldPoint(result.value);
  return result.refusal.type === 'neverHeld'
    ? problemReply('conflict', 'the node has never held this SKU: say what it has first, 0 is an answer')
    : positionReply({ ok: false, refusal: { type: result.refusal.type } });
};
