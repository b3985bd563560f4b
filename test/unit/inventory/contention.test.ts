import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { aCell, anArrival } from '../../support/inventory/builders.ts';
import { clientOf, MemoryDynamo } from '../../support/inventory/memory-dynamo.ts';

const AT = '2026-11-23T09:00:00.000Z';
const mug = aCell('MUG', 'DC');
const conflict = () =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }],
  });
const throttle = () => new ProvisionedThroughputExceededException({ $metadata: {}, message: 'throttled' });

const ledgerThatMeets = (errors: Error[]) => {
  const memory = new MemoryDynamo();
  const contended: unknown[] = [];
  const ledger = makeDynamoStockLedger({
    client: clientOf(async (command) => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      return memory.execute(command);
    }),
    tableName: 'inventory',
    wait: async () => undefined,
    onContention: (cells) => contended.push(...cells),
  });
  return { ledger, contended };
};

describe('an entry that meets others on its cell', () => {
  it('is tried again, and each meeting is told', async () => {
    const { ledger, contended } = ledgerThatMeets([conflict(), conflict()]);
    expect(await ledger.commit({ at: AT, changes: [anArrival(mug, 1)] })).toEqual({ ok: true });
    expect(contended).toEqual([mug, mug]);
  });

  it('that is throttled faults, and the throttle is told', async () => {
    const { ledger, contended } = ledgerThatMeets([throttle()]);
    await expect(ledger.commit({ at: AT, changes: [anArrival(mug, 1)] })).rejects.toThrow('throttled');
    expect(contended).toEqual([mug]);
  });
});
