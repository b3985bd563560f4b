import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { RunningProcess } from './processes.ts';

const stateSchema = z.object({
  instance: z.string(),
  pid: z.number().int().positive(),
  port: z.number().int(),
  endpoint: z.string(),
  lifetime: z.enum(['with-parent', 'detached']),
  /** The process that started it, without which a `with-parent` cloud is about to end. */
  ownerPid: z.number().int().positive(),
  startedAt: z.string(),
});

/** What a running local cloud says of itself in `.local/state.json`. */
export type CloudState = z.infer<typeof stateSchema>;

/** The state last written, or undefined when there is none or it cannot be read (a half-written file counts as none). */
export const readState = async (file: string): Promise<CloudState | undefined> => {
  try {
    return stateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeState = async (file: string, state: CloudState): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const staged = `${file}.${process.pid}`;
  await writeFile(staged, JSON.stringify(state, null, 2));
  await rename(staged, file);
};

export const clearState = (file: string): Promise<void> => rm(file, { force: true });

/** Whether the process that the state names still runs and is the one that was started then. */
export const isStateLive = (state: CloudState, processes: readonly RunningProcess[]): boolean => {
  const isOurs = processes.some((one) => one.pid === state.pid && one.command.includes(state.instance));
  const hasOwner = state.lifetime === 'detached' || processes.some((one) => one.pid === state.ownerPid);
  return isOurs && hasOwner;
};
