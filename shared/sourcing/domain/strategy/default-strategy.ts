import type { Strategy } from './strategy.ts';

/**
 * For orders that no other strategy is for: the cheapest plan within the capacity of the nodes, split as it pays, what is
 * missing is backordered.
 */
export const DEFAULT_STRATEGY: Strategy = {
  strategyId: 'default',
  version: 0,
  name: 'Least cost',
  appliesTo: {},
  groups: {},
  rules: [{ id: 'capacity', type: 'capacity', strength: 'hard' }],
  relax: [],
  onPartial: 'ship',
  onNone: 'backorder',
};
