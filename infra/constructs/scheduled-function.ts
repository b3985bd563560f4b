import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Concern } from './business-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { DomFunction } from './dom-function.ts';

export type ScheduledFunctionProps = Concern & {
  readonly task: DomFunction;
  readonly name: string;
  readonly every: Duration;
  readonly topic: ITopic;
};

/** Calls a function again and again; a call that could not be made ends in a queue with an alarm. */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { task, name, every, topic, impact, runbook } = props;
    const missed = new DeadLetterQueue(this, 'Missed', {
      queueName: `${name}-missed`,
      topic,
      impact,
      runbook,
    });
    const role = new Role(this, 'Role', {
      roleName: `${name}-schedule`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      inlinePolicies: {
        grants: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [task.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missed.queueArn] }),
          ],
        }),
      },
    });
    new Schedule(this, 'Schedule', {
      scheduleName: name,
      schedule: ScheduleExpression.rate(every),
      target: new LambdaInvoke(task, {
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: missed,
        retryAttempts: 2,
      }),
    });
  }
}
