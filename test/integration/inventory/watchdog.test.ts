import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LastProof, MendAnswer, ProvenCell, Stock } from '../../../console/cli/api-types.ts';
import { canonicalOrderOf, eventually, holdBasket, operator, placeOrder, putItem, putNode, putStock, unique, workOf } from '../../support/integration/stack.ts'; // prettier-ignore
import { takeMessage } from '../../support/integration/take-message.ts';

const api = operator();
const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const lambda = new LambdaClient();
afterAll(() => [table, lambda].forEach((client) => client.destroy()));

/** Calls what the schedule calls, and waits for the run that this starts to end. */
const runWatchdog = async (): Promise<LastProof> => {
  const started = await lambda.send(
    new InvokeCommand({ FunctionName: 'switchyard-local-inventory-start-proof', Payload: '{}' }),
  );
  const { proofId } = JSON.parse(Buffer.from(started.Payload ?? []).toString()) as { proofId: string };
  return eventually(
    () => api.get<LastProof>('/v1/books/proof'),
    ({ run }) => run?.proofId === proofId,
  );
};

/** The message that the alarm rings for. */
const alarmNaming = (text: string): Promise<string> => takeMessage('prove-books-exceptions', text);

const positionOf = async (sku: string) => (await api.get<Stock>(`/v1/stock/${sku}`)).positions[0];

describe('a cell that was corrupted behind the system', () => {
  it('is found, frozen, alarmed and explained within one run, and mended without opening the table', async () => {
    const [nodeId, sku, sound] = [unique('N'), unique('SKU'), unique('SKU')];
    await putNode(api, nodeId);
    for (const each of [sku, sound]) {
      await putItem(api, each);
      await putStock(api, each, nodeId, 10);
    }
    await workOf(api, await placeOrder(api, canonicalOrderOf({ [sku]: 3, [sound]: 2 })));
    // What baskets hold is in the books as well.
    await holdBasket(api, { sku: sound, nodeId }, 1, 30);
    const namesNode = ({ findings }: LastProof) => findings.filter(({ cell }) => cell?.nodeId === nodeId);
    expect(namesNode(await runWatchdog())).toEqual([]);

    await table.send(
      new UpdateCommand({
        TableName: 'switchyard-local-inventory',
        Key: { pk: `SKU#${sku}`, sk: `NODE#${nodeId}` },
        UpdateExpression: 'SET onHand = :many, freeUnits = :free',
        ExpressionAttributeValues: { ':many': 90, ':free': 87 },
      }),
    );
    expect(namesNode(await runWatchdog())).toMatchObject([
      { cell: { sku, nodeId }, isFrozen: true, occurrence: 1 },
    ]);
    expect(await positionOf(sku)).toMatchObject({ onHand: 90, available: 0 });
    expect(await alarmNaming(`${nodeId}#${sku}`)).toContain('its movements add up to 10');

    const path = `/v1/books/stock/${sku}/${nodeId}`;
    const { body: proven } = await api.call<ProvenCell>({ method: 'POST', path: `${path}/proof`, body: {} });
    expect(proven).toMatchObject({
      verdict: 'off',
      violations: [
        { rule: 'movements add up to the counters', detail: 'on hand 90, but its movements add up to 10' },
      ],
      claims: [{ open: 3, moved: 3 }],
    });
    expect(proven.lastMovements.map(({ kind }) => kind)).toEqual(['freeze', 'reserve', 'count']);

    const reason = 'written past the API';
    const { body: mended } = await api.call<MendAnswer>({
      method: 'POST',
      path: `${path}/mend`,
      body: { reason },
    });
    expect(mended).toMatchObject({ outcome: 'mended', counters: { onHand: 10, reserved: 3 } });
    await api.call({ method: 'POST', path: `/v1/stock/${sku}/${nodeId}/thaw`, body: { reason } });
    expect(namesNode(await runWatchdog())).toEqual([]);
    expect(await positionOf(sku)).toMatchObject({ onHand: 10, reserved: 3, available: 7 });
  });
});
