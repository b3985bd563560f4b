import { hashKey, isSameKey } from '../../../shared/access/adapters/key-hash.ts';
import { makeAuthorize } from '../../../shared/access/application/authorize.ts';
import { makeIssueKey } from '../../../shared/access/application/issue-key.ts';
import type { KeyStore } from '../../../shared/access/application/ports.ts';
import type { ApiKey } from '../../../shared/access/domain/api-key.ts';
import { nodeId } from '../../../shared/contracts/scalars.ts';

const ADMIN = 'admin-key-of-32-characters-0123456';

const setUp = () => {
  const stored = new Map<string, ApiKey>();
  const keys: KeyStore = {
    findByHash: async (hash) => stored.get(hash),
    save: async (hash, key) => void stored.set(hash, key),
  };
  return {
    stored,
    authorize: makeAuthorize({ keys, hash: hashKey, isAdminKey: async (key) => isSameKey(key, ADMIN) }),
    issue: makeIssueKey({ keys, hash: hashKey, randomText: () => 'random-text-of-the-test' }),
  };
};

describe('authorization', () => {
  it('knows the key of the deployment as an operator', async () => {
    expect(await setUp().authorize(`Bearer ${ADMIN}`)).toEqual({
      allowed: true,
      keyId: 'admin',
      grant: { scope: 'operator' },
    });
  });

  it('knows an issued key with its grant, and keeps only its hash', async () => {
    const { authorize, issue, stored } = setUp();
    const grant = { scope: 'node', nodeId: nodeId.parse('STORE-1') } as const;
    const { key, keyId } = await issue({ label: 'till', grant });

    expect(await authorize(`Bearer ${key}`)).toEqual({ allowed: true, keyId, grant });
    expect(JSON.stringify([...stored])).not.toContain(key);
  });

  it.each([undefined, '', 'Bearer', 'Basic abc', 'Bearer short', `Bearer ${ADMIN}x`])(
    'refuses %p',
    async (header) => {
      expect(await setUp().authorize(header)).toEqual({ allowed: false });
    },
  );
});
