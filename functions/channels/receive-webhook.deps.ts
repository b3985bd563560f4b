import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { makeDynamoDeliveryClaim } from '../../shared/channels/adapters/dynamo/dynamo-delivery-claim.ts';
import { makeSecretConnectionBook } from '../../shared/channels/adapters/secrets/connection-secrets.ts';
import {
  deriveDeliveryId,
  protocolOf,
  unreadableBecause,
} from '../../shared/channels/adapters/webhook-protocols.ts';
import { makeReceiveWebhook } from '../../shared/channels/application/receive-webhook.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';
import { makeSecretReader } from '../../shared/platform/secrets.ts';

/** Short, since a channel gives up on a webhook after a few refusals while a rotated secret is not seen here. */
const SECRETS_KEPT_MS = 60_000;

/** The composition root of the receiver alone: its bundle is the hot path and carries nothing of the other functions. */
export const deps = {
  receiveWebhook: once(() =>
    makeReceiveWebhook({
      connections: makeSecretConnectionBook(
        makeSecretReader(new SecretsManagerClient(), SECRETS_KEPT_MS),
        requireEnvironment('SECRET_PREFIX'),
      ),
      deliveries: makeDynamoDeliveryClaim({
        client: makeDocumentClient(),
        tableName: requireEnvironment('CHANNELS_TABLE'),
      }),
      protocolOf,
      unreadableBecause,
      deriveDeliveryId,
      now: () => instantOf(Date.now()),
    }),
  ),
};
