import { spawn } from 'node:child_process';

export interface Outcome {
  /** Exit code; null when the program could not be started or was killed. */
  readonly code: number | null;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  /** Set when the program could not be started at all. */
  readonly failure?: NodeJS.ErrnoException;
}

const running = new Set<number>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const endAll = (): void => {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It ended by itself a moment ago.
    }
  }
};

const onSignal = (signal: NodeJS.Signals): void => {
  endAll();
  if (process.listenerCount(signal) > 1) return;
  // Nobody else listens: die of the signal as if we had not listened either.
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
};

const watch = (group: number): void => {
  running.add(group);
  if (running.size > 1) return;
  process.on('exit', endAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
};

const unwatch = (group: number): void => {
  if (!running.delete(group) || running.size > 0) return;
  process.off('exit', endAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
};

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
  } = {},
): Promise<Outcome> =>
  new Promise((resolve) => {
    const { onChunk, ...spawnOptions } = options;
    const child = spawn(program, args, {
      ...spawnOptions,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) watch(pid);
    const settle = (outcome: Outcome): void => {
      if (pid !== undefined) unwatch(pid);
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
