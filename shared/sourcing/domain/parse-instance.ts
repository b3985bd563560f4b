import { ok, type Result } from '../../kernel/result.ts';
import {
  INSTANCE_FORMAT,
  type SourcingArc,
  type SourcingInstance,
  type SourcingLine,
  type SourcingNode,
  type SourcingOrder,
  type StockRow,
} from './instance.ts';
import {
  fault,
  orNull,
  readCost,
  readFlag,
  readList,
  readObject,
  readQuantity,
  readTable,
  readText,
  type DocumentFault,
  type Reader,
} from './json-reading.ts';

const readLimit = orNull(readQuantity);
/** Limits and flags may be left out: no limit, not ship-complete. Everything else must be there. */
const readOptionalLimit: Reader<number | null> = (value, path) =>
  value === undefined ? ok(null) : readLimit(value, path);
const readOptionalFlag: Reader<boolean> = (value, path) =>
  value === undefined ? ok(false) : readFlag(value, path);

const readNode: Reader<SourcingNode> = (value, path) => {
  const object = readObject(value, path, ['id', 'maxOrders'], ['name', 'type']);
  if (!object.ok) return object;
  const id = readText(object.value.id, `${path}.id`);
  if (!id.ok) return id;
  const maxOrders = readOptionalLimit(object.value.maxOrders, `${path}.maxOrders`);
  if (!maxOrders.ok) return maxOrders;
  return ok({ id: id.value, maxOrders: maxOrders.value });
};

const readStock: Reader<StockRow> = (value, path) => {
  const object = readObject(value, path, ['node', 'sku', 'quantity']);
  if (!object.ok) return object;
  const node = readText(object.value.node, `${path}.node`);
  if (!node.ok) return node;
  const sku = readText(object.value.sku, `${path}.sku`);
  if (!sku.ok) return sku;
  const quantity = readQuantity(object.value.quantity, `${path}.quantity`);
  if (!quantity.ok) return quantity;
  return ok({ node: node.value, sku: sku.value, quantity: quantity.value });
};

const readLine: Reader<SourcingLine> = (value, path) => {
  const object = readObject(value, path, ['id', 'sku', 'quantity', 'unfilledUnitCost']);
  if (!object.ok) return object;
  const id = readText(object.value.id, `${path}.id`);
  if (!id.ok) return id;
  const sku = readText(object.value.sku, `${path}.sku`);
  if (!sku.ok) return sku;
  const quantity = readQuantity(object.value.quantity, `${path}.quantity`);
  if (!quantity.ok) return quantity;
  const unfilledUnitCost = readCost(object.value.unfilledUnitCost, `${path}.unfilledUnitCost`);
  if (!unfilledUnitCost.ok) return unfilledUnitCost;
  return ok({
    id: id.value,
    sku: sku.value,
    quantity: quantity.value,
    unfilledUnitCost: unfilledUnitCost.value,
  });
};

const readArc: Reader<SourcingArc> = (value, path) => {
  const object = readObject(value, path, ['node', 'shipmentCost', 'unitCosts']);
  if (!object.ok) return object;
  const node = readText(object.value.node, `${path}.node`);
  if (!node.ok) return node;
  const shipmentCost = readCost(object.value.shipmentCost, `${path}.shipmentCost`);
  if (!shipmentCost.ok) return shipmentCost;
  const unitCosts = readTable(readCost)(object.value.unitCosts, `${path}.unitCosts`);
  if (!unitCosts.ok) return unitCosts;
  return ok({ node: node.value, shipmentCost: shipmentCost.value, unitCosts: unitCosts.value });
};

const readLines = readList(readLine, (line) => line.id, 'line');
const readArcs = readList(readArc, (arc) => arc.node, 'node');

const readOrder: Reader<SourcingOrder> = (value, path) => {
  const object = readObject(value, path, ['id', 'maxShipments', 'shipComplete', 'lines', 'arcs']);
  if (!object.ok) return object;
  const id = readText(object.value.id, `${path}.id`);
  if (!id.ok) return id;
  const maxShipments = readOptionalLimit(object.value.maxShipments, `${path}.maxShipments`);
  if (!maxShipments.ok) return maxShipments;
  const shipComplete = readOptionalFlag(object.value.shipComplete, `${path}.shipComplete`);
  if (!shipComplete.ok) return shipComplete;
  const lines = readLines(object.value.lines, `${path}.lines`);
  if (!lines.ok) return lines;
  const arcs = readArcs(object.value.arcs, `${path}.arcs`);
  if (!arcs.ok) return arcs;
  return ok({
    id: id.value,
    maxShipments: maxShipments.value,
    shipComplete: shipComplete.value,
    lines: lines.value,
    arcs: arcs.value,
  });
};

const readNodes = readList(readNode, (node) => node.id, 'node');
const readStocks = readList(readStock, (row) => JSON.stringify([row.node, row.sku]), 'node and SKU');
const readOrders = readList(readOrder, (order) => order.id, 'order');

/**
 * Reads a parsed JSON document of the format `switchyard/sourcing-instance@1`. Nothing is guessed or repaired:
 * the first fault is answered with its JSON path.
 */
export const parseInstance = (document: unknown): Result<SourcingInstance, DocumentFault> => {
  const remarks = ['name', 'description', 'comment'];
  const object = readObject(document, '$', ['format', 'currency', 'nodes', 'stock', 'orders'], remarks);
  if (!object.ok) return object;
  if (object.value.format !== INSTANCE_FORMAT) return fault('$.format', `must be "${INSTANCE_FORMAT}"`);
  const currency = readText(object.value.currency, '$.currency');
  if (!currency.ok) return currency;
  const nodes = readNodes(object.value.nodes, '$.nodes');
  if (!nodes.ok) return nodes;
  const stock = readStocks(object.value.stock, '$.stock');
  if (!stock.ok) return stock;
  const orders = readOrders(object.value.orders, '$.orders');
  if (!orders.ok) return orders;
  const instance = { currency: currency.value, nodes: nodes.value, stock: stock.value, orders: orders.value };
  return refuseStrangers(instance) ?? ok(instance);
};

/** Stock and arcs may only speak of nodes that are listed. */
const refuseStrangers = (instance: SourcingInstance) => {
  const known = new Set(instance.nodes.map((node) => node.id));
  for (const [i, row] of instance.stock.entries()) {
    if (!known.has(row.node))
      return fault(`$.stock[${i}].node`, `no node is called ${JSON.stringify(row.node)}`);
  }
  for (const [o, order] of instance.orders.entries()) {
    for (const [a, arc] of order.arcs.entries()) {
      if (known.has(arc.node)) continue;
      return fault(`$.orders[${o}].arcs[${a}].node`, `no node is called ${JSON.stringify(arc.node)}`);
    }
  }
  return undefined;
};
