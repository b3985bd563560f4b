import * as z from 'zod';
import { nodeId, sku } from '../../contracts/scalars.ts';
import { instantOf, type Instant } from '../../kernel/instant.ts';
import type { Cell } from '../domain/cell.ts';
import type { SoftUnits } from '../domain/position.ts';

const MINUTE_MS = 60_000;
const PREFIX = 'soft#';

/**
 * A position counts its soft claims by the minute at which they end, each in an attribute of its own: an update can add
 * to an attribute that is not there, but not to an entry of a map that is not there.
 */
export const softAttribute = (until: Instant): string => `${PREFIX}${Date.parse(until) / MINUTE_MS}`;
export const isSoftAttribute = (name: string): boolean => name.startsWith(PREFIX);

/** The soft claims of a stored position, the earliest end first. */
export const softUnitsIn = (item: Readonly<Record<string, unknown>>): readonly SoftUnits[] =>
  Object.keys(item)
    .filter(isSoftAttribute)
    .sort()
    .map((name) => ({
      until: instantOf(Number(name.slice(PREFIX.length)) * MINUTE_MS),
      units: z.int().parse(item[name]),
    }));

/** 4 x 1,000 write units a second: some 2,000 soft claims a second, each of which marks its end here. */
export const DUE_SHARDS = 4;
const shardOf = ({ sku: ofSku, nodeId: atNode }: Cell): number =>
  [...`${ofSku}#${atNode}`].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521, 7) %
  DUE_SHARDS;

export const duePartition = (shard: number): string => `DUE#${shard}`;

/** Says that soft claims of the cell end then: there is one as long as the position has the attribute. */
export const dueKey = (cell: Cell, until: Instant) => ({
  pk: duePartition(shardOf(cell)),
  sk: `${until}#${cell.nodeId}#${cell.sku}`,
});

const dueItem = z.object({ entity: z.literal('due'), sku, nodeId });
export const dueCellFrom = (item: unknown): Cell => {
  const { entity: _, ...cell } = dueItem.parse(item);
  return cell;
};
