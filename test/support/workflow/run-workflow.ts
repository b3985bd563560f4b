import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutionError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** What a task answers to its input, or a fault that it throws. Each call takes the next of a list; the last stays. */
export type Answer = Json | ((input: Json) => Json | Promise<Json>);

export type Run = {
  readonly outcome: 'succeeded' | 'failed';
  /** The result when it succeeded, the error's name when it failed. */
  readonly result: Json;
  /** Names of the states in the order in which they were entered. */
  readonly states: readonly string[];
  /** What each task was called with. */
  readonly calls: readonly { readonly state: string; readonly input: Json }[];
};

/** Puts names in place of the bindings that infra fills in. */
export const substitute = (text: string): string =>
  text
    .replaceAll('${ExceptionQueueUrl}', 'https://sqs.us-east-1.amazonaws.com/111122223333/exceptions')
    .replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:111122223333:function:$1');

type State = {
  readonly Type: string;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  /** What a Map does with each item. */
  readonly ItemProcessor?: Definition;
};
type Definition = { readonly States: Readonly<Record<string, State>> };

const namesIn = ({ States }: Definition): readonly string[] =>
  Object.entries(States).flatMap(([name, { ItemProcessor }]) => [
    name,
    ...(ItemProcessor === undefined ? [] : namesIn(ItemProcessor)),
  ]);

const readDefinition = (path: string): Definition =>
  JSON.parse(substitute(readFileSync(join(process.cwd(), 'workflows', path), 'utf8'))) as Definition;

/**
 * Step Functions resolves a TimeoutSecondsPath against the state's input, this interpreter against what Parameters
 * have made of it: the value is put in place here, before the run.
 */
const fixDeadlines = (definition: Definition, input: Json): void => {
  for (const [name, state] of Object.entries(definition.States)) {
    const field = state.TimeoutSecondsPath?.replace('$.', '');
    if (field === undefined) continue;
    const seconds = (input as Record<string, Json>)[field];
    if (typeof seconds !== 'number') throw new Error(`"${name}": the input has no ${field}`);
    delete state.TimeoutSecondsPath;
    state.TimeoutSeconds = seconds;
  }
};

const fault = (): never => {
  throw new Error('the task is broken');
};
/** A task that always throws. */
export const BROKEN: Answer = fault;
/** A node that never answers: the state's own deadline ends the wait. */
export const SILENT: Answer = () => new Promise<Json>(() => undefined);

/**
 * Runs a workflow file in an interpreter of the Amazon States Language, each task answering from `answers` by the
 * name of its state. Waits and pauses before retries take no time.
 */
export const runWorkflow = async (
  path: string,
  input: Json,
  answers: Readonly<Record<string, readonly Answer[]>>,
): Promise<Run> => {
  const definition = readDefinition(path);
  fixDeadlines(definition, input);
  const names = namesIn(definition);
  const calls: { state: string; input: Json }[] = [];
  const handlerOf = (state: string) => async (given: unknown) => {
    const call = calls.filter((each) => each.state === state).length;
    calls.push({ state, input: given as Json });
    const list = answers[state] ?? [];
    const answer = list[Math.min(call, list.length - 1)];
    if (answer === undefined) throw new Error(`the test has no answer for "${state}"`);
    return typeof answer === 'function' ? answer(given as Json) : answer;
  };
  // Validated as written by the house rules; here deadlines may be fractions of a second.
  const machine = new StateMachine(definition as StateMachineDefinition, {
    validationOptions: { noValidate: true },
  });
  const execution = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(names.map((name) => [name, handlerOf(name)])),
      waitTimeOverrides: Object.fromEntries(names.map((name) => [name, 0])),
      retryIntervalOverrides: Object.fromEntries(names.map((name) => [name, 0])),
    },
    context: { Execution: { Id: 'execution-1' }, Task: { Token: 'token-1' } },
  });
  const states: string[] = [];
  const ended = execution.result.then(
    (result) => ({ outcome: 'succeeded' as const, result: result }),
    (error: unknown) => {
      if (!(error instanceof ExecutionError)) throw error;
      return { outcome: 'failed' as const, result: error.message };
    },
  );
  for await (const event of execution.eventLogs) {
    if (event.type.endsWith('StateEntered') && 'state' in event) states.push(event.state.name);
  }
  return { ...(await ended), states, calls };
};
