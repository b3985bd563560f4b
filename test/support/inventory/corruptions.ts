import type { ReservationId } from '../../../shared/kernel/ids.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import { claimNext, openClaim } from '../../../shared/inventory/domain/claim-plan.ts';
import { aPlan } from './builders.ts';
import type { MemoryDynamo } from './memory-dynamo.ts';

/** A cell with at least four units on hand and a receipt among its movements, and a claim that is open on it alone. */
export type Victim = { readonly memory: MemoryDynamo; readonly cell: Cell; readonly claim: ReservationId };

const positionId = ({ sku, nodeId }: Cell): string => `SKU#${sku}\nNODE#${nodeId}`;
const claimId = (claim: ReservationId): string => `RES#${claim}\nRESERVATION`;

const change = ({ memory }: Victim, id: string, changed: Record<string, unknown>): void => {
  memory.items.set(id, { ...memory.items.get(id), ...changed });
};
const numberOf = ({ memory, cell }: Victim, counter: string): number =>
  Number(memory.items.get(positionId(cell))?.[counter]);

/** The cell's first movement: units that arrived. */
const receiptId = ({ memory, cell }: Victim): string => {
  const prefix = `SKU#${cell.sku}\nMOVE#${cell.nodeId}#`;
  const id = memory.items.firstFrom(prefix);
  if (id?.startsWith(prefix) !== true) throw new Error('a victim has received nothing');
  return id;
};

/** A claim in the store that counts at the cell and that no movement knows. `number` is an order that there is not. */
const forgeClaim = ({ memory, cell }: Victim, number: number): void => {
  const at = '2026-11-23T09:00:00.000Z';
  const opened = openClaim(aPlan([[cell.nodeId, cell.sku, 1]], number), undefined, at);
  if (!opened.ok) throw new Error('the plan of a test is sound');
  const { after } = claimNext(opened.value, 33, at).reservation;
  const key = { pk: `RES#${after.reservationId}`, sk: 'RESERVATION' };
  memory.items.set(`${key.pk}\n${key.sk}`, { ...key, entity: 'reservation', ...after });
};

const shift = (it: Victim, counter: string, units: number, free: number): void =>
  change(it, positionId(it.cell), {
    [counter]: numberOf(it, counter) + units,
    freeUnits: numberOf(it, 'freeUnits') + free,
  });

/** What somebody who writes past the system can do to a cell. */
export const CORRUPTIONS: Readonly<Record<string, (it: Victim, number: number) => unknown>> = {
  'more on hand than was ever received': (it) => shift(it, 'onHand', 80, 80),
  'a free counter that does not fit': (it) => shift(it, 'freeUnits', 4, 4),
  'fewer reserved than are claimed': (it) => shift(it, 'reserved', -1, 1),
  'more reserved than are claimed': (it) => shift(it, 'reserved', 1, -1),
  'a safety stock that nobody set': (it) => shift(it, 'safetyStock', 1, -1),
  'half a unit': (it) => shift(it, 'onHand', 0.5, 0.5),
  'a negative counter': (it) => change(it, positionId(it.cell), { onHand: -1, freeUnits: -2 }),
  'a counter that is text': (it) => change(it, positionId(it.cell), { onHand: '9' }),
  'a position that is gone': (it) => it.memory.items.delete(positionId(it.cell)),
  'a movement that is gone': (it) => it.memory.items.delete(receiptId(it)),
  'a movement of another size': (it) => change(it, receiptId(it), { onHandDelta: 90 }),
  'a movement that cannot be read': (it) => change(it, receiptId(it), { kind: 'theft' }),
  'a claim that nobody made': forgeClaim,
  'a claim that is gone': (it) => it.memory.items.delete(claimId(it.claim)),
  'a claim that cannot be read': (it) => change(it, claimId(it.claim), { status: 'lent' }),
  'a claim that is said to have ended': (it) => change(it, claimId(it.claim), { lines: [] }),
};
