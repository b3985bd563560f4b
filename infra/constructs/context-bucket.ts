import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';

export type ContextBucketProps = {
  readonly stage: Stage;
  /** Where functions learn the bucket's name. */
  readonly environmentName: string;
  readonly name: string;
  /** How many days objects below a prefix are kept: nothing is kept for ever. */
  readonly keeps: Readonly<Record<string, number>>;
};

/** A bucket of a context: encrypted, private, TLS only, and it tells EventBridge of what is put into it. */
export class ContextBucket extends Bucket {
  readonly environmentName: string;
  /** Known before it is made, and unlike any other: bucket names are the world's. */
  readonly fixedName: string;

  constructor(scope: Construct, id: string, { stage, name, environmentName, keeps }: ContextBucketProps) {
    const fixedName = `${resourceName(stage, name)}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
    super(scope, id, {
      bucketName: fixedName,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: Object.entries(keeps).map(([prefix, days]) => ({
        id: `keep-${prefix.replaceAll('/', '')}`,
        prefix,
        expiration: Duration.days(days),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      })),
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.fixedName = fixedName;
    this.environmentName = environmentName;
    const { defaultChild } = this.node;
    // Said on the resource itself: the construct's own switch would bring a Python function along.
    if (defaultChild instanceof CfnBucket) {
      defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'What is put here is worked off at once and named in a result; CloudTrail says who put it.',
    });
  }
}
