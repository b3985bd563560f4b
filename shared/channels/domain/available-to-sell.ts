import type { NodeId } from '../../kernel/ids.ts';
import type { ChannelBuffer, SalesTerms } from './channel-policy.ts';

/** What one node has to give of a SKU: available, never on hand. */
export type NodeAvailability = { readonly nodeId: NodeId; readonly available: number };

const keptBack = (buffer: ChannelBuffer | undefined, units: number): number => {
  if (buffer === undefined) return 0;
  return buffer.type === 'units' ? buffer.units : Math.ceil((units * buffer.percent) / 100);
};

export const serves = ({ nodes }: SalesTerms, nodeId: NodeId): boolean => nodes?.includes(nodeId) ?? true;

/**
 * ATS, in whole units: what the channel's nodes have available (each by itself: one node's lack is not another's), less
 * the channel's buffer, at most its quota, never below 0.
 */
export const availableToSell = (cells: readonly NodeAvailability[], terms: SalesTerms): number => {
  const units = cells
    .filter(({ nodeId }) => serves(terms, nodeId))
    .reduce((sum, { available }) => sum + Math.max(0, available), 0);
  return Math.max(0, Math.min(units - keptBack(terms.buffer, units), terms.quota ?? units));
};
