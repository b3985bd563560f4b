import * as z from 'zod';
import { defineEvent } from '../events/envelope.ts';
import { nodeId, sku } from '../scalars.ts';
import { nodeType } from './node.ts';

export const nodeChanged = defineEvent({
  source: 'dom.network',
  detailType: 'NodeChanged.v1',
  description: 'A node was added or changed.',
  data: z.object({ nodeId, type: nodeType, status: z.enum(['active', 'snoozed']) }),
  examples: [{ nodeId: 'DC-EAST', type: 'warehouse', status: 'active' }],
});

export const itemChanged = defineEvent({
  source: 'dom.network',
  detailType: 'ItemChanged.v1',
  description: 'An item was added to the catalogue or changed.',
  data: z.object({ sku, status: z.enum(['active', 'retired']) }),
  examples: [{ sku: 'MUG-RED', status: 'active' }],
});
