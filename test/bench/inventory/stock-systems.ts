import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { makeReceiveStock, makeSetOnHand } from '../../../shared/inventory/application/adjust-stock.ts';
import { makeBindBasket } from '../../../shared/inventory/application/bind-basket.ts';
import { makeExtendBasket } from '../../../shared/inventory/application/extend-basket.ts';
import { makeFreeBasket, makeReleaseBasket } from '../../../shared/inventory/application/free-basket.ts';
import { makeHoldBasket } from '../../../shared/inventory/application/hold-basket.ts';
import { makeSweepExpiredClaims } from '../../../shared/inventory/application/sweep-expired-claims.ts';
import { makeDynamoDueClaims } from '../../../shared/inventory/adapters/dynamo-due-claims.ts';
import { makeClaimTogether } from '../../../shared/inventory/application/claim-together.ts';
import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import { makeLedgerOfNow } from '../../../shared/inventory/application/ledger-of-now.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { makeBasketSwap } from '../../../shared/inventory/application/swap-basket.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import type { NodeId } from '../../../shared/kernel/ids.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import type { PlannedShipment } from '../../../shared/inventory/domain/reservation.ts';
import { aBasket, aCell, aNode, anOrder, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { wishes } from '../../support/inventory/basket-house.ts';
import type { Row } from './schedule.ts';

export const CELLS: readonly Cell[] = [
  aCell('MUG', 'N0'),
  aCell('MUG', 'N1'),
  aCell('CUP', 'N0'),
  aCell('CUP', 'N1'),
];
export const NODES: readonly NodeId[] = [aNode('N0'), aNode('N1')];
export const cellAt = (index: number): Cell => CELLS[index] ?? aCell('NONE', 'NONE');
export const nodeAt = (index: number): NodeId => NODES[index] ?? aNode('NONE');

export const planFrom = (order: number, rows: readonly Row[]) =>
  aPlan(
    rows.map(({ cell, quantity }) => [cellAt(cell).nodeId, cellAt(cell).sku, quantity] as const),
    order + 1,
  );

/** How the claim at a node ended, as far as the answer tells. */
export type EndAnswer = 'shipped' | 'released';

/** What is put to the test, at the level of its use cases. One instance is one executor with its clock. */
export type StockSystem = {
  readonly reserve: (
    order: number,
    rows: readonly Row[],
    hasBasket: boolean,
  ) => Promise<'lost' | readonly PlannedShipment[]>;
  readonly release: (order: number, node: number | undefined, outOfStock: boolean) => Promise<void>;
  /** Answers how the claim ended; undefined when there was nothing to ship. */
  readonly book: (order: number, node: number, short: number) => Promise<EndAnswer | undefined>;
  readonly receive: (cell: number, key: number, quantity: number) => Promise<void>;
  readonly count: (cell: number, key: number, onHand: number) => Promise<void>;
  /** Undefined: refused. */
  readonly hold: (order: number, rows: readonly Row[], minutes: number) => Promise<HeldAnswer | undefined>;
  /** Until when it holds now; undefined: refused. */
  readonly extend: (order: number, minutes: number) => Promise<string | undefined>;
  readonly drop: (order: number) => Promise<boolean>;
  readonly bind: (order: number) => Promise<boolean>;
  readonly free: (order: number) => Promise<void>;
  readonly sweep: () => Promise<void>;
};

export type HeldAnswer = { readonly until: string; readonly units: number };

export type MakeSystem = (executor: {
  readonly client: DynamoDBDocumentClient;
  readonly now: () => string;
  readonly wait: () => Promise<void>;
  readonly cellsPerEntry: number;
  readonly isHot: boolean;
}) => StockSystem;

const OPERATOR = { type: 'operator', name: 'bench' } as const;
const SKUS = new Set(CELLS.map(({ sku }) => sku));
const KNOWN_NODES = new Set(NODES);
const KNOWN = { knownSkus: async () => SKUS, knownNodes: async () => KNOWN_NODES };

/** Ids of groups are unique over a whole process. */
let groups = 0;

/** Switchyard's own use cases over its own DynamoDB adapter. */
export const makeOwnSystem: MakeSystem = ({ client, now, wait, cellsPerEntry, isHot }) => {
  const table = { client, tableName: 'inventory', wait, cellsPerEntry };
  const ledger = makeLedgerOfNow({ ledger: makeDynamoStockLedger(table), now });
  const adjusting = { ledger, now, catalogue: KNOWN, network: KNOWN };
  const grouping = {
    isHot: () => isHot,
    claimTogether: makeClaimTogether({ ledger, now, newGroupId: () => `g${(groups += 1)}` }),
    pause: wait,
    patience: 1,
  };
  const releaseReservation = makeReleaseReservation({ ledger, now, grouping });
  const baskets = makeBasketSwap({ ledger, now, releaseReservation });
  const reservePlan = makeReservePlan({ ledger, now, grouping, baskets });
  const holdBasket = makeHoldBasket({ ...adjusting });
  const extendBasket = makeExtendBasket({ ledger, now });
  const bindBasket = makeBindBasket({ ledger, now });
  const dropBasket = makeReleaseBasket({ ledger, now, releaseReservation });
  const freeBasket = makeFreeBasket({ ledger, now, releaseReservation });
  const sweep = makeSweepExpiredClaims({ ledger, due: makeDynamoDueClaims(table), now });
  const bookShipment = makeBookShipment({ ledger, now });
  const receiveStock = makeReceiveStock(adjusting);
  const setOnHand = makeSetOnHand(adjusting);
  return {
    reserve: async (order, rows, hasBasket) => {
      const basketId = hasBasket ? aBasket(order + 1) : undefined;
      const result = await reservePlan({ ...planFrom(order, rows), basketId });
      if (!result.ok) throw new Error(result.refusal.type);
      return result.value.outcome === 'lost' ? 'lost' : result.value.shipments;
    },
    release: async (order, node, outOfStock) => {
      await releaseReservation({
        reservationId: aReservation(order + 1),
        nodeId: node === undefined ? undefined : nodeAt(node),
        cause: 'rejected',
        reason: outOfStock ? 'outOfStock' : undefined,
      });
    },
    book: async (order, node, short) => {
      const reservationId = aReservation(order + 1);
      const nodeId = nodeAt(node);
      const found = await ledger.findReservation(reservationId);
      const lines = (found?.status === 'held' ? found.lines : []).filter((line) => line.nodeId === nodeId);
      if (lines.length === 0) return undefined;
      const result = await bookShipment({
        fulfilmentOrderId: fulfilmentOrderIdOf(reservationId, nodeId),
        reservationId,
        nodeId,
        shipped: lines.map(({ lineId, sku, quantity }) => ({
          lineId,
          sku,
          quantity: Math.max(0, quantity - short),
        })),
        short: lines.map(({ lineId, sku, quantity }) => ({
          lineId,
          sku,
          quantity: Math.min(short, quantity),
        })),
      });
      if (!result.ok) throw new Error(result.refusal.type);
      return result.value.settlement.cause === 'shipped' ? 'shipped' : 'released';
    },
    receive: async (cell, key, quantity) => {
      await receiveStock({ cell: cellAt(cell), key: String(key), quantity }, OPERATOR);
    },
    count: async (cell, key, onHand) => {
      await setOnHand({ cell: cellAt(cell), key: String(key), onHand, reason: 'count' }, OPERATOR);
    },
    hold: async (order, rows, minutes) => {
      const lines = wishes(...rows.map(({ cell, quantity }) => [cellAt(cell), quantity] as const));
      const result = await holdBasket({ basketId: aBasket(order + 1), minutes, lines });
      const { softUntil, lines: held } = result.ok
        ? result.value.basket
        : { softUntil: undefined, lines: [] };
      const units = held.reduce((sum, { quantity }) => sum + quantity, 0);
      return softUntil === undefined ? undefined : { until: softUntil, units };
    },
    extend: async (order, minutes) => {
      const result = await extendBasket(aBasket(order + 1), minutes);
      return result.ok ? result.value.softUntil : undefined;
    },
    drop: async (order) => (await dropBasket(aBasket(order + 1))).ok,
    bind: async (order) =>
      (await bindBasket({ basketId: aBasket(order + 1), orderId: anOrder(order + 1), again: true })) !==
      undefined,
    free: (order) => freeBasket(aBasket(order + 1), anOrder(order + 1)),
    sweep: async () => {
      await sweep();
    },
  };
};

type NaivePosition = { onHand: number; reserved: number };
type NaiveLine = Row & { readonly state: 'open' | EndAnswer };

/**
 * The peer: the same requests by reading, changing and writing back, as an ordinary web shop does it: it checks before
 * it writes and remembers what it has done, but nothing ties the check to the write.
 */
export const makeNaiveSystem: MakeSystem = ({ client }) => {
  const read = async (pk: string, sk: string): Promise<Record<string, unknown> | undefined> =>
    (await client.send(new GetCommand({ TableName: 'inventory', Key: { pk, sk } }))).Item;
  const save = async (pk: string, sk: string, data: Record<string, unknown>): Promise<void> => {
    await client.send(new PutCommand({ TableName: 'inventory', Item: { pk, sk, ...data } }));
  };
  const positionKey = (cell: number) => [`SKU#${cellAt(cell).sku}`, `NODE#${cellAt(cell).nodeId}`] as const;
  const position = async (cell: number): Promise<NaivePosition> => {
    const item = await read(...positionKey(cell));
    return { onHand: Number(item?.['onHand'] ?? 0), reserved: Number(item?.['reserved'] ?? 0) };
  };
  const change = async (cell: number, onHand: number, reserved: number): Promise<void> => {
    const known = await position(cell);
    await save(...positionKey(cell), { onHand: known.onHand + onHand, reserved: known.reserved + reserved });
  };
  const reservation = async (order: number): Promise<readonly NaiveLine[] | undefined> =>
    (await read(`RES#${aReservation(order + 1)}`, 'RESERVATION'))?.['lines'] as NaiveLine[] | undefined;
  const saveReservation = (order: number, lines: readonly NaiveLine[]): Promise<void> =>
    save(`RES#${aReservation(order + 1)}`, 'RESERVATION', { lines });
  const shipmentsOf = (order: number, lines: readonly NaiveLine[]): readonly PlannedShipment[] =>
    planFrom(order, lines).shipments;

  const end = async (order: number, node: number | undefined, as: EndAnswer, takesOff: boolean) => {
    const isThere = (line: NaiveLine): boolean =>
      node === undefined || cellAt(line.cell).nodeId === nodeAt(node);
    const isEnding = (line: NaiveLine): boolean => line.state === 'open' && isThere(line);
    const lines = (await reservation(order)) ?? [];
    const ending = lines.filter(isEnding);
    for (const { cell, quantity } of ending) await change(cell, takesOff ? -quantity : 0, -quantity);
    if (ending.length > 0) {
      await saveReservation(
        order,
        lines.map((line) => (isEnding(line) ? { ...line, state: as } : line)),
      );
    }
    const before = lines.find(isThere)?.state;
    return before === 'open' ? as : before;
  };

  return {
    reserve: async (order, rows) => {
      const known = await reservation(order);
      if (known !== undefined) return shipmentsOf(order, known);
      for (const { cell } of rows) {
        const { onHand, reserved } = await position(cell);
        const wanted = rows.filter((row) => row.cell === cell).reduce((sum, row) => sum + row.quantity, 0);
        if (onHand - reserved < wanted) return 'lost';
      }
      for (const { cell, quantity } of rows) await change(cell, 0, quantity);
      const lines = rows.map((row) => ({ ...row, state: 'open' as const }));
      await saveReservation(order, lines);
      return shipmentsOf(order, lines);
    },
    release: async (order, node, outOfStock) => {
      await end(order, node, 'released', outOfStock);
    },
    book: (order, node) => end(order, node, 'shipped', true),
    receive: async (cell, key, quantity) => {
      const done = await read(`KEY#${cell}`, String(key));
      if (done !== undefined) return;
      await change(cell, quantity, 0);
      await save(`KEY#${cell}`, String(key), {});
    },
    count: async (cell, _key, onHand) => {
      const known = await position(cell);
      await save(...positionKey(cell), { onHand, reserved: known.reserved });
    },
    // It knows no baskets, and is spared them.
    hold: async () => undefined,
    extend: async () => undefined,
    drop: async () => false,
    bind: async () => false,
    free: async () => undefined,
    sweep: async () => undefined,
  };
};
