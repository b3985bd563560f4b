import type { Strategy } from './strategy.ts';

/** For orders that no other strategy is for: the cheapest plan, split as it pays, what is missing is backordered. */
export const DEFAULT_STRATEGY: Strategy = {
  strategyId: 'default',
  version: 0,
  name: 'Least cost',
  appliesTo: {},
  groups: {},
  rules: [],
  relax: [],
  onPartial: 'ship',
  onNone: 'backorder',
};
