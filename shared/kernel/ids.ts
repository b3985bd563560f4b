import type { Brand } from './brand.ts';

/** The retailer's own name for a sellable thing. 1 to 100 characters, no control characters, no blanks around it. */
export type Sku = Brand<'Sku'>;
/** A place that can hold or ship stock. Letters, digits, `-` and `_`, at most 40. */
export type NodeId = Brand<'NodeId'>;
/** `ord_` and 26 characters derived from channel, connection and channel order id: one channel order, one id. */
export type OrderId = Brand<'OrderId'>;
/** Unique within its order; taken from the channel. */
export type LineId = Brand<'LineId'>;
/** The number of a purchase or transfer order, as its author wrote it. Letters, digits, `.`, `-`, `_`, at most 60. */
export type SupplyId = Brand<'SupplyId'>;
/** `<orderId>.<routing revision>`: the claim that one routing of one order makes on stock. */
export type ReservationId = Brand<'ReservationId'>;
/** `bsk_` and up to 60 letters, digits, `-` and `_`, given by the shop: the claim that a basket makes before it is an order. */
export type BasketReservationId = Brand<'BasketReservationId'>;
/** `<reservationId>.<NodeId>`: the work that one node is asked to do for one routing of one order. */
export type FulfilmentOrderId = Brand<'FulfilmentOrderId'>;

const CONTROL = /[\u0000-\u001f\u007f]/u;

export const isSku = (text: string): text is Sku =>
  text.length >= 1 && text.length <= 100 && text.trim() === text && !CONTROL.test(text);
export const isNodeId = (text: string): text is NodeId => /^[A-Za-z0-9_-]{1,40}$/.test(text);
export const isSupplyId = (text: string): text is SupplyId => /^[A-Za-z0-9._-]{1,60}$/.test(text);
export const isOrderId = (text: string): text is OrderId => /^ord_[0-9a-z]{26}$/.test(text);
export const isLineId = (text: string): text is LineId =>
  text.length >= 1 && text.length <= 100 && !CONTROL.test(text);
export const isReservationId = (text: string): text is ReservationId =>
  /^ord_[0-9a-z]{26}\.\d{1,6}$/.test(text);
export const isBasketReservationId = (text: string): text is BasketReservationId =>
  /^bsk_[A-Za-z0-9_-]{1,60}$/.test(text);
export const isFulfilmentOrderId = (text: string): text is FulfilmentOrderId =>
  /^ord_[0-9a-z]{26}\.\d{1,6}\.[A-Za-z0-9_-]{1,40}$/.test(text);
