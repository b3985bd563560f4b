import { createHmac } from 'node:crypto';

/**
 * Signs a message to a node: `sha256=` and the HMAC-SHA256 of the body's bytes in lower-case hex, under the secret that
 * nodes are given. Throws when there is no secret: an unsigned message would teach nodes to take one from anybody.
 */
export const makeWorkSigner =
  (readSecret: () => Promise<string | undefined>) =>
  async (body: string): Promise<string> => {
    const secret = await readSecret();
    if (secret === undefined) throw new Error('there is no secret to sign messages to nodes with');
    return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
  };
