import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { resourceName, secretPrefix } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import { ContextBucket } from '../constructs/context-bucket.ts';
import { ContextTable, type ContextTableProps } from '../constructs/context-table.ts';

export type Tables = Readonly<
  Record<'network' | 'inventory' | 'sourcing' | 'orders' | 'fulfilment' | 'channels' | 'access', ContextTable>
>;

export type State = {
  readonly tables: Tables;
  readonly bus: EventBus;
  /** What nodes drop, and the chunks of their feeds. */
  readonly feedFiles: ContextBucket;
};

/** What must survive: the tables, the bus with its archive, the first key, the secret shared with nodes. Everything else can be made again. */
export class StateStack extends Stack implements State {
  readonly tables: Tables;
  readonly bus: EventBus;
  readonly feedFiles: ContextBucket;

  constructor(scope: Construct, stage: Stage) {
    super(scope, resourceName(stage, 'state'), {
      analyticsReporting: false,
      terminationProtection: stage.keepsState,
    });
    const table = (context: keyof Tables, index?: ContextTableProps['index']): ContextTable =>
      new ContextTable(this, `${context}-table`, { stage, context, ...(index && { index }) });
    this.tables = {
      network: table('network'),
      inventory: table('inventory'),
      sourcing: table('sourcing', { carries: ['request', 'strategyId', 'since', 'version'] }),
      orders: table('orders', { carries: ['summary'] }),
      fulfilment: table('fulfilment', { carries: ['status'] }),
      channels: table('channels'),
      access: table('access'),
    };

    this.feedFiles = new ContextBucket(this, 'FeedFiles', {
      stage,
      name: 'feeds',
      environmentName: 'FEEDS_BUCKET',
      keeps: { 'drop/': 90, 'chunks/': 90 },
    });
    new CfnOutput(this, 'FeedFilesBucket', { value: this.feedFiles.fixedName });

    const bus = new EventBus(this, 'Bus', { eventBusName: resourceName(stage, 'bus') });
    if (stage.archiveDays !== undefined) {
      bus.archive('Archive', {
        archiveName: resourceName(stage, 'facts'),
        description: 'Every fact, to be replayed to a consumer that was wrong or is new',
        eventPattern: { source: Match.prefix('dom.') },
        retention: Duration.days(stage.archiveDays),
      });
    }
    this.bus = bus;

    this.secret(stage, 'AdminKey', {
      name: 'admin-key',
      description: 'The first operator key; it issues all others',
      reason: 'It opens the house once. The runbook says how to change it; a timer would lock its owner out.',
    });
    this.secret(stage, 'NodeSigning', {
      name: 'node-signing',
      description: 'Signs what nodes are told, so that they can tell us from others',
      reason: 'Nodes hold a copy: it is changed together with them.',
    });
  }

  private secret(
    stage: Stage,
    id: string,
    { name, description, reason }: Readonly<Record<'name' | 'description' | 'reason', string>>,
  ): void {
    const secret = new Secret(this, id, {
      secretName: `${secretPrefix(stage)}${name}`,
      description,
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason });
    new CfnOutput(this, `${id}Secret`, { value: `${secretPrefix(stage)}${name}` });
  }
}
