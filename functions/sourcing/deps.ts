import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { makeDynamoStockQueries } from '../../shared/inventory/adapters/dynamo-stock-queries.ts';
import { makeImportRows } from '../../shared/platform/import-rows.ts';
import { instantOf } from '../../shared/kernel/instant.ts';
import { makeDynamoNetworkQueries } from '../../shared/network/adapters/dynamo-network.ts';
import { makeDocumentClient } from '../../shared/platform/dynamo/document-client.ts';
import { makeBus } from '../../shared/platform/facts/bus.ts';
import { makePublishFacts } from '../../shared/platform/facts/publish-facts.ts';
import { requireEnvironment } from '../../shared/platform/environment.ts';
import { keepFor } from '../../shared/platform/keep-for.ts';
import { countEvent } from '../../shared/platform/count-event.ts';
import { logger } from '../../shared/platform/observability.ts';
import { once } from '../../shared/platform/once.ts';
import {
  hashSha256,
  makeDynamoDecisionLog,
  makeDynamoDecisionQueries,
} from '../../shared/sourcing/adapters/dynamo-decision-log.ts';
import { makeDynamoDemandRates } from '../../shared/sourcing/adapters/dynamo-demand-rates.ts';
import { makeKeptDemandRates } from '../../shared/sourcing/adapters/kept-demand-rates.ts';
import {
  makeDynamoReleaseBook,
  makeDynamoReleaseQueue,
} from '../../shared/sourcing/adapters/dynamo-releases.ts';
import { makeDynamoNodeWaiters } from '../../shared/sourcing/adapters/dynamo-node-waiters.ts';
import { makeDynamoCapacity } from '../../shared/sourcing/adapters/dynamo-capacity.ts';
import { makeDynamoStrategies } from '../../shared/sourcing/adapters/dynamo-strategies.ts';
import { makeDynamoRejections } from '../../shared/sourcing/adapters/dynamo-rejections.ts';
import { makeDynamoDemandSamples } from '../../shared/sourcing/adapters/dynamo-demand-samples.ts';
import { makeDynamoStockValuation } from '../../shared/sourcing/adapters/dynamo-stock-valuation.ts';
import { makeKeptStockPrices } from '../../shared/sourcing/adapters/kept-stock-prices.ts';
import { makeNetworkView } from '../../shared/sourcing/adapters/network-view.ts';
import { makeReadStockPrices } from '../../shared/sourcing/application/read-stock-prices.ts';
import { makeGuardTrials, makeReadTrial } from '../../shared/sourcing/application/guard-trials.ts';
import { makeValueStockAhead } from '../../shared/sourcing/application/value-stock-ahead.ts';
import { makeChooseNodesForOrder } from '../../shared/sourcing/application/choose-nodes-for-order.ts';
import { makeEvaluateSourcing } from '../../shared/sourcing/application/evaluate-sourcing.ts';
import { makeSettleCapacity } from '../../shared/sourcing/application/hold-capacity.ts';
import {
  makeActivateStrategy,
  makeDraftStrategy,
  makeRollBackStrategy,
  makeTryStrategy,
} from '../../shared/sourcing/application/manage-strategies.ts';
import { withRejections } from '../../shared/sourcing/application/note-rejection.ts';
import { makeWakeWaiting } from '../../shared/sourcing/application/wake-waiting.ts';
import { makeListGatherings } from '../../shared/sourcing/application/read-releases.ts';
import {
  makeReleaseDueOrders,
  makeReleaseNow,
  makeReleaseOrders,
} from '../../shared/sourcing/application/release-orders.ts';
import { makeRecentLoads } from '../../shared/sourcing/application/recent-loads.ts';
import type { SourcingView } from '../../shared/sourcing/application/ports.ts';
import { makeGetDecision, makeListDecisions } from '../../shared/sourcing/application/read-decisions.ts';
import type { WeeklyDemand } from '../../shared/sourcing/domain/decision-inputs.ts';
import { chooseVersion } from '../../shared/sourcing/domain/strategy/choose-strategy.ts';

/** An activation takes this long to reach every decision. */
const STRATEGIES_KEPT_MS = 10_000;
/** A node may be chosen for this long although its day is full: the hold then says so, and the order is decided anew. */
const LOADS_KEPT_MS = 2_000;
/** A node may be asked for this long although it should cool down. */
const REJECTIONS_KEPT_MS = 10_000;
const LONGEST_COOL_DOWN_MS = 1_440 * 60_000;

const now = () => instantOf(Date.now());
const client = once(makeDocumentClient);
const table = once(() => ({ client: client(), tableName: requireEnvironment('SOURCING_TABLE') }));
const decisions = once(() => makeDynamoDecisionQueries(table()));
const strategies = once(() => makeDynamoStrategies(table()));
const activeStrategies = once(() => keepFor(STRATEGIES_KEPT_MS, strategies().listInForce));
const stock = once(() =>
  makeDynamoStockQueries({ client: client(), tableName: requireEnvironment('INVENTORY_TABLE'), now }),
);
const rejections = once(() => makeDynamoRejections({ ...table(), now: Date.now }));
const recentRejections = once(() =>
  keepFor(REJECTIONS_KEPT_MS, () => rejections().since(instantOf(Date.now() - LONGEST_COOL_DOWN_MS))),
);
const valuations = once(() => makeDynamoStockValuation(table()));
const stockPrices = once(() => makeKeptStockPrices(valuations(), Date.now));
const samples = once(() => makeDynamoDemandSamples(table()));
const demandRates = once(() => makeDynamoDemandRates(table()));
const weeklyDemand = once(() => makeKeptDemandRates(demandRates(), Date.now));
const capacity = once(() => makeDynamoCapacity({ ...table(), now: Date.now }));
const timed = once(() => ({ ...table(), now: Date.now }));
const waiters = once(() => makeDynamoNodeWaiters(table()));
const queue = once(() => makeDynamoReleaseQueue(timed()));
const releases = once(() => makeDynamoReleaseBook(timed()));
const recentLoads = once(() =>
  makeRecentLoads({ capacity: capacity(), keepMs: LOADS_KEPT_MS, now: Date.now }),
);
const decisionIdOf = ({ reservationId }: { readonly reservationId: string }): string =>
  `${reservationId}.${Date.now().toString(36)}`;
const view = once((): SourcingView => {
  const network = makeNetworkView(
    makeDynamoNetworkQueries({ client: client(), tableName: requireEnvironment('NETWORK_TABLE') }),
  );
  return {
    ...network,
    nodes: async (holding) => {
      const [nodes, rejected] = await Promise.all([network.nodes(holding), recentRejections()()]);
      return withRejections(nodes, rejected);
    },
    pricesOf: (skus) => stockPrices()(skus),
    weeklyDemandOf: (skus) => weeklyDemand()(skus),
    loads: (days) => recentLoads().of(days),
    stockOnOffer: (skus, own) => stock().readAvailability(skus, own),
    strategyFor: async (request) => chooseVersion(await activeStrategies()(), request),
  };
});

const releaseOrders = once(() =>
  makeReleaseOrders({
    view: view(),
    queue: queue(),
    releases: releases(),
    decisions: makeDynamoDecisionLog(table()),
    now,
    decisionIdOf,
    hash: hashSha256,
  }),
);

export const deps = {
  queue,
  releases,
  listGatherings: once(() =>
    makeListGatherings({ strategies: strategies(), queue: queue(), releases: releases(), now }),
  ),
  releaseDueOrders: once(() =>
    makeReleaseDueOrders({ strategies: strategies(), releaseOrders: releaseOrders(), now }),
  ),
  wakeWaiting: once(() => makeWakeWaiting({ waiters: waiters(), view: view(), now })),
  releaseNow: once(() => makeReleaseNow({ releaseOrders: releaseOrders(), now })),
  publishFacts: once(() =>
    makePublishFacts({ putOnBus: makeBus(new EventBridgeClient(), requireEnvironment('EVENT_BUS_NAME')) }),
  ),
  chooseNodes: once(() =>
    makeChooseNodesForOrder({
      view: view(),
      decisions: makeDynamoDecisionLog(table()),
      capacity: capacity(),
      queue: queue(),
      waiters: waiters(),
      forgetLoads: () => recentLoads().forget(),
      now,
      decisionIdOf,
      hash: hashSha256,
    }),
  ),
  listDecisions: once(() => makeListDecisions({ decisions: decisions() })),
  getDecision: once(() => makeGetDecision({ decisions: decisions() })),
  evaluateSourcing: once(() => makeEvaluateSourcing({ view: view(), decisions: decisions(), now })),
  importDemandRates: once(() =>
    makeImportRows<WeeklyDemand>({
      save: demandRates().save,
      keyOf: ({ sku, nodeId }) => `${sku} at ${nodeId}`,
      now,
    }),
  ),
  rejections,
  samples,
  readStockPrices: once(() => makeReadStockPrices({ valuations: valuations() })),
  valueStockAhead: once(() =>
    makeValueStockAhead({ samples: samples(), view: view(), valuations: valuations(), now }),
  ),
  settleCapacity: once(() => makeSettleCapacity({ capacity: capacity() })),
  strategies,
  draftStrategy: once(() => makeDraftStrategy({ strategies: strategies() })),
  activateStrategy: once(() => makeActivateStrategy({ strategies: strategies(), now })),
  tryStrategy: once(() => makeTryStrategy({ strategies: strategies(), now })),
  readTrial: once(() => makeReadTrial({ strategies: strategies(), samples: samples(), now })),
  guardTrials: once(() =>
    makeGuardTrials({
      strategies: strategies(),
      samples: samples(),
      now,
      onRollBack: ({ strategyId, trial }, reason) => {
        logger.error('a strategy was withdrawn by its guard', { strategyId, version: trial.version, reason });
        countEvent('StrategyRolledBack');
      },
    }),
  ),
  rollBackStrategy: once(() => makeRollBackStrategy({ strategies: strategies(), now })),
};
