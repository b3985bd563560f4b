import { createReadStream, statSync } from 'node:fs';
import { UsageError } from '../failures.ts';

/** The size of a file in bytes; there must be one. */
export const sizeOf = (file: string): number => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw new UsageError(`there is no file ${file}`);
  return found.size;
};

/** The file as text, counting its bytes; text that is not UTF-8 is an error instead of silently other letters. */
export async function* readText(file: string, onBytes: (read: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let read = 0;
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Uint8Array>) {
      onBytes((read += bytes.length));
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError)
      throw new Error(`${file} is not UTF-8 text (near byte ${read}): save it as UTF-8`, { cause: error });
    throw error;
  }
}
