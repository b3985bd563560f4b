import { existsSync, readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { functionArn, resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import { BusinessAlarm, type Concern } from './business-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** What workflows/<context>/<name>.bindings.ts says: EXPRESS ends within minutes, STANDARD waits for people. */
type WorkflowBindings = {
  readonly type: 'EXPRESS' | 'STANDARD';
  /** Placeholder -> function path. */
  readonly functions: Readonly<Record<string, string>>;
  /** Placeholders for the URL of the exception queue. */
  readonly queues: readonly string[];
};

export type WorkflowProps = {
  readonly stage: Stage;
  readonly context: string;
  /** workflows/<context>/<name>.asl.json */
  readonly name: string;
  readonly bindings: WorkflowBindings;
  /** An execution broke off or timed out. */
  readonly failed: Concern;
  /** The workflow gave a case up: somebody has to look at it. */
  readonly exception: Concern;
  readonly topic: ITopic;
};

const definitionOf = (context: string, name: string): string => {
  const file = `workflows/${context}/${name}.asl.json`;
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
};

/**
 * A state machine as it is written in workflows/, its functions put in by name. Its role may call exactly these
 * functions and write into exactly its exception queue.
 */
export class Workflow extends Construct {
  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { stage, context, name, bindings, topic } = props;
    const stateMachineName = resourceName(stage, name);
    const exceptions = new DeadLetterQueue(this, 'Exceptions', {
      queueName: `${stateMachineName}-exceptions`,
      topic,
      ...props.exception,
    });
    const arns = Object.entries(bindings.functions).map(
      ([placeholder, path]) => [placeholder, functionArn(this, stage, path)] as const,
    );
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: stage.logRetention,
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      stateMachineType: bindings.type === 'EXPRESS' ? StateMachineType.EXPRESS : StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definitionOf(context, name)),
      definitionSubstitutions: {
        ...Object.fromEntries(arns),
        ...Object.fromEntries(bindings.queues.map((placeholder) => [placeholder, exceptions.queueUrl])),
      },
      role: this.role(stateMachineName, [
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: arns.map(([, arn]) => arn) }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [exceptions.queueArn] }),
      ]),
      // Everything is logged: an express execution can be looked at in the console only from its log. What workflows
      // carry are ids, SKUs, quantities and a postcode.
      logs: { destination: log, level: LogLevel.ALL, includeExecutionData: true },
      tracingEnabled: true,
    });
    new BusinessAlarm(this, 'Failed', {
      alarmName: `${stateMachineName}-failed`,
      metric: stateMachine.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      topic,
      ...props.failed,
    });
    new BusinessAlarm(this, 'TimedOut', {
      alarmName: `${stateMachineName}-timed-out`,
      metric: stateMachine.metricTimedOut({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      topic,
      ...props.failed,
    });
  }

  private role(roleName: string, statements: readonly PolicyStatement[]) {
    const role = new Role(this, 'Role', {
      roleName: `${roleName}-workflow`,
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        grants: new PolicyDocument({
          statements: [
            ...statements,
            new PolicyStatement({
              actions: [
                'logs:CreateLogDelivery',
                'logs:GetLogDelivery',
                'logs:UpdateLogDelivery',
                'logs:DeleteLogDelivery',
                'logs:ListLogDeliveries',
                'logs:PutResourcePolicy',
                'logs:DescribeResourcePolicies',
                'logs:DescribeLogGroups',
                'xray:PutTraceSegments',
                'xray:PutTelemetryRecords',
                'xray:GetSamplingRules',
                'xray:GetSamplingTargets',
              ],
              resources: ['*'],
            }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Log delivery and X-Ray have no resources to name; the Step Functions documentation asks for these.',
    });
    return role.withoutPolicyUpdates();
  }
}
