import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { partOf } from '../../../shared/inventory/domain/strew.ts';
import { conditionFrom, Mistyped, updateFrom, type Bindings, type Item } from './expressions.ts';

type Key = { readonly pk: string; readonly sk: string };
type Write = {
  readonly key: Key;
  readonly passes: (item: Item | undefined) => boolean;
  readonly next: (item: Item | undefined) => Item | undefined;
  readonly wantsOld: boolean;
};

const idOf = (key: Key): string => `${key.pk}\n${key.sk}`;
const keyOf = (item: Record<string, unknown> | undefined): Key => ({
  pk: String(item?.['pk']),
  sk: String(item?.['sk']),
});

type Expressed = {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
};

const bindingsOf = (input: Expressed): Bindings => ({
  values: input.ExpressionAttributeValues ?? {},
  names: input.ExpressionAttributeNames ?? {},
});

const passesOf = (input: Expressed): Write['passes'] => {
  const text = input.ConditionExpression;
  return text === undefined ? () => true : (item) => conditionFrom(text)(item, bindingsOf(input));
};

/** The first place whose id is above `id`. */
const placeAfter = (ids: readonly string[], id: string): number => {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') <= id) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Items by id, and their ids in order: sorted once, and kept so, since a large store is read page by page. */
class Items extends Map<string, Item> {
  #sorted: string[] | undefined;
  override set(id: string, item: Item): this {
    if (!this.has(id)) this.#sorted?.splice(placeAfter(this.#sorted, id), 0, id);
    return super.set(id, item);
  }
  override delete(id: string): boolean {
    if (this.has(id)) this.#sorted?.splice(placeAfter(this.#sorted, id) - 1, 1);
    return super.delete(id);
  }
  sorted(): readonly string[] {
    this.#sorted ??= [...this.keys()].sort();
    return this.#sorted;
  }
  /** The first id at or after `id`. */
  firstFrom(id: string): string | undefined {
    const ids = this.sorted();
    return this.has(id) ? id : ids[placeAfter(ids, id)];
  }
}

/** The document client leaves undefined fields out; only the top of our items has any. */
const withoutUndefined = (value: Record<string, unknown>): Item => {
  const copy = { ...value };
  for (const name in copy) if (copy[name] === undefined) delete copy[name];
  return copy;
};

const putOf = (input: Expressed & { readonly Item: Record<string, unknown> | undefined }): Write => {
  const item = withoutUndefined(input.Item ?? {});
  return {
    key: keyOf(input.Item),
    passes: passesOf(input),
    next: () => item,
    wantsOld: false,
  };
};

const updateOf = (
  input: Expressed & {
    readonly Key: Record<string, unknown> | undefined;
    readonly UpdateExpression?: string | undefined;
  },
): Write => {
  const key = keyOf(input.Key);
  const update = updateFrom(input.UpdateExpression ?? '');
  return {
    key,
    passes: passesOf(input),
    next: (item) => update(item ?? key, bindingsOf(input)),
    wantsOld: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
};

const deleteOf = (input: Expressed & { readonly Key: Record<string, unknown> | undefined }): Write => ({
  key: keyOf(input.Key),
  passes: passesOf(input),
  next: () => undefined,
  wantsOld: false,
});

/** Partitions are strewn over the segments of a parallel scan. */
const isInSegment = (item: Item, { Segment, TotalSegments }: ScanCommand['input']): boolean =>
  TotalSegments === undefined || partOf(String(item['pk']), TotalSegments) === Segment;

const META = { $metadata: {} };
const MISTYPED = Symbol('mistyped');

/**
 * A DynamoDB table in memory that takes the document client's own commands: conditions, updates and transactions mean
 * what they mean there, and what it does not know it refuses. `pageSize` cuts reads short as a full page would.
 */
export class MemoryDynamo {
  readonly items = new Items();
  /** Called after every write, with the images before and after. */
  onWrite: ((before: Item | undefined, after: Item | undefined) => void) | undefined;
  pageSize = Number.POSITIVE_INFINITY;
  /** How many keys of a BatchGetItem are answered at once. */
  batchSize = 100;

  execute(command: unknown): unknown {
    if (command instanceof TransactWriteCommand) return this.#transact(command.input.TransactItems ?? []);
    if (command instanceof UpdateCommand) return this.#single(updateOf(command.input));
    if (command instanceof PutCommand)
      return this.#single(putOf({ ...command.input, Item: command.input.Item }));
    if (command instanceof DeleteCommand)
      return this.#single(deleteOf({ ...command.input, Key: command.input.Key }));
    if (command instanceof GetCommand)
      return { ...META, Item: this.items.get(idOf(keyOf(command.input.Key))) };
    if (command instanceof BatchGetCommand) return this.#batchGet(command.input.RequestItems ?? {});
    if (command instanceof QueryCommand) return this.#query(command.input);
    if (command instanceof ScanCommand) return this.#scan(command.input);
    throw new Error('a command that the fake table does not know');
  }

  #apply(write: Write): void {
    const before = this.items.get(idOf(write.key));
    const after = write.next(before);
    if (after === undefined) this.items.delete(idOf(write.key));
    else this.items.set(idOf(write.key), after);
    this.onWrite?.(before, after);
  }

  #single(write: Write): unknown {
    const item = this.items.get(idOf(write.key));
    if (!write.passes(item)) {
      throw new ConditionalCheckFailedException({ ...META, message: 'The conditional request failed' });
    }
    this.#apply(write);
    return META;
  }

  #transact(actions: NonNullable<TransactWriteCommand['input']['TransactItems']>): unknown {
    const writes = actions.map((action): Write => {
      if (action.Put !== undefined) return putOf(action.Put);
      if (action.Update !== undefined) return updateOf(action.Update);
      if (action.Delete !== undefined) return deleteOf(action.Delete);
      throw new Error('an action that the fake table does not know');
    });
    if (writes.length > 100) throw new Error('more than 100 actions');
    if (new Set(writes.map(({ key }) => idOf(key))).size < writes.length) {
      throw new Error('Transaction request cannot include multiple operations on one item');
    }
    const failed = writes.map((write) => !write.passes(this.items.get(idOf(write.key))));
    if (failed.includes(true)) {
      throw new TransactionCanceledException({
        ...META,
        message: 'Transaction cancelled',
        CancellationReasons: failed.map((isFailed, index) => {
          const write = writes[index];
          const old = write?.wantsOld === true ? this.items.get(idOf(write.key)) : undefined;
          return {
            Code: isFailed ? 'ConditionalCheckFailed' : 'None',
            // As attribute values: who asks looks at their names only.
            ...(isFailed && old !== undefined
              ? { Item: Object.fromEntries(Object.keys(old).map((name) => [name, { S: '' }])) }
              : {}),
          };
        }),
      });
    }
    const nexts = writes.map((write) => this.#nextOf(write));
    if (nexts.includes(MISTYPED)) {
      throw new TransactionCanceledException({
        ...META,
        message: 'Transaction cancelled',
        CancellationReasons: nexts.map((next) => ({ Code: next === MISTYPED ? 'ValidationError' : 'None' })),
      });
    }
    for (const write of writes) this.#apply(write);
    return META;
  }

  /** What an update makes of its item; DynamoDB does not add a number to a text. */
  #nextOf(write: Write): Item | undefined | typeof MISTYPED {
    try {
      return write.next(this.items.get(idOf(write.key)));
    } catch (error) {
      if (error instanceof Mistyped) return MISTYPED;
      throw error;
    }
  }

  #batchGet(request: NonNullable<BatchGetCommand['input']['RequestItems']>): unknown {
    const Responses: Record<string, unknown[]> = {};
    const UnprocessedKeys: Record<string, unknown> = {};
    for (const [table, { Keys = [], ...rest }] of Object.entries(request)) {
      const now = Keys.slice(0, this.batchSize);
      Responses[table] = now.flatMap((key) => this.items.get(idOf(keyOf(key))) ?? []);
      if (now.length < Keys.length) UnprocessedKeys[table] = { ...rest, Keys: Keys.slice(this.batchSize) };
    }
    return { ...META, Responses, UnprocessedKeys };
  }

  /** Small and simple: an index holds few items, and all that have its key. */
  #queryIndex(input: QueryCommand['input'], sortKey: string): unknown {
    const matches = conditionFrom(input.KeyConditionExpression ?? '');
    const found = [...this.items.values()]
      .filter((item) => matches(item, bindingsOf(input)))
      .sort((a, b) => (String(a[sortKey]) < String(b[sortKey]) ? -1 : 1));
    const from = input.ExclusiveStartKey === undefined ? undefined : idOf(keyOf(input.ExclusiveStartKey));
    return this.#page(
      found.slice(found.findIndex((item) => idOf(keyOf(item)) === from) + 1),
      input,
      () => true,
    );
  }

  #query(input: QueryCommand['input']): unknown {
    if (input.IndexName !== undefined) return this.#queryIndex(input, `${input.IndexName}sk`);
    const matches = conditionFrom(input.KeyConditionExpression ?? '');
    const bindings = bindingsOf(input);
    const partition = bindings.values[':pk'];
    const ids = this.items.sorted();
    const isForward = input.ScanIndexForward !== false;
    const found: Item[] = [];
    const from = input.ExclusiveStartKey === undefined ? undefined : idOf(keyOf(input.ExclusiveStartKey));
    for (let place = placeAfter(ids, `${String(partition)}\n`); place < ids.length; place += 1) {
      const item = this.items.get(ids[place] ?? '');
      if (item === undefined || item['pk'] !== partition) break;
      const id = ids[place] ?? '';
      const isDue = from === undefined || (isForward ? id > from : id < from);
      if (isDue && matches(item, bindings)) found.push(item);
    }
    const filter = input.FilterExpression;
    return this.#page(
      isForward ? found : found.reverse(),
      input,
      (item) => filter === undefined || conditionFrom(filter)(item, bindings),
    );
  }

  #scan(input: ScanCommand['input']): unknown {
    const ids = this.items.sorted();
    const from = input.ExclusiveStartKey === undefined ? '' : idOf(keyOf(input.ExclusiveStartKey));
    const limit = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, this.pageSize);
    const items: Item[] = [];
    for (let place = placeAfter(ids, from); place < ids.length && items.length < limit; place += 1) {
      const item = this.items.get(ids[place] ?? '');
      if (item !== undefined && isInSegment(item, input)) items.push(item);
    }
    const filter = input.FilterExpression;
    const bindings = bindingsOf(input);
    return this.#page(items, input, (item) => filter === undefined || conditionFrom(filter)(item, bindings));
  }

  /** A cut page names its last key even when nothing follows, as DynamoDB does. */
  #page(
    items: readonly Item[],
    input: { readonly Limit?: number | undefined },
    passes: (item: Item) => boolean,
  ): unknown {
    const limit = Math.min(input.Limit ?? Number.POSITIVE_INFINITY, this.pageSize);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const isCut = last !== undefined && page.length === limit;
    return {
      ...META,
      Items: page.filter(passes),
      ScannedItems: page,
      ...(isCut ? { LastEvaluatedKey: keyOf(last) } : {}),
    };
  }
}

/** A document client over `execute`: all that the inventory's adapters use of one is `send`. */
export const clientOf = (send: (command: unknown) => Promise<unknown>): DynamoDBDocumentClient =>
  ({ send }) as unknown as DynamoDBDocumentClient;

export const memoryClient = (table: MemoryDynamo): DynamoDBDocumentClient =>
  clientOf(async (command) => table.execute(command));
