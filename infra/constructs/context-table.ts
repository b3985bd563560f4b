import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';

export type ContextTableProps = {
  readonly stage: Stage;
  readonly context: string;
  /** Given when the context lists things by other keys (gsi1pk, gsi1sk): what the index carries besides keys. */
  readonly index?: { readonly carries: readonly string[] };
};

const INDEX = 'gsi1';

/** The one table of a context: pk/sk, on demand, stream, point-in-time recovery, encryption, `expiresAt`. */
export class ContextTable extends Table {
  readonly context: string;
  /** Where functions learn the table's name: `ORDERS_TABLE`. */
  readonly environmentName: string;
  readonly indexArn: string | undefined;

  constructor(scope: Construct, id: string, { stage, context, index }: ContextTableProps) {
    super(scope, id, {
      tableName: resourceName(stage, context),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: stage.keepsState,
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.context = context;
    this.environmentName = `${context.toUpperCase()}_TABLE`;
    this.indexArn = index && `${this.tableArn}/index/${INDEX}`;
    if (index !== undefined) {
      this.addGlobalSecondaryIndex({
        indexName: INDEX,
        partitionKey: { name: `${INDEX}pk`, type: AttributeType.STRING },
        sortKey: { name: `${INDEX}sk`, type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.carries],
      });
    }
  }
}
