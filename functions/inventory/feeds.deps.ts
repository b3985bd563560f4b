import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoCellBook } from '../../shared/inventory/adapters/dynamo-cell-book.ts';
import {
  makeDynamoCountTasks,
  makeDynamoDriftBook,
} from '../../shared/inventory/adapters/dynamo-count-tasks.ts';
import { makeDynamoFeedStore } from '../../shared/inventory/adapters/dynamo-feed-store.ts';
import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { checkChunk, readChunk } from '../../shared/inventory/adapters/feed-rows.ts';
import { makeNetworkLookup, rememberingSkus } from '../../shared/inventory/adapters/network-lookup.ts';
import {
  feedHeaderOf,
  makeS3ChunkArchive,
  makeS3DroppedFiles,
} from '../../shared/inventory/adapters/s3-feed-files.ts';
import { makeGoOnLater, makeSqsPieceQueue } from '../../shared/inventory/adapters/sqs-feed-queues.ts';
import { makeApplyPiece } from '../../shared/inventory/application/apply-piece.ts';
import { makeCloseFeed } from '../../shared/inventory/application/close-feed.ts';
import { makeCutDroppedFile } from '../../shared/inventory/application/cut-dropped-file.ts';
import { makeOpenFeed } from '../../shared/inventory/application/open-feed.ts';
import {
  makeApproveCount,
  makeRejectCount,
  makeSubmitCount,
} from '../../shared/inventory/application/settle-count.ts';
import { makeTakeChunk } from '../../shared/inventory/application/take-chunk.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }));
const ledger = once(() => makeDynamoStockLedger(table()));
const cells = once(() => makeDynamoCellBook(table()));
const store = once(() => makeDynamoFeedStore(table()));
const countTasks = once(() => makeDynamoCountTasks(table()));
const network = once(() =>
  makeNetworkLookup(
    makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
  ),
);
// A local cloud's host name knows no buckets.
const forcePathStyle = process.env['AWS_ENDPOINT_URL'] !== undefined;
const bucket = once(() => ({
  client: new S3Client({ forcePathStyle }),
  bucket: requireEnvironment('FEEDS_BUCKET'),
}));
const sqs = once(() => new SQSClient());
const chunks = once(() => makeS3ChunkArchive(bucket()));
const counting = once(() => ({ ledger: ledger(), cells: cells(), countTasks: countTasks(), now }));

const openFeed = once(() => makeOpenFeed({ feeds: store(), network: network(), now }));
const closeFeed = once(() => makeCloseFeed({ feeds: store(), now }));
const takeChunk = once(() =>
  makeTakeChunk({
    feeds: store(),
    chunks: chunks(),
    queue: makeSqsPieceQueue(sqs(), requireEnvironment('FEED_PIECES_QUEUE')),
    checkChunk,
    digestOf: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
  }),
);

/** What feeds and counts are made of: apart from the rest of inventory, so that the order's path stays light. */
export const feeds = {
  store,
  countTasks,
  openFeed,
  closeFeed,
  takeChunk,
  drift: once(() => makeDynamoDriftBook(table())),
  applyPiece: once(() =>
    makeApplyPiece({
      ledger: ledger(),
      cells: cells(),
      feeds: store(),
      countTasks: countTasks(),
      chunks: chunks(),
      catalogue: rememberingSkus(network()),
      network: network(),
      readChunk,
      now,
    }),
  ),
  cutDroppedFile: once(() =>
    makeCutDroppedFile({
      files: makeS3DroppedFiles(bucket()),
      headerOf: feedHeaderOf,
      openFeed: openFeed(),
      takeChunk: takeChunk(),
      closeFeed: closeFeed(),
      feeds: store(),
      goOnLater: makeGoOnLater(sqs(), requireEnvironment('DROPPED_FILES_QUEUE')),
      now,
    }),
  ),
  hidePieces: once(() => {
    const QueueUrl = requireEnvironment('FEED_PIECES_QUEUE');
    return async (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
      await sqs().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
    };
  }),
  submitCount: once(() => makeSubmitCount(counting())),
  approveCount: once(() => makeApproveCount(counting())),
  rejectCount: once(() => makeRejectCount(counting())),
};
