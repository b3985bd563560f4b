import type { Day } from '../../../kernel/day.ts';
import type { NodeId } from '../../../kernel/ids.ts';
import { availableOf, freeOf, type Position } from '../position.ts';
import type { ExpectedSupply } from './supply-order.ts';

/**
 * What supply means for a promise. `expected`: from today until the day asked for, and counted; `later`: after it;
 * `overdue`: should have come before today; `undated`: nobody knows when; `planned`: a transfer that has not left, whose
 * units are still offered at its origin and would otherwise be promised twice.
 */
export type Standing = 'expected' | 'later' | 'overdue' | 'undated' | 'planned';

/** What one node can promise of a SKU by a day, and the units that may come by their standing. */
export type NodeAvailability = Readonly<Record<Standing, number>> & {
  readonly nodeId: NodeId;
  /** Now. */
  readonly available: number;
  /** By the day asked for: what is free now, and what is expected until then. Nothing of a frozen cell. */
  readonly promisable: number;
  readonly isFrozen: boolean;
  readonly supply: readonly (ExpectedSupply & { readonly standing: Standing })[];
};

type Days = { readonly today: Day; readonly by: Day };

const standingOf = ({ kind, status, expectedOn }: ExpectedSupply, { today, by }: Days): Standing => {
  if (kind === 'transfer' && status === 'announced') return 'planned';
  if (expectedOn === undefined) return 'undated';
  if (expectedOn < today) return 'overdue';
  return expectedOn <= by ? 'expected' : 'later';
};

const availabilityAt = (
  nodeId: NodeId,
  position: Position | undefined,
  comes: readonly ExpectedSupply[],
  days: Days,
): NodeAvailability => {
  const supply = comes.map((expected) => ({ ...expected, standing: standingOf(expected, days) }));
  const unitsOf = (standing: Standing): number =>
    supply.reduce((sum, entry) => (entry.standing === standing ? sum + entry.units : sum), 0);
  const expected = unitsOf('expected');
  const isFrozen = position?.frozen !== undefined;
  const free = position === undefined ? 0 : freeOf(position);
  return {
    nodeId,
    available: position === undefined ? 0 : availableOf(position),
    // What a count has left missing is made up for first: a negative figure takes from what comes.
    promisable: isFrozen ? 0 : Math.max(0, free + expected),
    expected,
    later: unitsOf('later'),
    overdue: unitsOf('overdue'),
    undated: unitsOf('undated'),
    planned: unitsOf('planned'),
    isFrozen,
    supply,
  };
};

/**
 * Available to promise of one SKU by a day (`by`, not before `today`), node by node, from its positions and what is
 * expected of it. One node's shortage is not another's, so a sum over nodes is a sum of these. What a channel may sell
 * of it, after buffers and quotas, is decided from these figures, not here.
 */
export const expectedAvailability = (
  positions: readonly Position[],
  supply: readonly ExpectedSupply[],
  days: Days,
): readonly NodeAvailability[] => {
  const nodeIds = [...new Set([...positions, ...supply].map(({ nodeId }) => nodeId))].sort();
  return nodeIds.map((nodeId) =>
    availabilityAt(
      nodeId,
      positions.find((position) => position.nodeId === nodeId),
      supply.filter((expected) => expected.nodeId === nodeId),
      days,
    ),
  );
};
