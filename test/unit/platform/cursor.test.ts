import { encodeCursor, startKey } from '../../../shared/platform/dynamo/cursor.ts';

const listed = { pk: 'SKU#MUG', prefix: 'MOVE#DC#' };
const cursor = (key: Record<string, string | number>): string => encodeCursor(key) ?? '';

describe('the key that a page starts behind', () => {
  it('is what the page before ended with', () => {
    const key = { pk: 'SKU#MUG', sk: 'MOVE#DC#2026' };
    expect(startKey(cursor(key), listed)).toEqual({ ok: true, value: key });
    expect(startKey(cursor(key), {})).toEqual({ ok: true, value: key });
    expect(startKey(undefined, listed)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ['of another partition', { pk: 'SKU#CUP', sk: 'MOVE#DC#2026' }],
    ['of another node', { pk: 'SKU#MUG', sk: 'MOVE#STORE#2026' }],
    ['with numbers', { pk: 'SKU#MUG', sk: 7 }],
    ['with more than a key', { pk: 'SKU#MUG', sk: 'MOVE#DC#2026', gsi1pk: 'x' }],
    ['without a key', { foo: 'x' }],
    ['without anything', {}],
  ])('is refused %s', (_, key) => {
    expect(startKey(cursor(key), listed)).toEqual({ ok: false, refusal: { type: 'notACursor' } });
  });

  it('is refused where it was made up', () => {
    for (const text of ['', 'xxx', 'bnVsbA'])
      expect(startKey(text, {})).toEqual({ ok: false, refusal: { type: 'notACursor' } });
  });
});
