import { spawn } from 'node:child_process';

export interface Outcome {
  /** Exit code; null when the program could not be started or was killed. */
  readonly code: number | null;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  /** Set when the program could not be started at all. */
  readonly failure?: NodeJS.ErrnoException;
}

/**
 * Runs a program to its end without a shell and never rejects.
 * @param onChunk hears the output as it comes
 */
export const run = (
  program: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    onChunk?: (text: string) => void;
    signal?: AbortSignal;
  } = {},
): Promise<Outcome> =>
  new Promise((resolve) => {
    const { onChunk, ...spawnOptions } = options;
    const child = spawn(program, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString('utf8');
      output += text;
      onChunk?.(text);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (failure) => resolve({ code: null, output, failure }));
    child.once('close', (code) => resolve({ code, output }));
  });
