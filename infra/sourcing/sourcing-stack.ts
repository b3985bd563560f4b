import type { Construct } from 'constructs';
import { fulfilmentOrderRejected } from '../../shared/contracts/fulfilment/events.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

/** Which nodes ship an order, and why these. Its memory is CPU: the search is what the order waits for. */
export class SourcingStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'sourcing', foundation);
    const { sourcing, network, inventory } = this.tables;

    this.task('choose-nodes', { memory: 1024 })
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query')
      .uses(sourcing, 'PutItem', 'Query', 'GetItem');

    this.consumer('note-rejections', {
      of: [fulfilmentOrderRejected],
      impact: 'Nodes that reject order after order are not left alone: orders go round in circles.',
      runbook: 'rejections-are-not-noted',
    }).uses(sourcing, 'PutItem');

    this.endpoint('list-decisions').uses(sourcing, 'Query');
    this.endpoint('get-decision').uses(sourcing, 'GetItem');
    this.endpoint('evaluate-sourcing', { memory: 1024 })
      .uses(network, 'Query', 'BatchGetItem')
      .uses(inventory, 'Query')
      .uses(sourcing, 'Query', 'GetItem');

    this.endpoint('list-strategies').uses(sourcing, 'Query');
    this.endpoint('get-strategy').uses(sourcing, 'GetItem');
    this.endpoint('draft-strategy').uses(sourcing, 'GetItem', 'PutItem');
    this.endpoint('activate-strategy').uses(sourcing, 'Query', 'GetItem', 'PutItem');
  }
}
