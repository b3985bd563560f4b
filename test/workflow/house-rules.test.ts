import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { substitute } from '../support/workflow/run-workflow.ts';

type Retrier = { readonly ErrorEquals: readonly string[]; readonly JitterStrategy?: string };
type State = {
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
};
type Definition = {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly QueryLanguage?: string;
  readonly States: Readonly<Record<string, State>>;
};

const root = join(process.cwd(), 'workflows');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.asl.json'),
);
const bindingsOf = (path: string): string =>
  readFileSync(join(root, path.replace('.asl.json', '.bindings.ts')), 'utf8');

const nextOf = (state: State): readonly string[] =>
  [
    state.Next,
    state.Default,
    ...(state.Catch ?? []).map((each) => each.Next),
    ...(state.Choices ?? []).map((each) => each.Next),
  ].flatMap((name) => name ?? []);

const reachableFrom = (start: string, states: Definition['States']): ReadonlySet<string> => {
  const seen = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = states[name];
    if (seen.has(name) || state === undefined) continue;
    seen.add(name);
    waiting.push(...nextOf(state));
  }
  return seen;
};

const isEnd = (state: State): boolean =>
  state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';

it('there are workflows to hold to the rules', () => {
  expect(files.length).toBeGreaterThanOrEqual(2);
});

describe.each(files)('the workflow file %s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const definition = JSON.parse(text) as Definition;
  const states = Object.entries(definition.States);
  const tasks = states.filter(([, state]) => state.Type === 'Task');
  const named = (entries: typeof states): readonly string[] => entries.map(([name]) => name);

  it('is valid Amazon States Language in JSONPath', () => {
    const written = JSON.parse(substitute(text)) as StateMachineDefinition;

    expect(() => new StateMachine(written)).not.toThrow();
    expect(definition.QueryLanguage ?? 'JSONPath').toBe('JSONPath');
  });

  it('says what it is for', () => {
    expect(definition.Comment?.length).toBeGreaterThan(40);
  });

  it('has at most 25 states', () => {
    expect(states.length).toBeLessThanOrEqual(25);
  });

  it('names its states in sentences, and asks where it branches', () => {
    const isSentence = (name: string) =>
      /^[A-Z][a-z]+(:? [\w'-]+)+[?:,\w ]*$/.test(name) && name.length <= 80;
    const unasked = states.filter(([name, state]) => state.Type === 'Choice' && !name.endsWith('?'));

    expect(named(states).filter((name) => !isSentence(name))).toEqual([]);
    expect(named(unasked)).toEqual([]);
  });

  it('gives every task a deadline', () => {
    const without = tasks.filter(
      ([, state]) => state.TimeoutSeconds === undefined && state.TimeoutSecondsPath === undefined,
    );
    expect(named(without)).toEqual([]);
  });

  it('retries the faults of every task, each attempt after a pause of its own', () => {
    const hasJitter = (state: State) =>
      (state.Retry ?? []).some((retrier) => retrier.ErrorEquals.includes('States.TaskFailed')) &&
      (state.Retry ?? []).every((retrier) => retrier.JitterStrategy === 'FULL');
    expect(named(tasks.filter(([, state]) => !hasJitter(state)))).toEqual([]);
  });

  it('does not ask again where a deadline is an answer', () => {
    const asksAgain = tasks.filter(
      ([, state]) =>
        state.Resource?.endsWith('.waitForTaskToken') &&
        state.Retry?.some((retrier) =>
          retrier.ErrorEquals.some((error) => error === 'States.Timeout' || error === 'States.ALL'),
        ),
    );
    expect(named(asksAgain)).toEqual([]);
  });

  it('catches what no retry heals, or says why not', () => {
    const loose = tasks.filter(([, state]) => (state.Catch ?? []).length === 0);

    expect(named(loose.filter(([, state]) => !state.Comment?.startsWith('No Catch:')))).toEqual([]);
  });

  it('reaches every state and, from every state, an end', () => {
    const reachable = reachableFrom(definition.StartAt, definition.States);
    const stuck = states.filter(
      ([name]) =>
        ![...reachableFrom(name, definition.States)].some((each) => {
          const state = definition.States[each];
          return state !== undefined && isEnd(state);
        }),
    );

    expect(named(states.filter(([name]) => !reachable.has(name)))).toEqual([]);
    expect(named(stuck)).toEqual([]);
    expect(
      states.flatMap(([, state]) => nextOf(state)).filter((name) => !(name in definition.States)),
    ).toEqual([]);
  });

  it('decides every choice, foreseen or not', () => {
    const open = states.filter(([, state]) => state.Type === 'Choice' && state.Default === undefined);

    expect(named(open)).toEqual([]);
  });

  it('uses exactly the names that its bindings give', () => {
    const used = [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]))].sort();
    const source = bindingsOf(path);
    const functions = [...source.matchAll(/^\s+(\w+): '\w+\/tasks\//gm)].map((match) => match[1]);
    const queues = [...source.matchAll(/'(\w+Url)'/g)].map((match) => match[1]);

    expect([...functions, ...queues].sort()).toEqual(used);
  });
});
