import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { functionSources } from '../../infra/build/function-sources.ts';
import { allRoutes } from '../../shared/contracts/http/all-routes.ts';
import { deploymentOf, resourcesOf, rightsOf, type Resource } from '../support/infra/deployment.ts';

const prod = deploymentOf('prod');
const { ofType } = prod;

const textOf = (resource: Resource, property: string): string => {
  const value = resource.properties[property];
  return typeof value === 'string' ? value : JSON.stringify(value);
};
const namesOf = (resources: readonly Resource[], property: string): readonly string[] =>
  resources.map((resource) => textOf(resource, property)).sort();
/** S3 speaks on the account's own bus. */
const isOfOurBus = ({ properties }: Resource): boolean => 'EventBusName' in properties;
const refersTo = (value: unknown, id: string): boolean => JSON.stringify(value ?? null).includes(`"${id}"`);

/** Actions that know no resources in the service authorization reference. */
const WITHOUT_RESOURCES = [
  'dynamodb:ListStreams',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
/** Secrets of connections are made at run time: their names are not known here, their folder is. */
const FOLDER_OF_SECRETS = ':secret:switchyard/prod/channels/*';
/** So are the chunks of feeds, and the files that nodes drop. */
const FOLDERS_OF_OBJECTS = /s3:::switchyard-prod-feeds-.*\/(?:chunks|drop)\/\*/;

describe('the synthesis', () => {
  it('has no finding, for the local cloud as for production', () => {
    expect(deploymentOf('local').resources.length).toBeGreaterThan(300);
  });

  it('fails on a finding of cdk-nag', () => {
    const withOpenQueue = () => resourcesOf((app) => void new Queue(new Stack(app, 'Careless'), 'Open'));
    expect(withOpenQueue).toThrow(/[Vv]alidation/);
  });

  it('keeps every stack small enough to be changed in one go', () => {
    const counts = Map.groupBy(prod.resources, ({ stack }) => stack);
    for (const resources of counts.values()) expect(resources.length).toBeLessThan(400);
  });

  it('keeps what must survive apart from what can be made again', () => {
    const stateful = [
      'AWS::DynamoDB::Table',
      'AWS::Events::EventBus',
      'AWS::Events::Archive',
      'AWS::SecretsManager::Secret',
      'AWS::S3::Bucket',
    ];
    const stacks = new Set(stateful.flatMap(ofType).map(({ stack }) => stack));
    expect([...stacks]).toEqual(['switchyard-prod-state']);
  });
});

describe('the functions', () => {
  it('are deployed once each, and each file is one', () => {
    expect([...prod.functions].sort()).toEqual(
      functionSources()
        .map(({ path }) => path)
        .sort(),
    );
    expect(ofType('AWS::Lambda::Function')).toHaveLength(prod.functions.length);
  });

  it('run on Node 24 on arm64, under a role of their own', () => {
    for (const { properties } of ofType('AWS::Lambda::Function')) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
    const roles = ofType('AWS::Lambda::Function').map((fn) => `${fn.stack} ${textOf(fn, 'Role')}`);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('stand behind every route of the contracts, with a key unless it is open', () => {
    const routes = ofType('AWS::ApiGatewayV2::Route');
    expect(namesOf(routes, 'RouteKey')).toEqual(
      allRoutes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    for (const { method, path, scopes } of allRoutes) {
      const route = routes.find(({ properties }) => properties['RouteKey'] === `${method} ${path}`);
      const isOpen = scopes.includes('webhook') || scopes.includes('public');
      expect(route?.properties['AuthorizationType']).toBe(isOpen ? 'NONE' : 'CUSTOM');
    }
  });
});

describe('the rights', () => {
  const roles = ofType('AWS::IAM::Role');
  const allStatements = roles.flatMap((role) =>
    rightsOf(role).map((statement) => ({ role: role.id, ...statement })),
  );

  it('are all in the roles: no managed policy, no policy from elsewhere', () => {
    expect(ofType('AWS::IAM::Policy')).toEqual([]);
    expect(ofType('AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(roles.filter(({ properties }) => 'ManagedPolicyArns' in properties)).toEqual([]);
    expect(allStatements.length).toBeGreaterThan(prod.functions.length);
  });

  it('name actions, never a star', () => {
    expect(allStatements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual(
      [],
    );
  });

  it('name resources wherever the service knows any', () => {
    const wide = allStatements.filter(({ resources }) =>
      resources.some(
        (resource) =>
          resource.includes('*') &&
          !resource.includes(FOLDER_OF_SECRETS) &&
          !FOLDERS_OF_OBJECTS.test(resource),
      ),
    );
    expect(wide.length).toBeGreaterThan(0);
    for (const { resources, actions } of wide) {
      expect(resources).toEqual(['*']);
      expect(WITHOUT_RESOURCES).toEqual(expect.arrayContaining([...actions]));
    }
  });

  it('let a workflow call its own functions and its exception queue, and nothing else', () => {
    for (const [context, workflow] of [
      ['orders', 'route-order'],
      ['fulfilment', 'fulfil-order'],
      ['inventory', 'prove-books'],
    ] as const) {
      const role = roles.find(
        ({ properties }) => properties['RoleName'] === `switchyard-prod-${workflow}-workflow`,
      );
      const definition = readFileSync(`workflows/${context}/${workflow}.asl.json`, 'utf8');
      const machine = ofType('AWS::StepFunctions::StateMachine').find(
        ({ properties }) => properties['StateMachineName'] === `switchyard-prod-${workflow}`,
      );
      const substituted = machine?.properties['DefinitionSubstitutions'] as Record<string, unknown>;
      const placeholders = [...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
      expect(Object.keys(substituted).sort()).toEqual([...new Set(placeholders)].sort());

      const statements = role === undefined ? [] : rightsOf(role);
      const narrow = statements.filter(({ resources }) => !resources.includes('*'));
      expect(narrow.map(({ actions }) => actions)).toEqual([['lambda:InvokeFunction'], ['sqs:SendMessage']]);
      const functionArns = Object.values(substituted)
        .map((value) => JSON.stringify(value))
        .filter((text) => text.includes(':lambda:'));
      expect([...(narrow[0]?.resources ?? [])].sort()).toEqual(functionArns.sort());
      expect(narrow[1]?.resources).toHaveLength(1);
    }
  });

  it('let a workflow call only functions that are deployed', () => {
    const deployed = new Set(namesOf(ofType('AWS::Lambda::Function'), 'FunctionName'));
    const called = ofType('AWS::StepFunctions::StateMachine').flatMap(({ properties }) =>
      [...JSON.stringify(properties['DefinitionSubstitutions']).matchAll(/:function:([a-z-]+)/g)].map(
        ([, name = '']) => name,
      ),
    );
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !deployed.has(name))).toEqual([]);
  });
});

describe('the queues', () => {
  const queues = ofType('AWS::SQS::Queue');
  const isLast = ({ properties }: Resource): boolean => properties['RedrivePolicy'] === undefined;
  const alarms = ofType('AWS::CloudWatch::Alarm');

  it('have a dead-letter queue behind them, unless they are one with an alarm', () => {
    expect(queues.length).toBeGreaterThan(0);
    for (const queue of queues.filter(isLast)) {
      const watching = alarms.filter(
        (alarm) => alarm.stack === queue.stack && refersTo(alarm.properties['Dimensions'], queue.id),
      );
      expect({ queue: queue.id, alarms: watching.length }).toEqual({ queue: queue.id, alarms: 1 });
    }
    for (const queue of queues.filter((candidate) => !isLast(candidate))) {
      const last = queues.filter((other) => isLast(other) && other.stack === queue.stack);
      expect(last.some(({ id }) => refersTo(queue.properties['RedrivePolicy'], id))).toBe(true);
    }
  });

  it('hide a message for six times the time its function may take, and take back single records', () => {
    const functions = ofType('AWS::Lambda::Function');
    const sources = ofType('AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) => !('StartingPosition' in properties),
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const { stack, properties } of sources) {
      const here = (resource: Resource): boolean => resource.stack === stack;
      const queue = queues.filter(here).find(({ id }) => refersTo(properties['EventSourceArn'], id));
      const fn = functions.filter(here).find(({ id }) => refersTo(properties['FunctionName'], id));
      expect(Number(queue?.properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(
        6 * Number(fn?.properties['Timeout']),
      );
      expect(properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('get only events that their function reacts to', () => {
    for (const rule of ofType('AWS::Events::Rule').filter(isOfOurBus)) {
      const [, context = '', name = ''] =
        /^switchyard-prod-([a-z]+)-([a-z-]+)$/.exec(textOf(rule, 'Name')) ?? [];
      const source = readFileSync(`functions/${context}/events/${name}.ts`, 'utf8');
      const pattern = rule.properties['EventPattern'] as { 'detail-type': readonly string[] };
      for (const detailType of pattern['detail-type']) {
        const [kind = ''] = detailType.split('.');
        expect(source).toContain(`${kind[0]?.toLowerCase()}${kind.slice(1)}`);
      }
    }
  });
});

describe('the bucket of the feeds', () => {
  const [bucket] = ofType('AWS::S3::Bucket');

  it('is encrypted, private, TLS only, and forgets', () => {
    expect(ofType('AWS::S3::Bucket')).toHaveLength(1);
    expect(bucket?.properties).toMatchObject({
      BucketEncryption: expect.anything() as unknown,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const rules = (bucket?.properties['LifecycleConfiguration'] as { Rules: readonly unknown[] }).Rules;
    expect(rules).toHaveLength(2);
    for (const rule of rules) expect(rule).toMatchObject({ ExpirationInDays: 90, Status: 'Enabled' });
    const policies = ofType('AWS::S3::BucketPolicy').map((policy) => textOf(policy, 'PolicyDocument'));
    expect(policies.filter((policy) => policy.includes('aws:SecureTransport'))).toHaveLength(1);
  });

  it('tells only of what was dropped, to the queue of the function that reads it', () => {
    expect(bucket?.properties['NotificationConfiguration']).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    const [rule] = ofType('AWS::Events::Rule').filter((one) => !isOfOurBus(one));
    expect(rule?.properties).toMatchObject({
      Name: 'switchyard-prod-inventory-cut-dropped-files',
      EventPattern: { source: ['aws.s3'], detail: { object: { key: [{ prefix: 'drop/' }] } } },
    });
  });

  it('has a queue behind it that keeps the order of a node, dead letters included', () => {
    const inOrder = ofType('AWS::SQS::Queue').filter(
      ({ stack, properties }) => stack === 'switchyard-prod-inventory' && properties['FifoQueue'] === true,
    );
    expect(namesOf(inOrder, 'QueueName')).toEqual([
      'switchyard-prod-inventory-apply-feed-pieces-dead-letters.fifo',
      'switchyard-prod-inventory-apply-feed-pieces.fifo',
    ]);
  });
});

describe('the streams', () => {
  it('give up a batch only to a queue, after halving it', () => {
    const sources = ofType('AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) => 'StartingPosition' in properties,
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const { properties } of sources) {
      expect(properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: expect.any(Number) as number,
      });
      expect(properties['DestinationConfig']).toHaveProperty('OnFailure.Destination');
      expect(properties['FilterCriteria']).toHaveProperty('Filters.0.Pattern');
    }
  });
});

describe('the alarms', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const anchors = new Set(
    [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
  const alarms = ofType('AWS::CloudWatch::Alarm');

  it('say in a sentence what the business loses, and where the mend is written', () => {
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms) {
      const description = textOf(alarm, 'AlarmDescription');
      const [, impact = '', anchor = ''] =
        /^(.+\.) Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(description) ?? [];
      expect(impact.split(' ').length).toBeGreaterThan(4);
      expect(anchors).toContain(anchor);
    }
  });

  it('ring the bell', () => {
    for (const { properties } of alarms) expect(properties['AlarmActions']).toHaveLength(1);
  });

  it('are all that the runbook speaks of', () => {
    const named = new Set(alarms.map((alarm) => textOf(alarm, 'AlarmDescription').split('#').at(-1)));
    expect([...anchors].filter((anchor) => !named.has(anchor))).toEqual([]);
  });
});

describe('the logs', () => {
  it('are forgotten after a stated time', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(prod.functions.length);
    for (const { properties } of groups) expect(properties['RetentionInDays']).toEqual(expect.any(Number));
  });

  it('exist for every function and workflow before they are needed', () => {
    for (const { properties } of ofType('AWS::Lambda::Function')) {
      expect(properties).toHaveProperty('LoggingConfig.LogGroup');
    }
    for (const { properties } of ofType('AWS::StepFunctions::StateMachine')) {
      expect(properties).toHaveProperty('LoggingConfiguration.Level', 'ALL');
    }
  });
});

describe('the tables', () => {
  it('can be restored to any second, tell their changes, and refuse to be deleted in production', () => {
    const tables = ofType('AWS::DynamoDB::Table');
    expect(tables).toHaveLength(7);
    for (const { properties } of tables) {
      expect(properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      });
    }
  });
});
