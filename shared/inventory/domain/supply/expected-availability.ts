import type { Day } from '../../../kernel/day.ts';
import type { NodeId } from '../../../kernel/ids.ts';
import { availableOf, freeOf, type Position } from '../position.ts';
import type { ExpectedSupply } from './supply-order.ts';

/** What one node can promise of a SKU by a day, in units. */
export type NodeAvailability = {
  readonly nodeId: NodeId;
  /** Now. */
  readonly available: number;
  /** By the day asked for: what is free now, and what is expected from today until then. Nothing of a frozen cell. */
  readonly promisable: number;
  /** Expected from today until the day asked for, and after it. */
  readonly expected: number;
  readonly later: number;
  /** Should have come before today: counted nowhere, until somebody says when it will. */
  readonly overdue: number;
  /** Nobody knows when: counted nowhere. */
  readonly undated: number;
  readonly isFrozen: boolean;
  readonly supply: readonly ExpectedSupply[];
};

const unitsOf = (supply: readonly ExpectedSupply[]): number =>
  supply.reduce((sum, { units }) => sum + units, 0);

const availabilityAt = (
  nodeId: NodeId,
  position: Position | undefined,
  supply: readonly ExpectedSupply[],
  { today, by }: { readonly today: Day; readonly by: Day },
): NodeAvailability => {
  const dated = supply.filter(({ expectedOn }) => expectedOn !== undefined);
  const within = (from: Day | undefined, until: Day | undefined): number =>
    unitsOf(
      dated.filter(
        ({ expectedOn = '' }) =>
          (from === undefined || expectedOn >= from) && (until === undefined || expectedOn <= until),
      ),
    );
  const overdue = unitsOf(dated.filter(({ expectedOn = '' }) => expectedOn < today));
  const expected = within(today, by);
  const isFrozen = position?.frozen !== undefined;
  const free = position === undefined ? 0 : freeOf(position);
  return {
    nodeId,
    available: position === undefined ? 0 : availableOf(position),
    // What a count has left missing is made up for first: a negative figure takes from what comes.
    promisable: isFrozen ? 0 : Math.max(0, free + expected),
    expected,
    later: unitsOf(dated) - overdue - expected,
    overdue,
    undated: unitsOf(supply) - unitsOf(dated),
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
  days: { readonly today: Day; readonly by: Day },
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
