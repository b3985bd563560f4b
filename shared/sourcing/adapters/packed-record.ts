import { deflateRawSync, gunzipSync, inflateRawSync } from 'node:zlib';
import { RECORD_DICTIONARY_1 } from './record-dictionary.ts';

const DICTIONARY = Buffer.from(RECORD_DICTIONARY_1, 'utf8');

/** Which dictionary a record was packed with; absent: gzip without any, as records were before there was one. */
type DictionaryNumber = 1 | undefined;

export const PACKED_WITH = 1 as const;

export const packRecord = (record: unknown): Buffer =>
  deflateRawSync(JSON.stringify(record), { dictionary: DICTIONARY, level: 9 });

/** Throws on bytes that were packed otherwise. */
export const unpackRecord = (bytes: Uint8Array, dictionary: DictionaryNumber): unknown =>
  JSON.parse(
    (dictionary === undefined
      ? gunzipSync(bytes)
      : inflateRawSync(bytes, { dictionary: DICTIONARY })
    ).toString('utf8'),
  );
