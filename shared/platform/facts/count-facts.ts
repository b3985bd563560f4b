import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { BusEntry } from './bus.ts';

const metrics = new Metrics();

/**
 * Counts published facts by their type, as CloudWatch metrics in the embedded format: what the business does (orders
 * placed, shipped, backordered) is on the dashboard without a call of its own.
 */
export const countFacts = (entries: readonly BusEntry[]): void => {
  for (const { detailType } of entries) metrics.addMetric(detailType, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};
