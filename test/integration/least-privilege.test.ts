import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { canonicalOrderOf, operator, placeOrder, putItem, unique } from '../support/integration/stack.ts';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient();
const iam = new IAMClient();
const NO_ORDER = 'ord_00000000000000000000000000';

const REQUEST = {
  orderId: NO_ORDER,
  revision: 1,
  reservationId: `${NO_ORDER}.1`,
  orderType: 'consumer',
  shipComplete: false,
  lines: [{ lineId: '1', sku: 'NO-SUCH', quantity: 1 }],
  shipTo: {},
  excludedNodes: [],
};

const someOrder = async (): Promise<string> => {
  const sku = unique('SKU');
  await putItem(operator(), sku);
  return placeOrder(operator(), canonicalOrderOf({ [sku]: 1 }));
};

/** One call of each kind that needs one grant, and the action that must be named when the grant is gone. */
const CASES = [
  {
    name: 'orders-screen-order',
    input: async () => ({ orderId: await someOrder(), revision: 1 }),
    missing: 'dynamodb:Query',
  },
  {
    name: 'inventory-reserve-plan',
    input: async () => ({
      request: REQUEST,
      shipments: [{ nodeId: 'NOWHERE', lines: [{ lineId: '1', sku: 'NO-SUCH', quantity: 1 }] }],
    }),
    missing: 'dynamodb:',
  },
  {
    name: 'sourcing-choose-nodes',
    input: async () => ({ request: REQUEST }),
    missing: 'dynamodb:',
  },
] as const;

const invoke = async (functionName: string, input: unknown) => {
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(input) }),
  );
  return {
    failed: answer.FunctionError !== undefined,
    payload: Buffer.from(answer.Payload ?? []).toString('utf8'),
  };
};

const roleOf = async (functionName: string): Promise<string> => {
  const { Role = '' } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  return Role.split('/').at(-1) ?? '';
};

/** Takes the role's own policies away for the time of `work`, and gives them back whatever happens. */
const withoutGrants = async <Value>(role: string, work: () => Promise<Value>): Promise<Value> => {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: role }));
  expect(PolicyNames.length).toBeGreaterThan(0);
  const kept = await Promise.all(
    PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }))),
  );
  try {
    for (const PolicyName of PolicyNames)
      await iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName }));
    return await work();
  } finally {
    for (const { PolicyName, PolicyDocument } of kept) {
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: role,
          PolicyName,
          PolicyDocument: decodeURIComponent(PolicyDocument ?? ''),
        }),
      );
    }
  }
};

describe('a function without its grant', () => {
  it.each(CASES)('$name fails and names the missing action', async ({ name, input, missing }) => {
    const functionName = `switchyard-local-${name}`;
    const payload = await input();
    expect(await invoke(functionName, payload)).toMatchObject({ failed: false });

    const without = await withoutGrants(await roleOf(functionName), () => invoke(functionName, payload));
    expect(without.failed).toBe(true);
    expect(without.payload).toContain('is not authorized to perform');
    expect(without.payload).toContain(missing);

    expect(await invoke(functionName, payload)).toMatchObject({ failed: false });
  });
});
