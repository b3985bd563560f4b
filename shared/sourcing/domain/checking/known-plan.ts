import type { DecisionInputs, OfferedNode } from '../decision-inputs.ts';
import type { Decision } from '../decision-record.ts';
import { positionOf } from '../geography.ts';
import type { NodeMatch, Rule } from '../strategy/strategy.ts';

/** Something in which a decision is at odds with its inputs: `broken` names the rule, or what else it breaks. */
export type DecisionFault = { readonly broken: string; readonly problem: string };

/** A parcel with what is known of its node. */
export type KnownParcel = {
  readonly node: OfferedNode;
  readonly miles: number;
  readonly units: ReadonlyMap<string, number>;
  readonly lines: ReadonlyMap<string, number>;
};

/** A decision's plan beside its inputs, worked out from these alone. */
export type KnownPlan = {
  readonly inputs: DecisionInputs;
  readonly parcels: readonly KnownParcel[];
  readonly missing: ReadonlyMap<string, number>;
  /** Rules of the strategy and of the stage that decided, without those that gave way. */
  readonly rules: readonly Rule[];
  /** Rules that gave way. */
  readonly relaxed: readonly Rule[];
  readonly shipsParts: boolean;
};

const EARTH_RADIUS_MILES = 3958.8;
/** Miles are worked out in another way than by the decision: they agree to a hand's breadth. */
const SLACK_MILES = 1e-4;

type Vector = readonly [number, number, number];
const onSphere = (latitude: number, longitude: number): Vector => {
  const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)];
};

/** Great-circle distance by the chord between two unit vectors. */
export const milesOf = (node: OfferedNode, { request, tariff }: DecisionInputs): number => {
  const to = positionOf(request.shipTo);
  if (to === undefined || node.position === undefined) return tariff.unknownMiles;
  const [x, y, z] = onSphere(node.position.latitude, node.position.longitude);
  const [u, v, w] = onSphere(to.latitude, to.longitude);
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.hypot(x - u, y - v, z - w) / 2));
};

/** Whether a match holds of a node; `slack` miles decide where it hangs on a hair. */
export const holdsOf = (
  where: NodeMatch,
  { node, miles }: Pick<KnownParcel, 'node' | 'miles'>,
  { request, strategy }: DecisionInputs,
  slack: 'lenient' | 'strict' = 'strict',
): boolean => {
  const { nodes, groups, types, areas, withinMiles, sameArea, priorityAtMost } = where;
  const named = [...(nodes ?? []), ...(groups ?? []).flatMap((group) => strategy.groups[group] ?? [])];
  const place = [
    node.country,
    node.region === undefined ? undefined : `${node.country ?? ''}-${node.region}`,
  ];
  const isNear = miles - (slack === 'lenient' ? SLACK_MILES : -SLACK_MILES) <= (withinMiles ?? Infinity);
  const isLocal =
    sameArea === undefined ||
    (node.country !== undefined &&
      node.country === request.shipTo.country &&
      (sameArea === 'country' || (node.region !== undefined && node.region === request.shipTo.region)));
  return (
    ((nodes === undefined && groups === undefined) || named.includes(node.nodeId)) &&
    (types?.includes(node.type) ?? true) &&
    (areas?.some((area) => place.includes(area)) ?? true) &&
    isNear &&
    isLocal &&
    node.priority <= (priorityAtMost ?? Infinity)
  );
};

const gathered = (entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const [name, units] of entries) sums.set(name, (sums.get(name) ?? 0) + units);
  return sums;
};

/** The plan as the rules look at it; parcels of nodes that nobody knows are left out, which is found elsewhere. */
export const knownPlan = (inputs: DecisionInputs, decision: Decision): KnownPlan => {
  const { request, strategy, nodes } = inputs;
  const stage = strategy.stages?.find(({ id }) => id === decision.stage);
  const all = [...strategy.rules, ...(stage?.rules ?? [])];
  const skuOf = (line: string): string => request.lines.find(({ lineId }) => lineId === line)?.sku ?? line;
  return {
    inputs,
    parcels: decision.parcels.flatMap((parcel) =>
      nodes
        .filter(({ nodeId }) => nodeId === parcel.node)
        .map((node) => ({
          node,
          miles: milesOf(node, inputs),
          units: gathered(parcel.lines.map(({ line, quantity }) => [skuOf(line), quantity])),
          lines: gathered(parcel.lines.map(({ line, quantity }) => [line, quantity])),
        })),
    ),
    missing: gathered(decision.unfilled.map(({ line, quantity }) => [line, quantity])),
    rules: all.filter(({ id }) => !decision.relaxed.includes(id)),
    relaxed: all.filter(({ id }) => decision.relaxed.includes(id)),
    shipsParts: (stage?.onPartial ?? strategy.onPartial) === 'ship',
  };
};
