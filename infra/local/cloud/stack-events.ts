/** One line of `cdk deploy --progress events`: stack | 3/12 | time | status | type | logical id. */
const EVENT = /^(\S+) \| +(?:\d+(?:\/\d+)? \| )?[^|]*\| (\w+) +\| (AWS::|Custom::|CDK::)([\w:]+) *\| ?(.*)$/;

interface StackEvent {
  readonly stack: string;
  readonly status: string;
  /** The service of the resource type, for example `Lambda`; for custom resources the whole name. */
  readonly service: string;
  readonly isStack: boolean;
}

/** Reads one line of CDK's output, or undefined when it is not a resource event. */
export const parseStackEvent = (line: string): StackEvent | undefined => {
  const match = EVENT.exec(line.trim());
  if (!match) return undefined;
  const [, stack = '', status = '', , type = ''] = match;
  return { stack, status, service: type.split('::')[0] ?? type, isStack: type === 'CloudFormation::Stack' };
};

/** What is left of CDK's output for a reader with a failure: everything but the events that went well. */
export const withoutEvents = (output: string): string =>
  output
    .split('\n')
    .filter(
      (line) =>
        !/_(COMPLETE|IN_PROGRESS)\b/.test(parseStackEvent(line)?.status ?? '') || /ROLLBACK/.test(line),
    )
    .join('\n')
    .trim();

const summary = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .map(([service, count]) => `${service} ${count}`)
    .join(', ');

/**
 * Condenses CDK's output to one line per stack, with its resources counted by service.
 * @returns what hears the output, in chunks cut anywhere
 */
export const deployProgress = (progress: (line: string) => void): ((text: string) => void) => {
  const done = new Map<string, Map<string, number>>();
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = parseStackEvent(line);
      if (event === undefined) {
        // The stack's own COMPLETE event may be printed before those of its resources: this line is the last.
        const [, stack, unchanged] = /^\s*✅\s+(\S+)( \(no changes\))?\s*$/.exec(line) ?? [];
        if (stack !== undefined)
          progress(`  ${stack}: ${unchanged ? 'no changes' : summary(done.get(stack) ?? new Map())}`);
        continue;
      }
      const counts = done.get(event.stack) ?? new Map<string, number>();
      done.set(event.stack, counts);
      if (/FAILED/.test(event.status)) progress(`  ${line.trim()}`);
      const isDone = /^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(event.status);
      if (isDone && !event.isStack) counts.set(event.service, (counts.get(event.service) ?? 0) + 1);
    }
  };
};
