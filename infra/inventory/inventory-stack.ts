import type { Construct } from 'constructs';
import { Duration } from 'aws-cdk-lib';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';
import type { DomFunction } from '../constructs/dom-function.ts';

const A_WHOLE_FILE = { timeout: Duration.seconds(29), memory: 1024 };

/** What lies where, what of it is promised, and why. */
export class InventoryStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'inventory', foundation);
    const { inventory, network } = this.tables;

    const changesStock = (fn: DomFunction): DomFunction =>
      fn.uses(inventory, 'BatchGetItem', 'PutItem', 'UpdateItem').uses(network, 'GetItem', 'BatchGetItem');

    changesStock(this.endpoint('put-stock'));
    changesStock(this.endpoint('receive-stock'));
    changesStock(this.endpoint('move-stock'));
    changesStock(this.endpoint('put-ring-fence'));
    changesStock(this.endpoint('import-stock', A_WHOLE_FILE));
    this.endpoint('get-stock').uses(inventory, 'Query');
    this.endpoint('list-stock-movements').uses(inventory, 'Query');
    this.endpoint('audit-stock', A_WHOLE_FILE).uses(inventory, 'Scan');

    this.task('reserve-plan').uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
    this.task('release-reservation').uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
    this.task('book-shipment').uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');

    // Whoever asked gathers its claim itself when this does not: hot SKUs then sell more slowly, nothing is lost.
    this.streamConsumer('claim-together', {
      entity: 'reservation',
      status: 'waiting',
      batchSize: 1_000,
      impact: 'Orders of hot SKUs are reserved half a second later each, and the SKU sells more slowly.',
      runbook: 'hot-claims-are-not-gathered',
    }).uses(inventory, 'BatchGetItem', 'PutItem', 'UpdateItem');

    this.streamConsumer('publish-stock-changes', {
      entity: 'position',
      window: this.stage.batchingWindow,
      impact: 'Channels go on selling what is gone, and backorders are not sourced when stock arrives.',
      runbook: 'stock-changes-are-not-published',
    }).putsOn(foundation.state.bus);
  }
}
