import { reservationFrom } from '../../../shared/inventory/adapters/stock-items.ts';
import { openUnitsOf } from '../../../shared/inventory/domain/basket-claim.ts';
import { isReservationId } from '../../../shared/kernel/ids.ts';
import { cellKey } from '../../../shared/inventory/domain/cell.ts';
import { CELL_COUNT, type Schedule } from './schedule.ts';
import { cellAt, CELLS } from './stock-systems.ts';
import type { World } from './world.ts';

/** What went wrong in a run, in units; `notes` say it for people. */
export type Verdict = {
  readonly oversold: number;
  readonly stranded: number;
  readonly doubled: number;
  readonly notes: readonly string[];
};

export const isClean = ({ oversold, stranded, doubled }: Verdict): boolean =>
  oversold === 0 && stranded === 0 && doubled === 0;

/** What the answers say must now be true of each cell: units promised and not ended, and units that left or came. */
const expected = (world: World, schedule: Schedule) => {
  const { answers } = world;
  const promised = new Array<number>(CELL_COUNT).fill(0);
  const onHand = [...schedule.initial];
  const disagreements: string[] = [];
  for (const [order, all] of answers.reserved) {
    const [first = []] = all;
    if (all.some((answer) => JSON.stringify(answer) !== JSON.stringify(first)))
      disagreements.push(`order ${order} was told different plans`);
    for (const { nodeId, lines } of first) {
      const ending = `${order}@${nodeId.slice(1)}`;
      const isShipped = answers.booked.get(ending) === 'shipped';
      const isEnded = isShipped || answers.released.has(ending);
      const leaves = isShipped || (isEnded && order % 2 === 1);
      for (const { sku, quantity } of lines) {
        const index = CELLS.findIndex((cell) => cellKey(cell) === cellKey({ sku, nodeId }));
        if (!isEnded) promised[index] = (promised[index] ?? 0) + quantity;
        if (leaves) onHand[index] = (onHand[index] ?? 0) - quantity;
      }
    }
  }
  for (const { sku, nodeId, quantity } of writtenOffUnheard(world)) {
    const index = CELLS.findIndex((cell) => cellKey(cell) === cellKey({ sku, nodeId }));
    onHand[index] = (onHand[index] ?? 0) - quantity;
  }
  for (const [key, quantity] of answers.received) {
    const index = Number(key.split(':')[0]);
    onHand[index] = (onHand[index] ?? 0) + quantity;
  }
  return { promised, onHand, disagreements };
};

/**
 * Units written off by a release that met a claim whose maker died before anybody heard of it. The release said that the node does not have them, so they are to leave; only the ledger knows which they were.
 */
const writtenOffUnheard = (world: World) =>
  [...world.table.items.values()]
    .filter((item) => item['entity'] === 'reservation')
    .map(reservationFrom)
    .filter(({ reservationId }) => isReservationId(reservationId))
    .filter(({ reservationId }) => !world.answers.reserved.has(orderIndexOf(reservationId)))
    .flatMap(({ settlements }) =>
      settlements.flatMap(({ nodeId, writtenOff }) => writtenOff.map((line) => ({ ...line, nodeId }))),
    );

const basketsOf = (world: Pick<World, 'table'>) =>
  [...world.table.items.values()]
    .filter((item) => item['entity'] === 'reservation' && String(item['pk']).startsWith('RES#bsk_'))
    .map(reservationFrom);

const lapsedToOf = (position: Readonly<Record<string, unknown>> | undefined): string => {
  const lapsedTo = position?.['lapsedTo'];
  return typeof lapsedTo === 'string' ? lapsedTo : '';
};

/** Units that baskets and their orders hold, cell by cell: those whose end has not lapsed there. */
const heldByBaskets = (world: World): readonly { readonly cell: number; readonly units: number }[] =>
  basketsOf(world).flatMap((basket) =>
    openUnitsOf(basket).flatMap(({ cell, quantity }) => {
      const position = world.table.items.get(`SKU#${cell.sku}\nNODE#${cell.nodeId}`);
      const hasLapsed = basket.softUntil !== undefined && basket.softUntil <= lapsedToOf(position);
      const index = CELLS.findIndex((known) => cellKey(known) === cellKey(cell));
      return hasLapsed ? [] : [{ cell: index, units: quantity }];
    }),
  );

/** Whether the order has an allocation; a routing that was given up before it claimed anything was told none. */
const isAllocated = ({ reserved }: World['answers'], order: number): boolean =>
  (reserved.get(order)?.[0] ?? []).length > 0;

/** Whether baskets hold what they were told, and nothing once they have ended or their order has its allocation. */
const judgeBaskets = (
  world: Pick<World, 'answers' | 'table' | 'latest'>,
  verdict: { oversold: number; stranded: number },
  notes: string[],
): void => {
  const { answers } = world;
  const open = new Map(
    basketsOf(world).map((basket) => [
      basketIndexOf(basket.reservationId),
      openUnitsOf(basket).reduce((sum, { quantity }) => sum + quantity, 0),
    ]),
  );
  for (const [order, units] of open) {
    if (units === 0 || !(answers.freed.has(order) || isAllocated(answers, order))) continue;
    verdict.stranded += units;
    notes.push(`the basket of order ${order} has ended and holds ${units}`);
  }
  for (const [order, { until, units }] of answers.held) {
    const isKept = until > world.latest || answers.bound.has(order);
    const isOver = answers.freed.has(order) || isAllocated(answers, order);
    if (!isKept || isOver || open.get(order) === units) continue;
    verdict.oversold += units;
    notes.push(`the basket of order ${order} was told ${units} and holds ${open.get(order) ?? 0}`);
  }
};

const basketIndexOf = (reservationId: string): number => Number(/^bsk_(\d+)$/.exec(reservationId)?.[1]) - 1;

const orderIndexOf = (reservationId: string): number => Number(/0*(\d+)\./.exec(reservationId)?.[1]) - 1;

const number = (item: Readonly<Record<string, unknown>> | undefined, name: string): number =>
  Number(item?.[name] ?? 0);

/** Judges a finished run by what its callers were told, and by the ledger's own history where there is one. */
export const judge = (world: World, schedule: Schedule): Verdict => {
  const { promised, onHand, disagreements } = expected(world, schedule);
  const notes = [...world.answers.broken, ...disagreements];
  const verdict = { oversold: 0, stranded: 0, doubled: notes.length };
  for (const { cell, units } of heldByBaskets(world)) promised[cell] = (promised[cell] ?? 0) + units;
  judgeBaskets(world, verdict, notes);
  for (let index = 0; index < CELL_COUNT; index += 1) {
    const cell = cellAt(index);
    const item = world.table.items.get(`SKU#${cell.sku}\nNODE#${cell.nodeId}`);
    const due = promised[index] ?? 0;
    const reserved = number(item, 'reserved');
    const isCounted = world.answers.counted.has(index);
    const over = Math.max(0, due - reserved, isCounted ? 0 : reserved - number(item, 'onHand'));
    if (over > 0) {
      verdict.oversold += over;
      notes.push(
        `${cellKey(cell)}: ${due} promised, ${reserved} reserved of ${number(item, 'onHand')} on hand`,
      );
    }
    if (reserved > due) {
      verdict.stranded += reserved - due;
      notes.push(`${cellKey(cell)}: ${reserved} reserved for ${due} promised`);
    }
    if (!isCounted && number(item, 'onHand') !== onHand[index]) {
      verdict.doubled += Math.abs(number(item, 'onHand') - (onHand[index] ?? 0));
      notes.push(`${cellKey(cell)}: ${number(item, 'onHand')} on hand, ${onHand[index]} by what was done`);
    }
  }
  verdict.doubled += unexplained(world, schedule, notes);
  return { ...verdict, notes };
};

/** Units of positions that their movements do not explain. A system without history explains nothing and is spared. */
const unexplained = (world: World, schedule: Schedule, notes: string[]): number => {
  const items = [...world.table.items.values()];
  let units = 0;
  for (const [index, cell] of CELLS.entries()) {
    const position = world.table.items.get(`SKU#${cell.sku}\nNODE#${cell.nodeId}`);
    if (position?.['freeUnits'] === undefined) continue;
    const moves = items.filter((item) => item['pk'] === `SKU#${cell.sku}` && String(item['sk']).startsWith(`MOVE#${cell.nodeId}#`)); // prettier-ignore
    const sum = (name: string): number => moves.reduce((total, move) => total + number(move, name), 0);
    const off =
      Math.abs(number(position, 'onHand') - (schedule.initial[index] ?? 0) - sum('onHandDelta')) +
      Math.abs(number(position, 'reserved') - sum('reservedDelta')) +
      Math.abs(number(position, 'freeUnits') - number(position, 'onHand') + number(position, 'reserved'));
    if (off > 0) notes.push(`${cellKey(cell)}: history and counters differ by ${off}`);
    units += off;
  }
  return units;
};
