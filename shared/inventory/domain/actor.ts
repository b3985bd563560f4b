import type { NodeId } from '../../kernel/ids.ts';

/** On whose word stock changes. A node speaks for itself only. `name` is what the history keeps. */
export type Actor =
  | { readonly type: 'operator'; readonly name: string }
  | { readonly type: 'node'; readonly name: string; readonly nodeId: NodeId };

export const maySpeakFor = (actor: Actor, nodeId: NodeId): boolean =>
  actor.type === 'operator' || actor.nodeId === nodeId;
