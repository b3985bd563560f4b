import { readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

const fromProc = (pid: number): RunningProcess | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name in brackets, may hold spaces and brackets itself: count from its end.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    return {
      pid,
      group: Number(group),
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
    };
  } catch {
    return undefined;
  }
};

const fromPs = (): RunningProcess[] =>
  execFileSync('ps', ['-axo', 'pid=,pgid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && !match[3]?.startsWith('Z'))
    .map((match) => ({ pid: Number(match?.[1]), group: Number(match?.[2]), command: match?.[4] ?? '' }));

/** Every process of the machine that still runs, with its process group and command line. */
export const listProcesses = (): RunningProcess[] => {
  if (process.platform !== 'linux') return fromPs();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => fromProc(Number(name)) ?? []);
};

const signalGroup = (group: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-group, signal);
  } catch {
    // Gone already, which is what was wanted.
  }
};

/** Ends a process group: politely, then for good. @returns when none of it runs any more */
export const endGroup = async (group: number, graceMs = 1_500): Promise<void> => {
  const members = (): boolean => listProcesses().some((one) => one.group === group);
  signalGroup(group, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (members() && Date.now() < deadline) await sleep(50);
  signalGroup(group, 'SIGKILL');
  while (members()) await sleep(20);
};

/**
 * The processes that a local cloud of this clone left behind: recognised by how their command
 * lines begin, never by a number from a file alone, since the system gives numbers out again.
 * Our own group is spared: a start may share it with a shell that mentions the same paths.
 */
export const orphansAmong = (
  processes: readonly RunningProcess[],
  marks: readonly string[],
  ownPid = process.pid,
): readonly RunningProcess[] => {
  const ownGroup = processes.find((one) => one.pid === ownPid)?.group;
  return processes.filter(
    (one) => one.group !== ownGroup && marks.some((mark) => one.command.startsWith(mark)),
  );
};
