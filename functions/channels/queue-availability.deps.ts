import { SQSClient } from '@aws-sdk/client-sqs';
import { makeDynamoConnectionList } from '../../shared/channels/adapters/dynamo/dynamo-connection-list.ts';
import { makeSqsPublicationQueue } from '../../shared/channels/adapters/sqs-publication.ts';
import { makeQueueAvailability } from '../../shared/channels/application/queue-availability.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { keepFor } from '../../shared/platform/keep-for.ts';
import { once } from '../../shared/platform/once.ts';

/** A shop that is connected hears of what changes after this long; a resync brings it up to date at once. */
const LIST_KEPT_MS = 10_000;

/** Apart from the other deps: this one hears of every order, and does little. */
export const queueAvailability = once(() => {
  const list = makeDynamoConnectionList({
    client: makeDocumentClient(),
    tableName: requireEnvironment('CHANNELS_TABLE'),
  });
  return makeQueueAvailability({
    list: { tellable: keepFor(LIST_KEPT_MS, list.tellable) },
    queue: makeSqsPublicationQueue(
      once(() => new SQSClient()),
      requireEnvironment('PUBLICATION_QUEUE_URL'),
    ),
  });
});
