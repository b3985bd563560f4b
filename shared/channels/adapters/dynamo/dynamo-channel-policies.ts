import { GetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../../../kernel/instant.ts';
import { encodeCursor, type TableKey } from '../../../platform/dynamo/cursor.ts';
import { startOf } from '../../../platform/dynamo/page-start.ts';
import { transact } from '../../../platform/dynamo/transact.ts';
import type { ChannelPolicyStore } from '../../application/publication-ports.ts';
import type { ChannelPolicy, PolicyScope } from '../../domain/channel-policy.ts';
import type { ChannelName } from '../../domain/delivery.ts';
import {
  POLICY_PREFIX,
  policiesOf,
  policyFrom,
  policyKey,
  policyVersionKey,
  type StoredPolicy,
} from './channel-policy-items.ts';

type Table = { readonly client: DynamoDBDocumentClient; readonly tableName: string };
type Kept = { readonly version: number; readonly policies: readonly ChannelPolicy[] };

const versionItem = z.object({ version: z.int() });
const isInForce = ({ status }: StoredPolicy): boolean => status === 'inForce';

const readVersion = async ({ client, tableName }: Table, channel: ChannelName): Promise<number> => {
  const answer = await client.send(
    new GetCommand({ TableName: tableName, Key: policyVersionKey(channel), ConsistentRead: true }),
  );
  return answer.Item === undefined ? 0 : versionItem.parse(answer.Item).version;
};

const query = async (
  { client, tableName }: Table,
  channel: ChannelName,
  page: { readonly limit?: number; readonly from?: TableKey | undefined },
) => {
  const answer = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :policy)',
      ExpressionAttributeValues: { ':pk': policiesOf(channel), ':policy': POLICY_PREFIX },
      ConsistentRead: true,
      Limit: page.limit,
      ExclusiveStartKey: page.from,
    }),
  );
  return {
    found: (answer.Items ?? []).map(policyFrom),
    last: answer.LastEvaluatedKey as TableKey | undefined,
  };
};

const readAll = async (table: Table, channel: ChannelName): Promise<readonly ChannelPolicy[]> => {
  const policies: ChannelPolicy[] = [];
  let from: TableKey | undefined;
  do {
    const { found, last } = await query(table, channel, { from });
    policies.push(...found.filter(isInForce).map(({ policy }) => policy));
    from = last;
  } while (from !== undefined);
  return policies;
};

/** The policy and its channel's version in one transaction: whoever reads the version knows whether theirs are of now. */
const write = async (
  { client, tableName: TableName }: Table,
  item: ChannelPolicy & Pick<StoredPolicy, 'status'>,
  at: Instant,
): Promise<boolean> => {
  const version = await readVersion({ client, tableName: TableName }, item.channel);
  const mustExist = item.status === 'withdrawn';
  const outcome = await transact(client, [
    {
      Put: {
        TableName,
        Item: { ...policyKey(item), entity: 'policy', ...item, version: version + 1, updatedAt: at },
        ...(mustExist && {
          ConditionExpression: '#status = :inForce',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':inForce': 'inForce' },
        }),
      },
    },
    {
      Put: {
        TableName,
        Item: { ...policyVersionKey(item.channel), entity: 'policyVersion', version: version + 1 },
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :known',
        ...(version > 0 && { ExpressionAttributeValues: { ':known': version } }),
      },
    },
  ]);
  if (outcome.written) return true;
  if (outcome.conditionFailedAt.includes(0)) return false;
  return write({ client, tableName: TableName }, item, at);
};

/**
 * Channel policies. `inForce` reads one small item and, only when a policy has changed since, the policies of the
 * channel: telling a shop of stock costs half a read more, however many policies there are.
 */
export const makeDynamoChannelPolicies = (table: Table): ChannelPolicyStore => {
  const kept = new Map<ChannelName, Kept>();
  return {
    inForce: async (channel) => {
      const version = await readVersion(table, channel);
      const known = kept.get(channel);
      if (known?.version === version) return known;
      // Read after the version: never older than it, and what is newer comes with a version that is not known yet.
      const policies = version === 0 ? [] : await readAll(table, channel);
      const fresh = { version, policies };
      kept.set(channel, fresh);
      return fresh;
    },
    save: async (policy, at) => void (await write(table, { ...policy, status: 'inForce' }, at)),
    withdraw: ({ channel, connection, sku }: PolicyScope, at) =>
      write(
        table,
        {
          channel,
          ...(connection !== undefined && { connection }),
          ...(sku !== undefined && { sku }),
          status: 'withdrawn',
        },
        at,
      ),
    list: async (channel, page) => {
      const from = startOf(page.cursor, { pk: policiesOf(channel), prefix: POLICY_PREFIX });
      const { found, last } = await query(table, channel, { limit: page.limit, from });
      return {
        items: found.filter(isInForce).map(({ policy }) => policy),
        cursor: encodeCursor(last),
      };
    },
  };
};
