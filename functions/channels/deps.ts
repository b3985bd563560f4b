import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { makeDynamoConnectionList } from '../../shared/channels/adapters/dynamo/dynamo-connection-list.ts';
import { makeDynamoDeliveryLog } from '../../shared/channels/adapters/dynamo/dynamo-delivery-log.ts';
import { makeDynamoToldShipments } from '../../shared/channels/adapters/dynamo/dynamo-told-shipments.ts';
import { makeSecretConnectionBook } from '../../shared/channels/adapters/secrets/connection-secrets.ts';
import { makeSecretConnectionStore } from '../../shared/channels/adapters/secrets/secret-connection-store.ts';
import { makeShopifyApi } from '../../shared/channels/adapters/shopify/shopify-api.ts';
import { makeDeliveryTranslation } from '../../shared/channels/adapters/delivery-translation.ts';
import { translators } from '../../shared/channels/adapters/translators.ts';
import { makeWooCommerceApi } from '../../shared/channels/adapters/woocommerce/woocommerce-api.ts';
import { makePutConnection } from '../../shared/channels/application/put-connection.ts';
import { makeTellShipment } from '../../shared/channels/application/tell-channel.ts';
import { makeTranslateDelivery } from '../../shared/channels/application/translate-delivery.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { deriveOrderId, hashSha256 } from '../../shared/orders/adapters/derive-order-id.ts';
import { makeDynamoOrderStore } from '../../shared/orders/adapters/dynamo-order-store.ts';
import { makeCancelOrder } from '../../shared/orders/application/cancel-order.ts';
import { makePlaceOrder } from '../../shared/orders/application/place-order.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { logger } from '../../shared/platform/observability.ts';
import { once } from '../../shared/platform/once.ts';
import { makeSecretReader } from '../../shared/platform/secrets.ts';
import { makeOrderIntake } from './order-intake.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('CHANNELS_TABLE') }));
const secrets = once(() => new SecretsManagerClient());
const connections = once(() =>
  makeSecretConnectionBook(makeSecretReader(secrets()), requireEnvironment('SECRET_PREFIX')),
);
const apis = { shopify: makeShopifyApi(fetch), woocommerce: makeWooCommerceApi(fetch) };
const apiOf = (channel: keyof typeof apis) => apis[channel];
const log = once(() => makeDynamoDeliveryLog(table()));

const intake = once(() => {
  const store = makeDynamoOrderStore({ client: client(), tableName: requireEnvironment('ORDERS_TABLE') });
  return makeOrderIntake({
    placeOrder: makePlaceOrder({ store, deriveOrderId, hash: hashSha256, now }),
    cancelOrder: makeCancelOrder({ store, deriveOrderId, now }),
  });
});

export const deps = {
  log,
  putConnection: once(() =>
    makePutConnection({
      store: makeSecretConnectionStore(secrets(), requireEnvironment('SECRET_PREFIX')),
      list: makeDynamoConnectionList(table()),
    }),
  ),
  translateDeliveries: once(() =>
    makeDeliveryTranslation(
      makeTranslateDelivery({
        translatorOf: (channel) => translators[channel],
        intake: intake(),
        deliveries: log(),
      }),
      (message, details) => logger.info(message, details),
    ),
  ),
  tellShipment: once(() =>
    makeTellShipment({ connections: connections(), apiOf, told: makeDynamoToldShipments(table()), now }),
  ),
};
