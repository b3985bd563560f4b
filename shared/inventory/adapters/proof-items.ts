import * as z from 'zod';
import { claimId, nodeId, sku } from '../../contracts/scalars.ts';
import type { Sheet, StretchEnd, StretchKey } from '../application/books-ports.ts';
import type { Finding, ProofRun } from '../domain/proof.ts';
import type { TableItem } from './stock-items.ts';

const pad = (number: number): string => String(number).padStart(6, '0');
export const proofPartition = (proofId: string): string => `PROOF#${proofId}`;
export const stretchKey = ({ proofId, segment, stretch }: StretchKey) => ({
  pk: proofPartition(proofId),
  sk: `STRETCH#${pad(segment)}#${pad(stretch)}`,
});
export const sheetKey = (proofId: string, attempt: string, part: number) => ({
  pk: proofPartition(proofId),
  sk: `SHEET#${attempt}#${pad(part)}`,
});
export const findingKey = (subject: string) => ({ pk: 'BOOKS', sk: `FINDING#${subject}` });
export const findingPartition = (subject: string): string => `FINDING#${subject}`;
export const LAST_RUN_KEY = { pk: 'BOOKS', sk: 'LAST-RUN' };

const counters = z.object({
  onHand: z.number(),
  reserved: z.number(),
  safetyStock: z.number(),
  quarantined: z.number(),
  inTransit: z.number(),
  ringFence: z.number(),
});
const cell = z.object({ sku, nodeId });
const violation = z.object({ subject: z.string(), rule: z.string(), detail: z.string() });
const about = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reservation'), reservationId: claimId }),
  z.object({ type: z.literal('group'), groupId: z.string() }),
  z.object({ type: z.literal('item'), key: z.string() }),
]);

const sheet = z.object({
  imbalances: z.array(
    z.object({
      cell,
      unexplained: counters,
      unclaimed: z.number(),
      claims: z.array(claimId),
      isSuspected: z.boolean(),
    }),
  ),
  doubts: z.array(z.object({ about, violation })),
});

const stretchItem = z.object({
  attempt: z.string(),
  parts: z.int(),
  cursor: z.string().optional(),
  counts: z.object({ cells: z.int(), movements: z.int(), reservations: z.int() }),
});

const findingItem = z.object({
  subject: z.string(),
  cell: cell.exactOptional(),
  about: about.exactOptional(),
  claims: z.array(claimId).exactOptional(),
  violations: z.array(violation),
  isFrozen: z.boolean(),
  occurrence: z.int(),
  proofId: z.string(),
  foundAt: z.string(),
  status: z.enum(['open', 'mended']),
  mendedAt: z.string().exactOptional(),
});

const runItem = z.object({
  proofId: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  history: z.object({ index: z.int(), of: z.int() }),
  cells: z.int(),
  movements: z.int(),
  reservations: z.int(),
  lookedAt: z.int(),
  unsettled: z.int(),
  found: z.int(),
  open: z.int(),
});

/** A sheet is kept as text: most of it is numbers that are zero, and nobody but its reader looks into it. */
export const sheetFrom = (item: TableItem): Sheet => sheet.parse(JSON.parse(String(item['sheet'])));
export const findingFrom = (item: TableItem): Finding => findingItem.parse(item);
export const runFrom = (item: TableItem): ProofRun => runItem.parse(item);
export const stretchFrom = (
  item: TableItem,
): StretchEnd & { readonly attempt: string; readonly parts: number } => {
  const { cursor, ...rest } = stretchItem.parse(item);
  return { ...rest, cursor };
};
