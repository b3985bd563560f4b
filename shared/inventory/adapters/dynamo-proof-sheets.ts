import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ProofStore, Sheet, StretchEnd, StretchKey } from '../application/books-ports.ts';
import { cutSheet } from './cut-sheet.ts';
import type { StockTable } from './dynamo-stock-ledger.ts';
import { proofPartition, sheetFrom, sheetKey, stretchFrom, stretchKey } from './proof-items.ts';
import { itemsOf, putIf } from './table-access.ts';

export type ProofTable = StockTable & { readonly newId: () => string; readonly nowMs: () => number };

/** Sheets are of no use after their run; DynamoDB removes them. */
const KEPT_SECONDS = 2 * 24 * 3600;

const keepSheet = async (
  table: ProofTable,
  key: StretchKey,
  sheet: Sheet,
  end: StretchEnd,
): Promise<StretchEnd> => {
  const attempt = table.newId();
  const expiresAt = Math.floor(table.nowMs() / 1000) + KEPT_SECONDS;
  const parts = cutSheet(sheet);
  for (const [index, part] of parts.entries()) {
    await putIf(table, {
      TableName: table.tableName,
      Item: {
        ...sheetKey(key.proofId, attempt, index),
        entity: 'sheet',
        expiresAt,
        sheet: JSON.stringify(part),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  }
  // This one decides whose sheet counts: a stretch may be read twice, and shows another moment each time.
  const isFirst = await putIf(table, {
    TableName: table.tableName,
    Item: { ...stretchKey(key), entity: 'stretch', expiresAt, attempt, parts: parts.length, ...end },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  if (isFirst) return end;
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.tableName, Key: stretchKey(key), ConsistentRead: true }),
  );
  const { cursor, counts } = stretchFrom(Item ?? {});
  return { cursor, counts };
};

async function* sheetsOf(table: StockTable, proofId: string): AsyncGenerator<Sheet> {
  const pk = proofPartition(proofId);
  const counted = new Set<string>();
  for await (const item of itemsOf(table, pk, 'STRETCH#')) counted.add(stretchFrom(item).attempt);
  for await (const item of itemsOf(table, pk, 'SHEET#')) {
    if (counted.has(String(item['sk']).split('#')[1] ?? '')) yield sheetFrom(item);
  }
}

/** What the stretches of a proof have read, until it is judged. */
export const makeDynamoProofSheets = (table: ProofTable): Pick<ProofStore, 'keepSheet' | 'sheetsOf'> => ({
  keepSheet: (key, sheet, end) => keepSheet(table, key, sheet, end),
  sheetsOf: (proofId) => sheetsOf(table, proofId),
});
