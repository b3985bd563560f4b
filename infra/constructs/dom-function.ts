import { ArnFormat, Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
  type Code,
} from 'aws-cdk-lib/aws-lambda';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { functionSource, type FunctionKind } from '../build/function-sources.ts';
import { functionName, secretPrefix, stateMachineArn } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import type { ContextBucket } from './context-bucket.ts';
import type { ContextTable } from './context-table.ts';

/** Gives the code of the function at a path; throws, naming the file, when there is none. */
export type CodeOf = (path: string) => Code;

/** Scan is for audits, never for a serving path. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

export type DomFunctionProps = {
  readonly stage: Stage;
  /** The path of the file below functions/, without its ending. */
  readonly path: string;
  readonly codeOf: CodeOf;
  readonly timeout?: Duration;
  readonly memory?: number;
};

/** Memory buys CPU, and what a person or a channel waits for gets more of it. Times bound one attempt. */
const DEFAULTS: Readonly<Record<FunctionKind, { readonly memory: number; readonly timeout: Duration }>> = {
  api: { memory: 512, timeout: Duration.seconds(15) },
  tasks: { memory: 512, timeout: Duration.seconds(20) },
  events: { memory: 512, timeout: Duration.seconds(30) },
  streams: { memory: 512, timeout: Duration.seconds(30) },
  schedules: { memory: 512, timeout: Duration.minutes(2) },
};

/**
 * One Lambda. It may do nothing but write its own log until a grant says so; each grant names exact actions on exact
 * resources, and hands over the environment that goes with it, so that code and right cannot drift apart.
 */
export class DomFunction extends LambdaFunction {
  readonly stage: Stage;
  private readonly grants: PolicyDocument;
  private readonly ownRole: Role;

  constructor(scope: Construct, id: string, props: DomFunctionProps) {
    const { stage, path, codeOf } = props;
    const { kind, context } = functionSource(path);
    const name = functionName(stage, path);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${name}`,
      retention: stage.logRetention,
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const grants = new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
      ],
    });
    const role = new Role(scope, `${id}Role`, {
      roleName: name,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants },
    });
    super(scope, id, {
      functionName: name,
      description: `functions/${path}.ts`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: codeOf(path),
      memorySize: props.memory ?? DEFAULTS[kind].memory,
      timeout: props.timeout ?? DEFAULTS[kind].timeout,
      // Every right is written down here; constructs that would add rights of their own do not get the chance.
      role: role.withoutPolicyUpdates(),
      logGroup,
      loggingFormat: LoggingFormat.TEXT,
      tracing: stage.isTraced ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        STAGE: stage.name,
        POWERTOOLS_SERVICE_NAME: context,
        POWERTOOLS_METRICS_NAMESPACE: 'Switchyard',
        POWERTOOLS_LOG_LEVEL: stage.logLevel,
        POWERTOOLS_TRACE_ENABLED: String(stage.isTraced),
      },
    });
    this.stage = stage;
    this.grants = grants;
    this.ownRole = role;
    if (stage.isTraced) this.mayOnAnything(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  }

  /** Allows exactly these actions on exactly these resources. The named grants below are preferred. */
  may(actions: readonly string[], resources: readonly string[]): this {
    this.grants.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }

  /** For the few actions of AWS that know no resources. */
  mayOnAnything(actions: readonly string[]): this {
    Validations.of(this.ownRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'These actions have no resources to name in the service authorization reference.',
    });
    return this.may(actions, ['*']);
  }

  /** Settings of the stage that its code reads. */
  knows(settings: Readonly<Record<string, string>>): this {
    for (const [name, value] of Object.entries(settings)) this.addEnvironment(name, value);
    return this;
  }

  /** Does these things, and no others, to the items of a table. A transaction needs the actions it is made of. */
  uses(table: ContextTable, ...actions: readonly TableAction[]): this {
    this.addEnvironment(table.environmentName, table.tableName);
    return this.may(
      actions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
    );
  }

  /** Queries the index of a table. */
  lists(table: ContextTable): this {
    if (table.indexArn === undefined) throw new Error(`the table of ${table.context} has no index`);
    this.addEnvironment(table.environmentName, table.tableName);
    return this.may(['dynamodb:Query'], [table.indexArn]);
  }

  /** Does these things to the objects below a prefix of a bucket. */
  usesObjects(
    bucket: ContextBucket,
    prefix: string,
    ...actions: readonly ('GetObject' | 'PutObject')[]
  ): this {
    this.addEnvironment(bucket.environmentName, bucket.fixedName);
    Validations.of(this.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${bucket.fixedName.replace(Aws.ACCOUNT_ID, '<AWS::AccountId>').replace(Aws.REGION, '<AWS::Region>')}/${prefix}*]`,
      reason: 'Objects are named at run time, below a prefix of their own.',
    });
    return this.may(
      actions.map((action) => `s3:${action}`),
      [`arn:${Aws.PARTITION}:s3:::${bucket.fixedName}/${prefix}*`],
    );
  }

  putsOn(bus: EventBus): this {
    this.addEnvironment('EVENT_BUS_NAME', bus.eventBusName);
    return this.may(['events:PutEvents'], [bus.eventBusArn]);
  }

  /** Sends to a queue, whose URL it learns under `environmentName` where it has to name it. */
  sendsTo(queue: IQueue, environmentName?: string): this {
    if (environmentName !== undefined) this.addEnvironment(environmentName, queue.queueUrl);
    return this.may(['sqs:SendMessage'], [queue.queueArn]);
  }

  /** Starts executions of a workflow: `route-order`, whose ARN it learns as ROUTE_ORDER_ARN. */
  starts(workflow: string): this {
    const arn = stateMachineArn(this, this.stage, workflow);
    this.addEnvironment(`${workflow.toUpperCase().replaceAll('-', '_')}_ARN`, arn);
    return this.may(['states:StartExecution'], [arn]);
  }

  /** Answers the task tokens of a workflow's waiting states. */
  resumes(workflow: string): this {
    return this.may(['states:SendTaskSuccess'], [stateMachineArn(this, this.stage, workflow)]);
  }

  /** Reads the secret of that name below the stage's prefix. */
  readsSecret(name: string): this {
    return this.onSecrets(['secretsmanager:GetSecretValue'], `${name}-??????`);
  }

  /** Reads every secret of a folder below the stage's prefix: they are made at run time. */
  readsSecretsIn(folder: string): this {
    return this.onSecrets(['secretsmanager:GetSecretValue'], `${folder}/*`);
  }

  /** Makes and changes the secrets of a folder below the stage's prefix. */
  writesSecretsIn(folder: string): this {
    return this.onSecrets(['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue'], `${folder}/*`);
  }

  private onSecrets(actions: readonly string[], pattern: string): this {
    const prefix = secretPrefix(this.stage);
    this.addEnvironment('SECRET_PREFIX', prefix);
    const arn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${prefix}${pattern}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    Validations.of(this.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${prefix}${pattern}]`,
      reason: 'Secrets of connections are made at run time, below a folder of their own.',
    });
    return this.may(actions, [arn]);
  }
}
