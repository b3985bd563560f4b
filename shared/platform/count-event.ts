import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** One more of what an alarm watches for: a CloudWatch metric written to the log in the embedded format. */
export const countEvent = (name: string): void => {
  const metrics = new Metrics();
  metrics.addMetric(name, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
};
