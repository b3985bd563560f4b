import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Keys hold 256 random bits, so one round of SHA-256 is enough: there is nothing to guess. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

export const randomKeyText = (): string => randomBytes(32).toString('base64url');

/** Equal without telling by the time it takes where they differ. */
export const isSameKey = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashKey(one), 'hex'), Buffer.from(hashKey(other), 'hex'));
