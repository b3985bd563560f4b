import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isNodeId, type NodeId } from '../../kernel/ids.ts';

/** Who is calling, as the authorizer has established it. A node's key speaks for that node only. */
export type Caller =
  | { readonly scope: 'operator' | 'reader'; readonly keyId: string }
  | { readonly scope: 'node'; readonly keyId: string; readonly nodeId: NodeId }
  | { readonly scope: 'none'; readonly keyId: 'none' };

const NOBODY: Caller = { scope: 'none', keyId: 'none' };

/** Reads the authorizer's context; a route without authorizer has nobody calling. */
export const callerOf = (event: APIGatewayProxyEventV2): Caller => {
  const { authorizer } = event.requestContext as { authorizer?: { lambda?: Record<string, unknown> } };
  const context = authorizer?.lambda ?? {};
  const keyId = typeof context['keyId'] === 'string' ? context['keyId'] : '';
  if (keyId === '') return NOBODY;
  if (context['scope'] === 'operator' || context['scope'] === 'reader')
    return { scope: context['scope'], keyId };
  const nodeId = context['nodeId'];
  if (context['scope'] === 'node' && typeof nodeId === 'string' && isNodeId(nodeId)) {
    return { scope: 'node', keyId, nodeId };
  }
  return NOBODY;
};
