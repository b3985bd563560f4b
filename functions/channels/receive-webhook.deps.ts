import { makeDynamoDeliveryClaim } from '../../shared/channels/adapters/dynamo/dynamo-delivery-claim.ts';
import { makeSecretConnectionBook } from '../../shared/channels/adapters/secrets/connection-secrets.ts';
import { makeSecretOverCall } from '../../shared/channels/adapters/secrets/secret-over-call.ts';
import {
  deriveDeliveryId,
  protocolOf,
  unreadableBecause,
} from '../../shared/channels/adapters/webhook-protocols.ts';
import { makeReceiveWebhook } from '../../shared/channels/application/receive-webhook.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import {
  DYNAMODB,
  makeAwsCall,
  SECRETS_MANAGER,
  type AwsAccess,
} from '../../shared/platform/aws/aws-call.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';

/** Short, since a channel gives up on a webhook after a few refusals while a rotated secret is not seen here. */
const SECRETS_KEPT_MS = 60_000;

/** Lambda hands its role's credentials over in the environment and renews them by renewing the sandbox. */
const accessTo = (service: string): AwsAccess => ({
  region: requireEnvironment('AWS_REGION'),
  endpoint: process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL'],
  credentials: {
    accessKeyId: requireEnvironment('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireEnvironment('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env['AWS_SESSION_TOKEN'],
  },
});

/** The composition root of the receiver alone: its bundle is the hot path and carries nothing of the other functions. */
export const deps = {
  receiveWebhook: once(() =>
    makeReceiveWebhook({
      connections: makeSecretConnectionBook(
        makeSecretOverCall(makeAwsCall(SECRETS_MANAGER, accessTo('SECRETS_MANAGER')), SECRETS_KEPT_MS),
        requireEnvironment('SECRET_PREFIX'),
      ),
      deliveries: makeDynamoDeliveryClaim(
        makeAwsCall(DYNAMODB, accessTo('DYNAMODB')),
        requireEnvironment('CHANNELS_TABLE'),
      ),
      protocolOf,
      unreadableBecause,
      deriveDeliveryId,
      now: () => instantOf(Date.now()),
    }),
  ),
};
