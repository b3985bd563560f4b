import { createHash } from 'node:crypto';
import { isOrderId } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import type { DeriveOrderId, Hash } from '../application/ports.ts';

/** Crockford's base 32: no letter that is read as a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 26;

/** 26 characters of 5 bits: 130 of the 256 bits of SHA-256, so that two orders never meet by chance. */
export const deriveOrderId: DeriveOrderId = ({ channel, connection, channelOrderId }) => {
  // As JSON, so that no two triples make one text.
  const digest = createHash('sha256')
    .update(JSON.stringify([channel, connection, channelOrderId]))
    .digest('hex');
  let bits = BigInt(`0x${digest}`);
  let text = '';
  for (let index = 0; index < LENGTH; index += 1) {
    text += ALPHABET[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  const id = `ord_${text}`;
  if (!isOrderId(id)) throw new BrokenInvariant('a digest makes an order id');
  return id;
};

export const hashSha256: Hash = (text) => createHash('sha256').update(text).digest('hex');
