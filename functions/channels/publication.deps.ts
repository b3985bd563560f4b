import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { makeDynamoChannelPolicies } from '../../shared/channels/adapters/dynamo/dynamo-channel-policies.ts';
import { makeDynamoConnectionList } from '../../shared/channels/adapters/dynamo/dynamo-connection-list.ts';
import { makeDynamoPublishedFigures } from '../../shared/channels/adapters/dynamo/dynamo-published-figures.ts';
import { makeDynamoResyncs } from '../../shared/channels/adapters/dynamo/dynamo-resyncs.ts';
import { makeSecretConnectionBook } from '../../shared/channels/adapters/secrets/connection-secrets.ts';
import { makeShopStock } from '../../shared/channels/adapters/shop-stock.ts';
import {
  makeSqsPublicationQueue,
  makeSqsRefusedFigures,
} from '../../shared/channels/adapters/sqs-publication.ts';
import { makeToldVersions } from '../../shared/channels/adapters/told-versions.ts';
import { makeExplainSellable } from '../../shared/channels/application/explain-sellable.ts';
import { makePublishAvailability } from '../../shared/channels/application/publish-availability.ts';
import { makePublishPolicyChange } from '../../shared/channels/application/publish-policy-change.ts';
import { makeReadSellable, shareReads } from '../../shared/channels/application/read-sellable.ts';
import { makeResyncPage, makeStartResync } from '../../shared/channels/application/resync-availability.ts';
import { makeResyncEverything } from '../../shared/channels/application/resync-everything.ts';
import { makeSetChannelPolicy } from '../../shared/channels/application/set-channel-policy.ts';
import { makeWorkOffPublication } from '../../shared/channels/application/work-off-publication.ts';
import { makeDynamoStockQueries } from '../../shared/inventory/adapters/dynamo-stock-queries.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';
import { makeSecretReader } from '../../shared/platform/secrets.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const sqs = once(() => new SQSClient());
const table = once(() => ({ client: client(), tableName: requireEnvironment('CHANNELS_TABLE') }));
const list = once(() => makeDynamoConnectionList(table()));
const policies = once(() => makeDynamoChannelPolicies(table()));
const published = once(() => makeDynamoPublishedFigures(table()));
const resyncs = once(() => makeDynamoResyncs(table()));
const queue = once(() => makeSqsPublicationQueue(sqs, requireEnvironment('PUBLICATION_QUEUE_URL')));
const stock = once(() =>
  makeDynamoStockQueries({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE'), now }),
);
const network = once(() =>
  makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
);

const shops = once(() => ({
  connections: makeSecretConnectionBook(
    makeSecretReader(new SecretsManagerClient()),
    requireEnvironment('SECRET_PREFIX'),
  ),
  stockOf: makeShopStock(fetch),
  published: published(),
  told: makeToldVersions(),
  queue: queue(),
  refused: makeSqsRefusedFigures(sqs, requireEnvironment('PUBLICATION_DEAD_LETTERS_URL')),
  now,
}));

const listSkus = async (page: { readonly limit: number; readonly cursor: string | undefined }) => {
  const { items, cursor } = await network().listItems(page);
  return { skus: items.map(({ sku }) => sku), cursor };
};

export const publication = {
  policies,
  resyncs,
  setChannelPolicy: once(() => makeSetChannelPolicy({ policies: policies(), network: network(), now })),
  explainSellable: once(() =>
    makeExplainSellable({
      policies: policies(),
      readStockCells: stock().readStockCells,
      published: published(),
    }),
  ),
  startResync: once(() => makeStartResync({ resyncs: resyncs(), now })),
  resyncEverything: once(() => makeResyncEverything({ list: list(), resyncs: resyncs(), now })),
  reactions: once(() => ({
    queue: queue(),
    publishPolicyChange: makePublishPolicyChange({ list: list(), queue: queue(), resyncs: resyncs() }),
  })),
  hide: once(() => {
    const QueueUrl = requireEnvironment('PUBLICATION_QUEUE_URL');
    return async (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
      await sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    };
  }),
  /** Shops that are told in the same turn share what was read for it. */
  beginTurn: () => {
    const readSellable = makeReadSellable({
      policies: policies(),
      readStockCells: shareReads(stock().readStockCells),
    });
    const telling = { ...shops(), readSellable };
    const publish = makePublishAvailability(telling);
    const resyncPage = makeResyncPage({ ...telling, publish, listSkus, resyncs: resyncs() });
    return makeWorkOffPublication({ publish, resyncPage });
  },
};
