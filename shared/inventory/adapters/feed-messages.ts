import * as z from 'zod';
import { nodeId } from '../../contracts/scalars.ts';

/** What the queue of pieces holds. */
export const feedPiece = z.object({ feedId: z.string(), chunk: z.int(), nodeId });

const fromS3 = z
  .object({ detail: z.object({ object: z.object({ key: z.string() }) }) })
  .transform(({ detail }) => ({ key: detail.object.key, bookmark: undefined }));

const goingOn = z.object({
  key: z.string(),
  bookmark: z.object({ offset: z.int(), header: z.string(), row: z.int(), chunk: z.int() }),
});

/** What the queue of dropped files holds: S3's word that there is one, or our own note of where to go on with it. */
export const droppedFile = z.union([goingOn, fromS3]);
