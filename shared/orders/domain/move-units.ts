import type { LineId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LineUnits, OrderLine } from './order.ts';

/** Where a unit of an order can be. */
export type Bucket = 'open' | 'reserved' | 'shipped' | 'backordered' | 'cancelled';

export type MoveRefusal = {
  readonly type: 'notEnoughUnits';
  readonly lineId: LineId;
  readonly bucket: Bucket;
};

export const unitsIn = (lines: readonly OrderLine[], bucket: Bucket): number =>
  lines.reduce((sum, line) => sum + line[bucket], 0);

/** What of each line is in the bucket; lines without any are left out. */
export const contentOf = (lines: readonly OrderLine[], bucket: Bucket): readonly LineUnits[] =>
  lines.flatMap((line) => (line[bucket] > 0 ? [{ lineId: line.lineId, quantity: line[bucket] }] : []));

/** Sums the units of each line, in order of first appearance. */
export const sumByLine = (units: readonly LineUnits[]): ReadonlyMap<LineId, number> => {
  const sums = new Map<LineId, number>();
  for (const { lineId, quantity } of units) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
};

/**
 * Moves units from one bucket to another: the only way in which counters change, so that every line keeps its sum.
 * Refused as a whole when a line is unknown or has fewer units there.
 */
export const moveUnits = (
  lines: readonly OrderLine[],
  from: Bucket,
  to: Bucket,
  units: readonly LineUnits[],
): Result<readonly OrderLine[], MoveRefusal> => {
  const wanted = sumByLine(units);
  for (const [lineId, quantity] of wanted) {
    const line = lines.find((candidate) => candidate.lineId === lineId);
    if (quantity < 0 || line === undefined || line[from] < quantity)
      return refuse({ type: 'notEnoughUnits', lineId, bucket: from });
  }
  return ok(lines.map((line) => moved(line, from, to, wanted.get(line.lineId) ?? 0)));
};

/** Moves whatever is in the bucket. */
export const moveAll = (lines: readonly OrderLine[], from: Bucket, to: Bucket): readonly OrderLine[] =>
  lines.map((line) => moved(line, from, to, line[from]));

const moved = (line: OrderLine, from: Bucket, to: Bucket, quantity: number): OrderLine =>
  quantity === 0 || from === to
    ? line
    : { ...line, [from]: line[from] - quantity, [to]: line[to] + quantity };
