import { globSync } from 'node:fs';
import { join, sep } from 'node:path';

export type FunctionKind = 'api' | 'events' | 'streams' | 'tasks' | 'schedules';

/** One Lambda: the file functions/<context>/<kind>/<name>.ts. */
export type FunctionSource = {
  /** The file's path below functions/, without its ending: how everything else names the function. */
  readonly path: string;
  readonly context: string;
  readonly kind: FunctionKind;
  readonly name: string;
  readonly file: string;
};

const PATH = /^(?<context>[a-z-]+)\/(?<kind>api|events|streams|tasks|schedules)\/(?<name>[a-z-]+)$/;

/** Splits `orders/api/place-order`. Throws on anything that is not <context>/<kind>/<name>. */
export const functionSource = (path: string, root = process.cwd()): FunctionSource => {
  const parts = PATH.exec(path)?.groups;
  if (parts === undefined) throw new Error(`"${path}" is not <context>/<kind>/<name> of a function`);
  const { context = '', kind, name = '' } = parts;
  return { path, context, kind: kind as FunctionKind, name, file: join(root, 'functions', `${path}.ts`) };
};

/** Every function there is, by path. One file is one Lambda; deps.ts and helpers beside the kinds are not functions. */
export const functionSources = (root = process.cwd()): readonly FunctionSource[] =>
  globSync('*/{api,events,streams,tasks,schedules}/*.ts', { cwd: join(root, 'functions') })
    .map((file) => functionSource(file.slice(0, -'.ts'.length).split(sep).join('/'), root))
    .sort((a, b) => a.path.localeCompare(b.path));
