import { gunzipSync } from 'node:zlib';
import * as z from 'zod';

/** Bytes as the table gives them, or their base64 as a stream record carries them. */
export const storedBytes = z.union([
  z.instanceof(Uint8Array),
  z.base64().transform((text) => Buffer.from(text, 'base64')),
]);

/** A compressed JSON value, to be parsed further. */
export const storedJson = storedBytes.transform((bytes): unknown =>
  JSON.parse(gunzipSync(bytes).toString('utf8')),
);
