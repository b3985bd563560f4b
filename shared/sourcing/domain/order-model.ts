/**
 * One order as numbers, in buffers that are filled again for each order so that a decision allocates nothing.
 *
 * Demand is kept per SKU, not per line: lines of one SKU differ only in what a missing unit costs, so they are the
 * tiers of one demand curve. Reads of typed arrays carry `?? 0` for the compiler's sake; every index is in range.
 */
export class OrderModel {
  nodeCount = 0;
  skuCount = 0;
  /** Most nodes that may ship; never more than nodeCount. */
  maxShipments = 0;
  /** Cost of leaving the whole order unfilled: where the search starts from. */
  costOfNothing = 0;
  /** Cost of a shipment by node. */
  shipmentCost = new Float64Array(32);
  /** Cost of a unit, at [node * skuCount + sku]; meaningful where capacity is positive. */
  unitCost = new Float64Array(256);
  /** Units that the node can give, at [node * skuCount + sku]; 0 = none. */
  capacity = new Float64Array(256);
  /** Tiers of SKU s are tierStart[s] .. tierStart[s + 1] - 1, dearest missing unit first. */
  tierStart = new Int32Array(17);
  tierUnits = new Float64Array(16);
  tierPrice = new Float64Array(16);

  /** Makes room for an order of this size and forgets the previous one. */
  reset(nodes: number, skus: number, tiers: number): void {
    if (this.shipmentCost.length < nodes) this.shipmentCost = new Float64Array(2 * nodes);
    if (this.unitCost.length < nodes * skus) {
      this.unitCost = new Float64Array(2 * nodes * skus);
      this.capacity = new Float64Array(2 * nodes * skus);
    }
    if (this.tierStart.length < skus + 1) this.tierStart = new Int32Array(2 * skus + 1);
    if (this.tierUnits.length < tiers) {
      this.tierUnits = new Float64Array(2 * tiers);
      this.tierPrice = new Float64Array(2 * tiers);
    }
    this.nodeCount = nodes;
    this.skuCount = skus;
    this.capacity.fill(0, 0, nodes * skus);
  }
}
