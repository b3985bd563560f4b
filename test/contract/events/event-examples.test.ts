import type * as z from 'zod';
import * as fulfilment from '../../../shared/contracts/fulfilment/events.ts';
import * as inventory from '../../../shared/contracts/inventory/events.ts';
import * as network from '../../../shared/contracts/network/events.ts';
import * as orders from '../../../shared/contracts/orders/events.ts';
import type { EventContract } from '../../../shared/contracts/events/envelope.ts';

const isContract = (value: unknown): value is EventContract<z.ZodType> =>
  typeof value === 'object' && value !== null && 'detailType' in value && 'examples' in value;

const contracts = [orders, fulfilment, inventory, network].flatMap((module) =>
  Object.values<unknown>(module).filter(isContract),
);

describe('event contracts', () => {
  it('have names of their own', () => {
    expect(new Set(contracts.map((contract) => contract.detailType)).size).toBe(contracts.length);
    expect(contracts.length).toBeGreaterThan(10);
  });

  it.each(contracts.map((contract) => [contract.detailType, contract] as const))(
    '%s parses every example of its',
    (_, contract) => {
      expect(contract.examples.length).toBeGreaterThan(0);
      for (const example of contract.examples) expect(contract.data.parse(example)).toEqual(example);
    },
  );
});
