import { billOf } from '../../bench/journey/bill.ts';
import { readMeter } from '../../bench/journey/meter-lines.ts';

const line = (more: object): string => JSON.stringify({ at: 10, units: 1, ...more });

describe('the bill of a metered run', () => {
  it('counts units by kind, an endpoint as invocation and API request, and time apart from units', () => {
    const lines = readMeter(
      [
        line({ service: 'lambda', what: 'place', ms: 1_000, mb: 512, logged: 1e9 }),
        line({ service: 'lambda', what: 'task', ms: 0, mb: 512 }),
        line({ service: 'dynamodb-write', what: 'TransactWriteItems', units: 4, by: 'place' }),
        line({ service: 'states-express', what: 'request', by: 'route', ms: 101 }),
        line({ service: 'states', what: 'StartExecution', by: 'start' }),
      ].join('\n'),
      0,
    );
    const bill = billOf(lines, (name) => name === 'place');
    expect(bill.units).toMatchObject({
      'http-api': 1,
      lambda: 2,
      'dynamodb-write': 4,
      'states-express': 1,
      'states-standard': 0,
    });
    expect(bill.totalUnits).toBe(8);
    expect(bill.timeUsd).toBeCloseTo(0.5 * 1.33334e-5 + 0.2 * (64 / 1024) * 1.667e-5, 12);
    expect(bill.totalUsd).toBeCloseTo(1e-6 + 2 * 0.2e-6 + 4 * 0.625e-6 + 1e-6 + bill.timeUsd, 12);
    expect(bill.logUsd).toBeCloseTo(0.5, 12);
    expect(bill.causes[0]).toEqual({
      kind: 'dynamodb-write',
      cause: 'place TransactWriteItems',
      units: 4,
    });
  });

  it('refuses what has no list price, and a line that is none', () => {
    expect(() => billOf(readMeter(line({ service: 'kms', what: 'Decrypt' }), 0), () => false)).toThrow('kms');
    expect(() => readMeter('{"at":"then"}', 0)).toThrow();
  });

  it('leaves out what came before the load', () => {
    expect(readMeter(line({ service: 'sqs', what: 'SendMessage' }), 11)).toEqual([]);
  });
});
