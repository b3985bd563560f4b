import type { Construct } from 'constructs';
import { Duration } from 'aws-cdk-lib';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

const A_WHOLE_FILE = { timeout: Duration.seconds(29), memory: 1024 };

/** What lies where, what of it is promised, and why. */
export class InventoryStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'inventory', foundation);
    const { inventory, network } = this.tables;

    // A SKU or a node that the network does not know is refused.
    this.endpoint('put-stock').reads(inventory, network).writes(inventory);
    this.endpoint('receive-stock').reads(inventory, network).writes(inventory);
    this.endpoint('import-stock', A_WHOLE_FILE).reads(inventory, network).writes(inventory);
    this.endpoint('get-stock').reads(inventory);
    this.endpoint('list-stock-movements').reads(inventory);
    this.endpoint('audit-stock', A_WHOLE_FILE).scans(inventory);

    this.task('reserve-plan').reads(inventory).writes(inventory);
    this.task('release-reservation').reads(inventory).writes(inventory);
    this.task('book-shipment').reads(inventory).writes(inventory);

    this.streamConsumer('publish-stock-changes', {
      entity: 'position',
      impact: 'Channels go on selling what is gone, and backorders are not sourced when stock arrives.',
      runbook: 'stock-changes-are-not-published',
    }).putsOn(foundation.state.bus);
  }
}
