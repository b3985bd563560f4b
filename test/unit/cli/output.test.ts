import { ApiRefusal, ApiUnreachable } from '../../../console/cli/api-client.ts';
import { UsageError, exitCodeOf, explainFailure } from '../../../console/cli/failures.ts';
import { formatBar, formatTable, plain } from '../../../console/cli/output.ts';
import { tellFact } from '../../../console/cli/tell-fact.ts';

describe('a table', () => {
  it('lines its columns up, numbers to the right, without blanks at the end', () => {
    expect(
      formatTable(
        ['SKU', 'UNITS', 'NOTE'],
        [
          ['A', '5', ''],
          ['LONGER', '100', 'x'],
        ],
        ['UNITS'],
      ),
    ).toBe(['SKU     UNITS  NOTE', 'A           5', 'LONGER    100  x'].join('\n'));
  });
});

describe('text from outside', () => {
  it('cannot command the terminal', () => {
    expect(plain('a\u001b[31mb\n')).toBe('a\ufffd[31mb\ufffd');
  });
});

describe('a progress bar', () => {
  it('stays within its ends', () => {
    expect(formatBar(0.5, 4)).toBe('[##..]  50 %');
    expect(formatBar(7, 4)).toBe('[####] 100 %');
  });
});

describe('a failure', () => {
  it('shows what the API refused, field by field', () => {
    const refusal = new ApiRefusal(422, {
      title: 'invalid',
      detail: 'the body is not an order',
      errors: [{ at: 'lines.0.quantity', reason: 'is not a whole number' }],
    });
    expect(explainFailure(refusal)).toBe(
      'the body is not an order (422)\n  lines.0.quantity: is not a whole number',
    );
  });

  it('names the mend when nobody answers or the key is missing', () => {
    expect(explainFailure(new ApiUnreachable('no answer from http://x (ECONNREFUSED)'))).toContain(
      'npm start',
    );
    expect(explainFailure(new ApiRefusal(401, { title: 'unauthorized' }))).toContain('--key');
    expect(explainFailure(new ApiRefusal(403, { title: 'forbidden' }))).toContain('the key is not known');
    const refused = { type: 'urn:switchyard:problem:forbidden', detail: 'a node key counts at its own node' };
    expect(explainFailure(new ApiRefusal(403, refused))).toBe(
      'a node key counts at its own node (403): another key may: see yard keys issue',
    );
  });

  it('of usage is told from others by its exit code', () => {
    expect([exitCodeOf(new UsageError('x')), exitCodeOf(new Error('x'))]).toEqual([2, 1]);
  });
});

describe('a fact of the timeline', () => {
  it('is told in words', () => {
    const data = {
      shipments: [{ nodeId: 'DC', lines: [{ sku: 'A', quantity: 2 }] }],
      backordered: [{ sku: 'B', quantity: 1 }],
    };
    expect(tellFact('OrderRouted.v1', data)).toBe('DC: 2 x A; backordered: 1 x B');
  });

  it('is shown as it is where there are no words for it', () => {
    expect(tellFact('Surprise.v3', { orderId: 'o', reason: 'new', lines: [{ sku: 'A', quantity: 1 }] })).toBe(
      'reason new, lines 1 x A',
    );
  });
});
