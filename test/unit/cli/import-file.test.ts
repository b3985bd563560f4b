import { importCsv } from '../../../console/cli/import/import-file.ts';
import { fakeApi, type Asked } from '../../support/cli/fake-api.ts';

const rowsOf = ({ body }: Asked): string[] => body.trim().split('\n').slice(1);

/** Takes every row but those that say "bad". */
const answerRows = (asked: Asked) => {
  const rejected = rowsOf(asked).flatMap((text, index) =>
    text.includes('bad') ? [{ row: index + 2, reason: 'onHand: is not a number' }] : [],
  );
  return {
    body: {
      dryRun: asked.query['dryRun'] === 'true',
      accepted: rowsOf(asked).length - rejected.length,
      rejected,
    },
  };
};
const limits = { maxRows: 2, maxBytes: 1_000_000 };

describe('importing a CSV file', () => {
  it('names rejected rows by their number in the whole file, and by line', async () => {
    const { api } = fakeApi(answerRows);
    const summary = await importCsv(
      api,
      { path: '/v1/items', dryRun: false },
      ['h\n"a\nb"\n2\n3\nbad\n5\n'],
      {
        limits: { maxRows: 10, maxBytes: 10 },
      },
    );
    expect(summary).toMatchObject({
      rows: 5,
      rejected: [{ row: 5, line: 6, reason: 'onHand: is not a number' }],
    });
  });

  it('sends stock under one key a call, so that a repeated import finds its calls again', async () => {
    const { api, asked } = fakeApi(answerRows);
    await importCsv(api, { path: '/v1/stock', dryRun: true, key: 'K' }, ['h\n1\n2\n3\n'], { limits });
    expect(asked.map(({ query }) => query)).toEqual([
      { dryRun: 'true', key: 'K-1' },
      { dryRun: 'true', key: 'K-2' },
    ]);
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'text/csv',
      authorization: 'Bearer secret-key',
    });
  });

  it('sends the good rows of a call that is refused whole, and names the rows that are no CSV', async () => {
    const { api, asked } = fakeApi((request) =>
      request.body.includes('"open')
        ? { status: 422, body: { title: 'invalid', detail: 'not CSV: CSV_QUOTE_NOT_CLOSED' } }
        : answerRows(request),
    );
    const summary = await importCsv(api, { path: '/v1/items', dryRun: false }, ['h\nA,x\nB,"open\nC,y\n']);
    expect(asked).toHaveLength(2);
    expect(summary).toEqual({
      dryRun: false,
      rows: 3,
      accepted: 2,
      rejected: [{ row: 3, line: 3, reason: 'not CSV: CSV_QUOTE_NOT_CLOSED' }],
    });
  });

  it('points into the file where a reason names another row', async () => {
    const { api } = fakeApi(() => ({
      body: { dryRun: false, accepted: 1, rejected: [{ row: 3, reason: 'A is in row 2 already' }] },
    }));
    const summary = await importCsv(api, { path: '/v1/items', dryRun: false }, ['h\n1\n2\n3\n4\n'], {
      limits,
    });
    expect(summary.rejected.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'A is in row 2 already'],
      [5, 'A is in row 4 already'],
    ]);
  });

  it('fails with what the API says when the file as a whole is wrong', async () => {
    const { api } = fakeApi(() => ({
      status: 422,
      body: { title: 'invalid', detail: 'missing columns: sku' },
    }));
    await expect(importCsv(api, { path: '/v1/items', dryRun: false }, ['h\n1\n'])).rejects.toThrow(
      'missing columns: sku',
    );
  });
});
