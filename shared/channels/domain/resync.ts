import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ConnectionRef } from './delivery.ts';
import type { Sellable } from './published-figure.ts';

/** Every SKU of the catalogue compared with what one shop shows, page by page. */
export type Resync = ConnectionRef & {
  readonly resyncId: string;
  readonly status: 'running' | 'done';
  readonly startedAt: Instant;
  /** When its last page was done. */
  readonly changedAt: Instant;
  /** The page to do next, from 0, and where it begins; absent cursor: at the beginning. */
  readonly page: number;
  readonly cursor?: string;
  /** SKUs compared: those that have stock somewhere and that the shop sells. */
  readonly compared: number;
  /** Of them, those that the shop showed otherwise and takes as they are now. */
  readonly repaired: number;
  /** Of them, those that the shop showed otherwise and refuses to change. */
  readonly refused: number;
};

/** What one page adds. Absent cursor: it was the last. */
export type ResyncPage = Pick<Resync, 'compared' | 'repaired' | 'refused'> & { readonly cursor?: string };

/** A new resync. The same moment and cause give the same id: asked for twice, it runs once. */
export const newResync = (ref: ConnectionRef, startedAt: Instant, cause: string): Resync => ({
  channel: ref.channel,
  connection: ref.connection,
  resyncId: `${startedAt}.${cause}`,
  status: 'running',
  startedAt,
  changedAt: startedAt,
  page: 0,
  compared: 0,
  repaired: 0,
  refused: 0,
});

/** A resync that has not moved for so long is stuck (its message is among the dead letters): another may begin. */
const STUCK_AFTER_MS = 60 * 60_000;

export const isUnderWay = ({ status, changedAt }: Resync, at: Instant): boolean =>
  status === 'running' && Date.parse(at) - Date.parse(changedAt) < STUCK_AFTER_MS;

/** Figures of SKUs that the shop sells, and those of them that it shows otherwise. */
export const compareWithShop = (
  figures: readonly Sellable[],
  shown: ReadonlyMap<Sku, number | undefined>,
): { readonly compared: number; readonly differing: readonly Sku[] } => {
  const sold = figures.filter(({ sku }) => shown.has(sku));
  return {
    compared: sold.length,
    differing: sold.flatMap(({ sku, available }) => (shown.get(sku) === available ? [] : [sku])),
  };
};
