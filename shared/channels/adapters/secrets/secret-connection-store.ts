import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ConnectionStore } from '../../application/ports.ts';
import { secretIdOf } from './connection-secrets.ts';

/** One secret a connection; saving again adds a version and makes it the current one. */
export const makeSecretConnectionStore = (client: SecretsManagerClient, prefix: string): ConnectionStore => ({
  save: async (ref, connection) => {
    const name = secretIdOf(prefix, ref);
    const text = JSON.stringify(connection);
    try {
      await client.send(new CreateSecretCommand({ Name: name, SecretString: text }));
    } catch (error) {
      if (!(error instanceof ResourceExistsException)) throw error;
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: text }));
    }
  },
});
