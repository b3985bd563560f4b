import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { inBatches } from '../../platform/in-batches.ts';
import type { Bookmark } from '../application/cut-dropped-file.ts';
import type { PieceId, PieceQueue } from '../application/feed-ports.ts';

/** Sent one by one: nearly every chunk has a single piece. */
const SENDS_AT_ONCE = 10;

const sameWithin5Minutes = ({ feedId, chunk, nodeId }: PieceId): string =>
  createHash('sha256').update(`${feedId}#${chunk}#${nodeId}`).digest('hex');

/** A FIFO queue: the node is the group, so its pieces are applied one after the other, and those of others beside them. */
export const makeSqsPieceQueue = (client: SQSClient, queueUrl: string): PieceQueue => ({
  send: (pieces) =>
    inBatches(pieces, SENDS_AT_ONCE, async (piece) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(piece),
          MessageGroupId: piece.nodeId,
          MessageDeduplicationId: sameWithin5Minutes(piece),
        }),
      );
    }),
});

/** Puts the rest of a dropped file back into the queue that it came from. */
export const makeGoOnLater =
  (client: SQSClient, queueUrl: string) =>
  async (key: string, bookmark: Bookmark): Promise<void> => {
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ key, bookmark }) }),
    );
  };
