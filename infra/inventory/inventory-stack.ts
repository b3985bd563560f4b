import type { Construct } from 'constructs';
import { Duration } from 'aws-cdk-lib';
import { orderBasketBound, orderBasketFreed } from '../../shared/contracts/orders/events.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';
import type { ContextBucket } from '../constructs/context-bucket.ts';
import type { DomFunction } from '../constructs/dom-function.ts';
import { bindings as proveBooks } from '../../workflows/inventory/prove-books.bindings.ts';

/** A piece takes a second; ten of them may come together. */
const PIECES_OF_FEEDS = { timeout: Duration.seconds(90), memory: 1024 };
const PART_OF_A_FILE = { timeout: Duration.minutes(2), memory: 1024 };
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
    this.endpoint('put-reorder-point')
      .uses(inventory, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem')
      .uses(network, 'GetItem', 'BatchGetItem');
    this.endpoint('get-reorder-point').uses(inventory, 'GetItem');
    this.endpoint('get-stock').uses(inventory, 'Query');
    this.endpoint('list-stock-movements').uses(inventory, 'Query');
    this.endpoint('audit-stock', A_WHOLE_FILE).uses(inventory, 'Scan');
    this.keepsSupplyOrders();
    this.provesTheBooks();

    // A claim that meets expired ones takes them off, and the marks of when they were due with them.
    const claimsStock = (fn: DomFunction): DomFunction =>
      fn.uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');

    claimsStock(this.endpoint('hold-reservation')).uses(network, 'GetItem', 'BatchGetItem');
    claimsStock(this.endpoint('drop-reservation'));
    this.endpoint('extend-reservation').uses(inventory, 'GetItem', 'PutItem', 'UpdateItem');
    this.endpoint('get-reservation').uses(inventory, 'GetItem');
    claimsStock(
      this.consumer('follow-basket-orders', {
        of: [orderBasketBound, orderBasketFreed],
        impact: 'Baskets that became orders on hold lose their units; those of cancelled orders keep theirs.',
        runbook: 'baskets-do-not-follow-their-orders',
      }),
    );
    claimsStock(
      this.schedule('sweep-expired-claims', {
        every: Duration.minutes(1),
        impact: 'Channels are not told of units that expired baskets gave back; our own routing sees them.',
        runbook: 'expired-claims-are-not-swept',
      }),
    ).uses(inventory, 'Query');

    claimsStock(this.task('reserve-plan'));
    this.task('release-reservation').uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');
    this.task('book-shipment').uses(inventory, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem');

    this.feeds(foundation.state.feedFiles);
    this.counts();

    // Whoever asked gathers its claim itself when this does not: hot SKUs then sell more slowly, nothing is lost.
    this.streamConsumer('claim-together', {
      entity: 'reservation',
      status: 'waiting',
      batchSize: 1_000,
      impact: 'Orders of hot SKUs are reserved half a second later each, and the SKU sells more slowly.',
      runbook: 'hot-claims-are-not-gathered',
    }).uses(inventory, 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem');

    this.streamConsumer('publish-stock-changes', {
      entity: ['position', 'supply'],
      window: this.stage.batchingWindow,
      impact: 'Channels go on selling what is gone, and backorders are not sourced when stock arrives.',
      runbook: 'stock-changes-are-not-published',
    })
      .putsOn(foundation.state.bus)
      .uses(inventory, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
  }

  /** What is on its way to nodes, and what can be promised on it. */
  private keepsSupplyOrders(): void {
    const { inventory, network } = this.tables;
    const changesOrder = (fn: DomFunction): DomFunction =>
      fn.uses(inventory, 'GetItem', 'PutItem', 'DeleteItem');
    const movesUnits = (fn: DomFunction): DomFunction =>
      changesOrder(fn).uses(inventory, 'BatchGetItem', 'UpdateItem');

    changesOrder(this.endpoint('put-supply')).uses(network, 'GetItem', 'BatchGetItem');
    movesUnits(this.endpoint('depart-transfer'));
    movesUnits(this.endpoint('receive-supply'));
    movesUnits(this.endpoint('close-supply'));
    this.endpoint('get-supply').uses(inventory, 'GetItem');
    this.endpoint('list-supply').uses(inventory, 'Query');
    this.endpoint('get-availability').uses(inventory, 'Query').uses(network, 'Query');
  }

  /** The watchdog: reads the whole store on schedule, and freezes what is off. */
  private provesTheBooks(): void {
    const { inventory } = this.tables;
    const { everyHours, historyShares } = this.stage.proof;
    this.publishesItsFacts('Nobody outside hears that stock is off: those who follow it go on trusting it.');

    this.schedule('start-proof', {
      every: Duration.hours(everyHours),
      impact: 'Nobody proves that the books of stock balance: a wrong cell goes on selling.',
      runbook: 'the-books-are-not-proven',
    })
      .starts('prove-books')
      .knows({ PROOF_HOURS: String(everyHours), HISTORY_SHARES: String(historyShares) });
    this.workflow('prove-books', {
      bindings: proveBooks,
      failed: {
        impact: 'A proof of the books of stock broke off: a wrong cell goes on selling until one ends.',
        runbook: 'the-books-are-not-proven',
      },
      exception: {
        impact: 'Stock is not what the books say: cells are frozen and sell nothing until somebody looks.',
        runbook: 'the-books-do-not-balance',
      },
    });
    const reads = ['GetItem', 'BatchGetItem', 'Query'] as const;
    this.endpoint('get-proof').uses(inventory, 'GetItem', 'Query');
    this.endpoint('prove-cell', A_WHOLE_FILE).uses(inventory, ...reads);
    this.endpoint('mend-cell', A_WHOLE_FILE).uses(inventory, ...reads, 'PutItem', 'UpdateItem');
    this.endpoint('freeze-cell').uses(inventory, 'BatchGetItem', 'PutItem', 'UpdateItem');
    this.endpoint('thaw-cell').uses(inventory, 'BatchGetItem', 'PutItem', 'UpdateItem');
    const audits = { timeout: Duration.minutes(14), memory: 1_769 };
    this.task('read-stretch', audits).uses(inventory, 'Scan', 'GetItem', 'PutItem');
    this.task('judge-part', audits).uses(inventory, ...reads, 'PutItem', 'UpdateItem');
    this.task('conclude-proof', audits).uses(inventory, ...reads, 'PutItem');
  }

  /** What nodes say they have: in chunks over the API, or as files in the bucket. */
  private feeds(files: ContextBucket): void {
    const { inventory, network } = this.tables;
    const pieces = this.orderedConsumer('apply-feed-pieces', {
      ...PIECES_OF_FEEDS,
      impact: 'What a node has told of its stock is not taken: its cells are sold by older figures.',
      runbook: 'feeds-are-not-applied',
    });
    pieces.consumer
      .uses(inventory, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem')
      .uses(network, 'GetItem', 'BatchGetItem')
      .usesObjects(files, 'chunks/', 'GetObject')
      .knows({ FEED_PIECES_QUEUE: pieces.queue.queueUrl });

    const takesChunks = (fn: DomFunction): DomFunction =>
      fn
        .uses(inventory, 'GetItem', 'PutItem', 'UpdateItem')
        .usesObjects(files, 'chunks/', 'PutObject')
        .sendsTo(pieces.queue, 'FEED_PIECES_QUEUE');
    const dropped = this.objectConsumer('cut-dropped-files', {
      bucket: files,
      prefix: 'drop/',
      batchSize: 1,
      ...PART_OF_A_FILE,
      impact: 'A file that a node has dropped is not read: its cells are sold by older figures.',
      runbook: 'dropped-files-are-not-read',
    });
    takesChunks(dropped.consumer)
      .uses(network, 'GetItem')
      .usesObjects(files, 'drop/', 'GetObject')
      .sendsTo(dropped.queue, 'DROPPED_FILES_QUEUE');

    takesChunks(this.endpoint('put-feed-chunk'));
    this.endpoint('open-feed').uses(inventory, 'GetItem', 'PutItem').uses(network, 'GetItem');
    this.endpoint('close-feed').uses(inventory, 'GetItem', 'UpdateItem');
    this.endpoint('get-feed').uses(inventory, 'GetItem');
    this.endpoint('list-feed-rows').uses(inventory, 'Query');
  }

  /** Cells that somebody has to count, since feeds do not agree with the books. */
  private counts(): void {
    const { inventory } = this.tables;
    const settles = (name: string): DomFunction =>
      this.endpoint(name).uses(
        inventory,
        'GetItem',
        'BatchGetItem',
        'Query',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
      );
    settles('submit-count');
    settles('approve-count');
    this.endpoint('reject-count').uses(inventory, 'GetItem', 'PutItem');
    this.endpoint('list-count-tasks').uses(inventory, 'Query');
    this.endpoint('get-drift').uses(inventory, 'GetItem', 'Query');
  }
}
