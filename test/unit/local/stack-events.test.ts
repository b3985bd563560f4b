import { explainPip } from '../../../infra/local/cloud/installation.ts';
import { isUsablePython } from '../../../infra/local/cloud/python.ts';
import { deployProgress, parseStackEvent, withoutEvents } from '../../../infra/local/cloud/stack-events.ts';

const event = (status: string, type: string) =>
  `Orders |  3/12 | 1:51:11 PM | ${status} | ${type} | Thing (Thing1) `;

describe('the progress of a deployment', () => {
  it('is one line per stack with its resources counted by service', () => {
    const lines: string[] = [];
    const hear = deployProgress((line) => lines.push(line));
    const output = [
      event('CREATE_IN_PROGRESS', 'AWS::Lambda::Function'),
      event('CREATE_COMPLETE', 'AWS::Lambda::Function'),
      event('CREATE_COMPLETE', 'AWS::CloudFormation::Stack'),
      event('CREATE_COMPLETE', 'AWS::Lambda::Permission'),
      event('CREATE_COMPLETE', 'AWS::SQS::Queue'),
      ' ✅  Orders',
      ' ✅  Network (no changes)',
      '',
    ].join('\n');
    // Output arrives in chunks that are cut anywhere.
    for (const piece of output.match(/[\s\S]{1,7}/g) ?? []) hear(piece);
    expect(lines).toEqual(['  Orders: Lambda 2, SQS 1', '  Network: no changes']);
  });

  it('shows a failure at once', () => {
    const lines: string[] = [];
    deployProgress((line) => lines.push(line))(`${event('CREATE_FAILED', 'AWS::SQS::Queue')}\n`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('CREATE_FAILED');
  });

  it('keeps of a failed run everything but the events that went well', () => {
    const failed = event('CREATE_FAILED', 'AWS::SQS::Queue');
    const output = [
      event('CREATE_COMPLETE', 'AWS::Lambda::Function'),
      failed,
      'Error: broken',
      '   at here',
    ].join('\n');
    expect(withoutEvents(output)).toBe([failed, 'Error: broken', '   at here'].join('\n'));
  });

  it('does not take other lines for events', () => {
    expect(parseStackEvent('Orders: deploying... [1/9]')).toBeUndefined();
  });
});

describe('the search for Python', () => {
  it.each(['Python 3.10.0', 'Python 3.14.2', 'Python 4.0.0'])('takes %s', (version) => {
    expect(isUsablePython(version)).toBe(true);
  });

  it.each(['Python 3.9.18', 'Python 2.7.18', ''])('leaves %j', (version) => {
    expect(isUsablePython(version)).toBe(false);
  });
});

describe('a failed installation', () => {
  it('names the index when it cannot be reached', () => {
    const output =
      'WARNING: Retrying after NewConnectionError\nERROR: No matching distribution found for ministack';
    expect(explainPip(output, 'install.log').message).toMatch(/index cannot be reached.*pip config list/);
  });

  it('names the index when it lacks the pinned version', () => {
    expect(
      explainPip('ERROR: No matching distribution found for ministack==9', 'install.log').message,
    ).toMatch(/does not offer/);
  });

  it('shows the end of the log otherwise', () => {
    expect(explainPip('one\ndisk full', 'install.log').message).toContain('disk full');
  });
});
