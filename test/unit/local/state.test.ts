import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listProcesses, orphansAmong, type RunningProcess } from '../../../infra/local/cloud/processes.ts';
import {
  clearState,
  isStateLive,
  readState,
  writeState,
  type CloudState,
} from '../../../infra/local/cloud/state.ts';

const state: CloudState = {
  instance: 'b7c1',
  pid: 500,
  port: 4566,
  endpoint: 'https://127.0.0.1:4566',
  lifetime: 'with-parent',
  ownerPid: 400,
  startedAt: '2026-11-23T12:00:00.000Z',
};
const cloud: RunningProcess = {
  pid: 500,
  group: 500,
  command: '/clone/.local/venv/1/bin/python launcher.py b7c1 with-parent',
};
const owner: RunningProcess = { pid: 400, group: 400, command: 'node infra/local/start.ts' };

describe('the state of the local cloud', () => {
  it('is live while its process and its owner run', () => {
    expect(isStateLive(state, [cloud, owner])).toBe(true);
  });

  it('is stale when its process is gone', () => {
    expect(isStateLive(state, [owner])).toBe(false);
  });

  it('is stale when its process number belongs to another program now', () => {
    expect(isStateLive(state, [{ ...cloud, command: 'sleep 60' }, owner])).toBe(false);
  });

  it('is stale when its owner is gone, since it is about to end', () => {
    expect(isStateLive(state, [cloud])).toBe(false);
  });

  it('outlives its owner when it is detached', () => {
    expect(isStateLive({ ...state, lifetime: 'detached' }, [cloud])).toBe(true);
  });

  describe('on disk', () => {
    let folder = '';
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'switchyard-state-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('is read as it was written, and gone when cleared', async () => {
      const file = join(folder, 'deep', 'state.json');
      await writeState(file, state);
      expect(await readState(file)).toEqual(state);
      await clearState(file);
      expect(await readState(file)).toBeUndefined();
    });

    it.each(['', '{"pid":', '{"pid":"500"}', 'null'])('counts as none when it holds %j', async (text) => {
      const file = join(folder, 'state.json');
      await writeFile(file, text);
      expect(await readState(file)).toBeUndefined();
    });
  });
});

describe('the processes left behind', () => {
  const marks = ['/clone/.local/venv/', 'node /tmp/switchyard-1/'];
  const worker: RunningProcess = {
    pid: 501,
    group: 500,
    command: 'node /tmp/switchyard-1/ministack-lambda-x/_worker.js',
  };

  it('are those whose command line begins as ours do', () => {
    const others = [owner, { pid: 7, group: 7, command: 'tail -f /clone/.local/venv/x' }];
    expect(orphansAmong([cloud, worker, ...others], marks, 1)).toEqual([cloud, worker]);
  });

  it('never include the group that asks', () => {
    expect(orphansAmong([cloud, worker], marks, 501)).toEqual([]);
  });

  it('are looked for among the processes of this machine', () => {
    const self = listProcesses().find((one) => one.pid === process.pid);
    expect(self?.command).toContain('node');
    expect(self?.group).toBeGreaterThan(0);
  });
});
