/**
 * The state of the search after `depth` nodes have been opened. A level is written when its last node is opened
 * and read by everything below; levels are made once and used for every order of that size.
 */
export class SearchLevel {
  /** Cost of the plan that uses exactly the opened nodes. */
  cost = 0;
  /** Nodes that may still be opened, as a list and as flags. */
  candidates: Int32Array;
  candidateCount = 0;
  /** Candidates when the supplier lists were last written. */
  listedCount = 0;
  /**
   * How the demand of each SKU is served now, dearest units first: SKU s has segmentCount[s] segments from
   * s * segmentRoom on. Unfilled units are segments at the price of missing them.
   */
  readonly segmentRoom: number;
  segmentCount: Int32Array;
  segmentPrice: Float64Array;
  segmentUnits: Float64Array;
  /** Dual price of a unit of each SKU, and the slack of each node at these prices. */
  price: Float64Array;
  slack: Float64Array;
  /** Cost of the opened nodes when units above these prices are served at them; plus slacks, it bounds supersets. */
  base = 0;
  /** Saving by opening the node alone, less its shipment cost. */
  net: Float64Array;
  /** Suppliers of each SKU that are candidates, cheapest first: SKU s from s * nodes on. */
  supplierCount: Int32Array;
  supplierNode: Int32Array;
  supplierCost: Float64Array;
  supplierUnits: Float64Array;
  /** How many of them are cheaper than price[s]. */
  passed: Int32Array;

  constructor(nodes: number, skus: number, segmentRoom: number) {
    this.candidates = new Int32Array(nodes);
    this.segmentRoom = segmentRoom;
    this.segmentCount = new Int32Array(skus);
    this.segmentPrice = new Float64Array(skus * segmentRoom);
    this.segmentUnits = new Float64Array(skus * segmentRoom);
    this.price = new Float64Array(skus);
    this.slack = new Float64Array(nodes);
    this.net = new Float64Array(nodes);
    this.supplierCount = new Int32Array(skus);
    this.supplierNode = new Int32Array(skus * nodes);
    this.supplierCost = new Float64Array(skus * nodes);
    this.supplierUnits = new Float64Array(skus * nodes);
    this.passed = new Int32Array(skus);
  }
}
