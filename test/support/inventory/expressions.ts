/**
 * The part of DynamoDB's expression language that the inventory speaks, compiled once a text. Anything else throws, so
 * that a fake never passes an expression that it does not understand.
 */
export type Item = Readonly<Record<string, unknown>>;
export type Bindings = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly names: Readonly<Record<string, string>>;
};
type Evaluate<Value> = (item: Item | undefined, bindings: Bindings) => Value;

const TOKEN = /\s*([A-Za-z_][A-Za-z0-9_]*|[:#][A-Za-z0-9_]+|<>|<=|>=|[=<>(),.+-])/y;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match?.[1] === undefined) throw new Error(`not an expression of ours: ${text}`);
    tokens.push(match[1]);
  }
  return tokens;
};

const isName = (token: string): boolean => /^[A-Za-z_#]/.test(token);

/** Words that DynamoDB refuses as bare attribute names; the ones that stock could stumble over. */
const RESERVED = new Set(['FREE', 'STATUS', 'AT', 'KEY', 'KEYS', 'COUNT', 'TOTAL', 'STATE', 'TTL', 'TIME', 'NAME', 'BATCH', 'LOCK', 'MODE', 'LAST', 'ITEMS', 'LEVEL', 'HOLD', 'SEQUENCE', 'UNTIL']); // prettier-ignore

class Reader {
  readonly #tokens: readonly string[];
  #next = 0;
  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }
  peek(): string | undefined {
    return this.#tokens[this.#next];
  }
  take(expected?: string): string {
    const token = this.#tokens[this.#next];
    if (token === undefined || (expected !== undefined && token.toUpperCase() !== expected)) {
      throw new Error(`expected ${expected ?? 'more'} in ${this.#tokens.join(' ')}`);
    }
    this.#next += 1;
    return token;
  }
  isAfter(token: string): boolean {
    return this.#tokens[this.#next - 1] === token;
  }
  takeIf(expected: string): boolean {
    if (this.peek()?.toUpperCase() !== expected) return false;
    this.#next += 1;
    return true;
  }
}

type Path = readonly string[];

const readPath = (reader: Reader): Path => {
  const path: string[] = [];
  do {
    const part = reader.take();
    if (!isName(part)) throw new Error(`not a name: ${part}`);
    if (RESERVED.has(part.toUpperCase())) throw new Error(`${part} is a reserved word`);
    path.push(part);
  } while (reader.takeIf('.'));
  return path;
};

const nameOf = (part: string, { names }: Bindings): string => {
  if (!part.startsWith('#')) return part;
  const name = names[part];
  if (name === undefined) throw new Error(`${part} is not bound`);
  return name;
};

const valueAt = (item: unknown, path: Path, bindings: Bindings): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Item)[nameOf(part, bindings)] : undefined,
    item,
  );

const readOperand = (reader: Reader): Evaluate<unknown> => {
  const token = reader.peek() ?? '';
  if (token.startsWith(':')) {
    reader.take();
    return (_, { values }) => {
      if (!(token in values)) throw new Error(`${token} is not bound`);
      return values[token];
    };
  }
  if (token.toLowerCase() === 'if_not_exists') {
    reader.take();
    reader.take('(');
    const path = readPath(reader);
    reader.take(',');
    const otherwise = readOperand(reader);
    reader.take(')');
    return (item, bindings) => valueAt(item, path, bindings) ?? otherwise(item, bindings);
  }
  const path = readPath(reader);
  return (item, bindings) => valueAt(item, path, bindings);
};

const isOrdered = (a: unknown, b: unknown): boolean =>
  (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');

const COMPARISONS: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const FUNCTIONS: Readonly<Record<string, (path: Path, argument: Evaluate<unknown>) => Evaluate<boolean>>> = {
  attribute_exists: (path) => (item, bindings) => valueAt(item, path, bindings) !== undefined,
  attribute_not_exists: (path) => (item, bindings) => valueAt(item, path, bindings) === undefined,
  begins_with: (path, argument) => (item, bindings) => {
    const [text, prefix] = [valueAt(item, path, bindings), argument(item, bindings)];
    return typeof text === 'string' && typeof prefix === 'string' && text.startsWith(prefix);
  },
};

const readPrimary = (reader: Reader): Evaluate<boolean> => {
  if (reader.takeIf('(')) {
    const isNested = reader.peek() === '(';
    const inner = readOr(reader);
    if (isNested && reader.isAfter(')')) throw new Error('the expression has redundant parentheses');
    reader.take(')');
    return inner;
  }
  if (reader.takeIf('NOT')) {
    const inner = readPrimary(reader);
    return (item, bindings) => !inner(item, bindings);
  }
  const call = FUNCTIONS[reader.peek() ?? ''];
  if (call !== undefined) {
    reader.take();
    reader.take('(');
    const path = readPath(reader);
    const argument: Evaluate<unknown> = reader.takeIf(',') ? readOperand(reader) : () => undefined;
    reader.take(')');
    return call(path, argument);
  }
  const left = readOperand(reader);
  if (reader.takeIf('IN')) {
    const choices: Evaluate<unknown>[] = [];
    reader.take('(');
    do choices.push(readOperand(reader));
    while (reader.takeIf(','));
    reader.take(')');
    return (item, bindings) => choices.some((choice) => choice(item, bindings) === left(item, bindings));
  }
  if (reader.takeIf('BETWEEN')) {
    const low = readOperand(reader);
    reader.take('AND');
    const high = readOperand(reader);
    return (item, bindings) => {
      const [value, from, to] = [left, low, high].map((operand) => operand(item, bindings));
      return (
        isOrdered(value, from) && (value as never) >= (from as never) && (value as never) <= (to as never)
      );
    };
  }
  const compare = COMPARISONS[reader.take()];
  if (compare === undefined) throw new Error('not a comparison');
  const right = readOperand(reader);
  return (item, bindings) => {
    const [a, b] = [left(item, bindings), right(item, bindings)];
    return isOrdered(a, b) && compare(a as never, b as never);
  };
};

const readAnd = (reader: Reader): Evaluate<boolean> => {
  const parts = [readPrimary(reader)];
  while (reader.takeIf('AND')) parts.push(readPrimary(reader));
  return (item, bindings) => parts.every((part) => part(item, bindings));
};

const readOr = (reader: Reader): Evaluate<boolean> => {
  const parts = [readAnd(reader)];
  while (reader.takeIf('OR')) parts.push(readAnd(reader));
  return (item, bindings) => parts.some((part) => part(item, bindings));
};

const atEnd = (reader: Reader, text: string): void => {
  if (reader.peek() !== undefined) throw new Error(`not understood to its end: ${text}`);
};

const compiled = <Value>(compile: (text: string) => Value): ((text: string) => Value) => {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text) ?? compile(text);
    known.set(text, value);
    return value;
  };
};

export const conditionFrom: (text: string) => Evaluate<boolean> = compiled((text) => {
  const reader = new Reader(text);
  const condition = readOr(reader);
  atEnd(reader, text);
  return condition;
});

type Assign = (before: Item | undefined, draft: Record<string, unknown>, bindings: Bindings) => void;

/** Writes at a path; every map on the way is copied, an absent map is refused as DynamoDB does. */
const write = (draft: Record<string, unknown>, path: Path, bindings: Bindings, value: unknown): void => {
  const [head = '', ...rest] = path;
  const name = nameOf(head, bindings);
  if (rest.length === 0) {
    if (value === undefined) delete draft[name];
    else draft[name] = value;
    return;
  }
  const inner = draft[name];
  if (typeof inner !== 'object' || inner === null)
    throw new Error('the document path is not valid for update');
  const copy = { ...inner };
  write(copy, rest, bindings, value);
  draft[name] = copy;
};

const readSet = (reader: Reader): Assign => {
  const path = readPath(reader);
  reader.take('=');
  const first = readOperand(reader);
  const sign = reader.takeIf('+') ? 1 : reader.takeIf('-') ? -1 : 0;
  const second = sign === 0 ? undefined : readOperand(reader);
  return (before, draft, bindings) => {
    const value = first(before, bindings);
    write(
      draft,
      path,
      bindings,
      second === undefined ? value : Number(value) + sign * Number(second(before, bindings)),
    );
  };
};

/** An operand has an incorrect data type. */
export class Mistyped extends Error {
  override readonly name = 'Mistyped';
}

const readAdd = (reader: Reader): Assign => {
  const path = readPath(reader);
  const amount = readOperand(reader);
  return (before, draft, bindings) => {
    const known = valueAt(before, path, bindings) ?? 0;
    if (typeof known !== 'number') throw new Mistyped('an operand has an incorrect data type');
    write(draft, path, bindings, known + Number(amount(before, bindings)));
  };
};

const readRemove = (reader: Reader): Assign => {
  const path = readPath(reader);
  return (_, draft, bindings) => write(draft, path, bindings, undefined);
};

const CLAUSES: Readonly<Record<string, (reader: Reader) => Assign>> = {
  SET: readSet,
  ADD: readAdd,
  REMOVE: readRemove,
};

export const updateFrom: (text: string) => (item: Item | undefined, bindings: Bindings) => Item = compiled(
  (text) => {
    const reader = new Reader(text);
    const assigns: Assign[] = [];
    while (reader.peek() !== undefined) {
      const clause = CLAUSES[reader.take().toUpperCase()];
      if (clause === undefined) throw new Error(`not an update of ours: ${text}`);
      do assigns.push(clause(reader));
      while (reader.takeIf(','));
    }
    return (item, bindings) => {
      const draft = { ...item };
      for (const assign of assigns) assign(item, draft, bindings);
      return draft;
    };
  },
);
