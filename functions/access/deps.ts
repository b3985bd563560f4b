import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { hashKey, isSameKey, randomKeyText } from '../../shared/access/adapters/key-hash.ts';
import { makeDynamoKeyStore } from '../../shared/access/adapters/dynamo-key-store.ts';
import { makeAuthorize } from '../../shared/access/application/authorize.ts';
import { makeIssueKey } from '../../shared/access/application/issue-key.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { once } from '../../shared/platform/once.ts';
import { makeSecretReader } from '../../shared/platform/secrets.ts';

const keys = once(() =>
  makeDynamoKeyStore({ client: makeDocumentClient(), tableName: requireEnvironment('ACCESS_TABLE') }),
);
const readSecret = once(() => makeSecretReader(new SecretsManagerClient()));

const isAdminKey = async (key: string): Promise<boolean> => {
  const adminKey = await readSecret()(`${requireEnvironment('SECRET_PREFIX')}admin-key`);
  return adminKey !== undefined && isSameKey(key, adminKey);
};

export const deps = {
  authorize: once(() => makeAuthorize({ keys: keys(), hash: hashKey, isAdminKey })),
  issueKey: once(() => makeIssueKey({ keys: keys(), hash: hashKey, randomText: randomKeyText })),
};
