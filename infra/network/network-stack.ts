import type { Construct } from 'constructs';
import { Duration } from 'aws-cdk-lib';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

const A_WHOLE_FILE = { timeout: Duration.seconds(29), memory: 1024 };

/** Nodes that ship and items that are sold: the reference data of all others. */
export class NetworkStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'network', foundation);
    const { network } = this.tables;

    this.endpoint('put-node').uses(network, 'BatchGetItem', 'PutItem');
    this.endpoint('list-nodes').uses(network, 'Query');
    this.endpoint('import-nodes', A_WHOLE_FILE).uses(network, 'BatchGetItem', 'PutItem');
    this.endpoint('put-item').uses(network, 'BatchGetItem', 'PutItem');
    this.endpoint('list-items').uses(network, 'Query');
    this.endpoint('import-items', A_WHOLE_FILE).uses(network, 'BatchGetItem', 'PutItem');

    this.publishesItsFacts('Changes of nodes and items are not heard by those who follow them.');
  }
}
