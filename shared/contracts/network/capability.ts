import * as z from 'zod';

/**
 * What a node can do and an item may require: free words. Two have a meaning of their own: `ship` (parcels leave from
 * here) and `pickup` (customers collect here). Others are the network's: hazardous, cold, gift-wrap.
 */
export const capability = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/)
  .meta({ description: 'a capability: small letters, digits and -', example: 'cold' });

export const capabilities = z.array(capability).max(30);
