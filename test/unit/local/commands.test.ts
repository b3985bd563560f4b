import { run } from '../../../infra/local/cloud/commands.ts';

describe('a program run to its end', () => {
  it('gives its exit code and both of its outputs', async () => {
    const heard: string[] = [];
    const script = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3';
    const outcome = await run(process.execPath, ['-e', script], { onChunk: (text) => heard.push(text) });
    expect(outcome.code).toBe(3);
    expect(outcome.output).toContain('out');
    expect(outcome.output).toContain('err');
    expect(heard.join('')).toBe(outcome.output);
  });

  it('is an outcome, not an exception, when there is no such program', async () => {
    expect(await run('no-such-program-here', [])).toMatchObject({ code: null, failure: { code: 'ENOENT' } });
  });

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGINT') + process.listenerCount('exit');
    await run(process.execPath, ['-e', '']);
    expect(process.listenerCount('SIGINT') + process.listenerCount('exit')).toBe(before);
  });
});
