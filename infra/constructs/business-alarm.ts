import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IMetric,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** What whoever is woken at night has to know; no alarm without it. */
export type Concern = {
  /** What the business loses while the alarm is on, in one sentence. */
  readonly impact: string;
  /** The section of docs/runbook.md that says how to look and how to mend. */
  readonly runbook: string;
};

export type BusinessAlarmProps = Concern & {
  readonly alarmName: string;
  readonly metric: IMetric;
  /** On at this value and above. */
  readonly threshold: number;
  /** Periods in a row. */
  readonly periods?: number;
  readonly topic: ITopic;
};

/** An alarm whose text says what it means and where the mend is written. */
export class BusinessAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: BusinessAlarmProps) {
    super(scope, id, {
      alarmName: props.alarmName,
      alarmDescription: `${props.impact} Runbook: docs/runbook.md#${props.runbook}`,
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
  }
}

/** Messages that lie in a queue in which none should lie. */
export const waitingIn = (queue: IQueue): Metric =>
  queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' });
