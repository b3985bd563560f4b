import type { Translate } from '../application/ports.ts';
import type { ChannelName } from '../domain/delivery.ts';
import { translateShopify } from './shopify/translate-shopify.ts';
import { translateWooCommerce } from './woocommerce/translate-woocommerce.ts';

export const translators: Readonly<Record<ChannelName, Translate>> = {
  shopify: translateShopify,
  woocommerce: translateWooCommerce,
};
