import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import { BusinessAlarm } from '../constructs/business-alarm.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { OperationsDashboard } from './operations-dashboard.ts';

export type Platform = { readonly api: HttpApi; readonly alarmTopic: ITopic };

/** What all contexts share and hold no state in: the door, the alarm bell, the window. */
export class PlatformStack extends Stack implements Platform {
  readonly api: HttpApi;
  readonly alarmTopic: ITopic;

  constructor(scope: Construct, stage: Stage) {
    super(scope, resourceName(stage, 'platform'), { analyticsReporting: false });
    const topic = new Topic(this, 'Alarms', { topicName: resourceName(stage, 'alarms'), enforceSSL: true });
    if (stage.alarmMail !== undefined) topic.addSubscription(new EmailSubscription(stage.alarmMail));
    this.alarmTopic = topic;

    this.api = new HttpApi(this, 'Door', { stage });
    new BusinessAlarm(this, 'DoorFails', {
      alarmName: resourceName(stage, 'api', 'fails'),
      metric: new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: { ApiId: this.api.apiId },
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      threshold: 5,
      periods: 3,
      topic,
      impact:
        'Channels, nodes or operators get errors: orders arrive late, as channels try again for a while only.',
      runbook: 'the-api-answers-with-errors',
    });
    new OperationsDashboard(this, 'Operations', { stage, apiId: this.api.apiId });

    new CfnOutput(this, 'ApiId', { value: this.api.apiId });
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
  }
}
