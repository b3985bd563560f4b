import { decideOrder } from './decide-order.ts';
import type { DecisionInputs, OfferedNode } from './decision-inputs.ts';
import type { Decision } from './decision-record.ts';

const missingIn = ({ unfilled }: Decision): number =>
  unfilled.reduce((sum, { quantity }) => sum + quantity, 0);

/** Rules by which a node is out for a while only. */
const passingRules = ({ strategy }: DecisionInputs): ReadonlySet<string> =>
  new Set(
    [...strategy.rules, ...(strategy.stages ?? []).flatMap(({ rules }) => rules)].flatMap(({ id, type }) =>
      type === 'capacity' || type === 'coolDown' ? [id] : [],
    ),
  );

/** The node as it is when its day is empty, nobody has snoozed it and it has rejected nothing. */
const refreshed = (node: OfferedNode): OfferedNode => ({
  ...node,
  status: 'active',
  snoozedUntil: undefined,
  ordersToday: 0,
  linesToday: 0,
  unitsToday: 0,
  rejectedAt: [],
});

/**
 * Nodes that would ship more of the order than this decision does if only their day were not full, or they were awake:
 * what it lacks waits for them rather than for stock. Decided again with these lifted, so that nobody waits in vain.
 */
export const nodesWaitedFor = (inputs: DecisionInputs, decision: Decision): readonly string[] => {
  if (decision.unfilled.length === 0) return [];
  const passing = passingRules(inputs);
  const out = decision.eliminated.flatMap(({ node, reasons }) =>
    reasons.every((reason) => reason.why === 'snoozed' || (reason.why === 'rule' && passing.has(reason.rule)))
      ? [node]
      : [],
  );
  const curtailed = decision.scores.flatMap(({ node, curtailedBy }) =>
    curtailedBy.some((rule) => passing.has(rule)) ? [node] : [],
  );
  const away = new Set([...out, ...curtailed]);
  if (away.size === 0) return [];
  const nodes = inputs.nodes.map((node) => (away.has(node.nodeId) ? refreshed(node) : node));
  const then = decideOrder({ ...inputs, nodes });
  return missingIn(then) < missingIn(decision)
    ? then.parcels.map(({ node }) => node).filter((node) => away.has(node))
    : [];
};
