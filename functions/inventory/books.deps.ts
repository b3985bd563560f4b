import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoBooks } from '../../shared/inventory/adapters/dynamo-books.ts';
import { makeDynamoProofStore } from '../../shared/inventory/adapters/dynamo-proof-store.ts';
import { makeDynamoStockLedger } from '../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeProofWorkflow } from '../../shared/inventory/adapters/proof-workflow.ts';
import { makeAuditStock } from '../../shared/inventory/application/audit-stock.ts';
import { makeConcludeProof } from '../../shared/inventory/application/conclude-proof.ts';
import { makeFreezeCell, makeThawCell } from '../../shared/inventory/application/freeze-cell.ts';
import { makeAuditDoubt, makeJudgePart } from '../../shared/inventory/application/judge-part.ts';
import { makeMendCell } from '../../shared/inventory/application/mend-cell.ts';
import { makeProveCell, makeReadCell } from '../../shared/inventory/application/prove-cell.ts';
import { makeReadStretch } from '../../shared/inventory/application/read-stretch.ts';
import { makeReportFinding } from '../../shared/inventory/application/report-finding.ts';
import { makeStartProof } from '../../shared/inventory/application/start-proof.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { makePublishFacts } from '../../shared/platform/facts/publish-facts.ts';
import { once } from '../../shared/platform/once.ts';

// Apart from deps.ts: what watches the books stays out of the bundles that an order waits for.

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE') }));
const books = once(() => makeDynamoBooks(table()));
const ledger = once(() => makeDynamoStockLedger(table()));
const proofs = once(() => makeDynamoProofStore({ ...table(), newId: randomUUID, nowMs: Date.now }));
const audit = once(() => makeAuditStock({ books: books(), now }));
const readCell = once(() =>
  makeReadCell({
    books: books(),
    ledger: ledger(),
    pause: (attempt) => setTimeout(Math.random() * 50 * 2 ** attempt),
  }),
);
const proveCell = once(() => makeProveCell({ readCell: readCell() }));
const doubts = once(() => ({ books: books(), ledger: ledger(), now }));

export const booksDeps = {
  auditStock: audit,
  proveCell,
  proofs,
  mendCell: once(() => makeMendCell({ readCell: readCell(), ledger: ledger(), proofs: proofs(), now })),
  freezeCell: once(() => makeFreezeCell({ ledger: ledger(), now })),
  thawCell: once(() => makeThawCell({ ledger: ledger(), now })),
  startProof: once(() =>
    makeStartProof({
      workflow: makeProofWorkflow(new SFNClient(), requireEnvironment('PROVE_BOOKS_ARN')),
      now,
      segments: 8,
      parts: 4,
      historyShares: Number(requireEnvironment('HISTORY_SHARES')),
      everyMs: Number(requireEnvironment('PROOF_HOURS')) * 3_600_000,
    }),
  ),
  readStretch: once(() =>
    // 5,000 reads of some 10 ms are a minute; 20,000 cells and claims are some 20 MB of memory.
    makeReadStretch({
      audit: audit(),
      proofs: proofs(),
      limits: { pageSize: 500, pages: 5_000, size: 20_000 },
    }),
  ),
  judgePart: once(() =>
    makeJudgePart({
      ...doubts(),
      proofs: proofs(),
      proveCell: proveCell(),
      report: makeReportFinding({ proofs: proofs(), ledger: ledger(), now }),
      batch: 2_000,
      width: 8,
    }),
  ),
  concludeProof: once(() =>
    makeConcludeProof({
      proofs: proofs(),
      proveCell: proveCell(),
      auditDoubt: makeAuditDoubt(doubts()),
      now,
    }),
  ),
  publishFacts: once(() =>
    makePublishFacts({
      putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')),
    }),
  ),
};
