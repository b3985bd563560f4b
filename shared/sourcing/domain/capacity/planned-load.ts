import type { DecisionInputs } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import { stagesOf } from '../strategy/stages.ts';
import { boundBy, isLimited } from './limits.ts';
import { capacityDayOf, loadOf, type DayLimits, type Load } from './load.ts';

/** What a plan asks of the day of one node whose capacity is limited. */
export type PlannedLoad = {
  readonly nodeId: string;
  /** The node's calendar day, `2026-11-25`. */
  readonly day: string;
  readonly load: Load;
  /** What must not be exceeded; empty where the rule gave way: the load counts, and nothing forbids it. */
  readonly limits: DayLimits;
};

/** The load that a decision puts on nodes with limited capacity; empty for the ordinary one. */
export const plannedLoads = (inputs: DecisionInputs, decision: Decision): readonly PlannedLoad[] => {
  const stages = stagesOf(inputs.strategy);
  const rules = stages.flatMap((stage) => stage.rules);
  const inForce = (stages.find(({ id }) => id === decision.stage)?.rules ?? []).filter(
    ({ id }) => !decision.relaxed.includes(id),
  );
  const skuOf = new Map(inputs.request.lines.map(({ lineId, sku }) => [lineId, sku]));
  return decision.parcels.flatMap(({ node: nodeId, lines }) => {
    const node = inputs.nodes.find((known) => known.nodeId === nodeId);
    if (node === undefined || !isLimited(node, rules)) return [];
    return [
      {
        nodeId,
        day: capacityDayOf(node, inputs.at),
        load: loadOf(lines.map(({ line, quantity }) => ({ sku: skuOf.get(line) ?? line, quantity }))),
        limits: boundBy(node, inForce),
      },
    ];
  });
};
