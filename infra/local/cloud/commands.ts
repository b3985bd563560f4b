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
 * Runs a program to its end without a shell and never rejects. It has a process group of its own, which ends
 * with this process; after a kill -9 of this process the next start finds it and ends it (`orphansAmong`).
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
    const child = spawn(program, args, {
      ...spawnOptions,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endWithUs = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself a moment ago.
      }
    };
    process.once('exit', endWithUs);
    const settle = (outcome: Outcome): void => {
      process.off('exit', endWithUs);
      resolve(outcome);
    };
    let output = '';
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString('utf8');
      output += text;
      onChunk?.(text);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (failure) => settle({ code: null, output, failure }));
    child.once('close', (code) => settle({ code, output }));
  });
