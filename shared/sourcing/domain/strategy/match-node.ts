import type { OfferedNode, OrderToSource } from '../decision-inputs.ts';
import type { NodeMatch, Strategy } from './strategy.ts';

const isIn = (area: string, node: OfferedNode): boolean =>
  area === node.country || area === `${node.country ?? ''}-${node.region ?? ''}`;

const isInSameArea = (area: 'country' | 'region', node: OfferedNode, { shipTo }: OrderToSource): boolean =>
  node.country !== undefined &&
  node.country === shipTo.country &&
  (area === 'country' || (node.region !== undefined && node.region === shipTo.region));

/** The nodes named one by one or through a group; undefined when the match names none. */
export const namedNodes = (where: NodeMatch, groups: Strategy['groups']): ReadonlySet<string> | undefined =>
  where.nodes === undefined && where.groups === undefined
    ? undefined
    : new Set([
        ...(where.nodes ?? []),
        ...(where.groups ?? []).flatMap((group) =>
          Object.hasOwn(groups, group) ? (groups[group] ?? []) : [],
        ),
      ]);

/** Whether a node is one of those that a rule speaks of. `miles`: from the node to the destination. */
export const matchesNode = (
  where: NodeMatch,
  node: OfferedNode,
  context: { readonly groups: Strategy['groups']; readonly request: OrderToSource; readonly miles: number },
): boolean => {
  const named = namedNodes(where, context.groups);
  return (
    (named === undefined || named.has(node.nodeId)) &&
    (where.types === undefined || where.types.includes(node.type)) &&
    (where.areas === undefined || where.areas.some((area) => isIn(area, node))) &&
    (where.withinMiles === undefined || context.miles <= where.withinMiles) &&
    (where.sameArea === undefined || isInSameArea(where.sameArea, node, context.request)) &&
    (where.priorityAtMost === undefined || node.priority <= where.priorityAtMost)
  );
};
