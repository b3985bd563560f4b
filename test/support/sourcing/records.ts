import { seeded } from '../../../console/cli/backtest/seeded.ts';
import { hashSha256 } from '../../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { canonicalJson, decideOrder, type DecisionRecord } from '../../../shared/sourcing/index.ts';
import { aNode, someInputs } from './builders.ts';

/** A small decision on the order, as it is kept. */
export const aRecord = (orderId: string, name: string, at: string): DecisionRecord => {
  const inputs = { ...someInputs({ request: { orderId } }), at };
  const decision = decideOrder(inputs);
  return {
    decisionId: `${orderId}.1.${name}`,
    orderId,
    at,
    inputHash: hashSha256(canonicalJson(inputs)),
    decisionHash: hashSha256(canonicalJson(decision)),
    inputs,
    decision,
  };
};

/**
 * The largest order that the API takes, over as many nodes, each of which has a fifth of what it asks for: names and
 * quantities that no compressor foresees. Its decision is that of a small one.
 */
export const largestRecord = (orderId: string, name: string): DecisionRecord => {
  const record = aRecord(orderId, name, '2026-11-23T10:00:00.000Z');
  const ids = (prefix: string) =>
    Array.from({ length: 500 }, (_, index) => `${prefix}-${seeded(3, prefix, `${index}`)}`);
  const [nodeIds, skus] = [ids('NODE'), ids('SKU')];
  return {
    ...record,
    inputs: {
      ...record.inputs,
      request: {
        ...record.inputs.request,
        lines: skus.map((sku, index) => ({ lineId: `${index}`, sku, quantity: 1 })),
      },
      nodes: nodeIds.map((id) => aNode(id)),
      offers: nodeIds.flatMap((nodeId) =>
        skus
          .filter((_, index) => (index + Number(nodeId.at(-1))) % 5 === 0)
          .map((sku) => ({ sku, nodeId, available: Math.floor(1_000 * seeded(4, nodeId, sku)) })),
      ),
    },
  };
};
