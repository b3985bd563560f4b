import * as access from '../access/routes.ts';
import * as publication from '../channels/publication.ts';
import * as channels from '../channels/routes.ts';
import * as fulfilment from '../fulfilment/routes.ts';
import * as counts from '../inventory/counts.ts';
import * as feeds from '../inventory/feeds.ts';
import * as inventory from '../inventory/routes.ts';
import * as supply from '../inventory/supply-routes.ts';
import * as books from '../inventory/books-routes.ts';
import * as reservations from '../inventory/reservation-routes.ts';
import * as network from '../network/routes.ts';
import * as orders from '../orders/routes.ts';
import * as sourcing from '../sourcing/routes.ts';
import type { AnyRoute } from './route.ts';

const isRoute = (value: unknown): value is AnyRoute =>
  typeof value === 'object' && value !== null && 'handler' in value && 'pathParameters' in value;

/** Every endpoint there is: what infra routes by and the OpenAPI document is made of. */
export const allRoutes: readonly AnyRoute[] = [
  orders,
  sourcing,
  fulfilment,
  inventory,
  supply,
  books,
  feeds,
  counts,
  reservations,
  network,
  channels,
  publication,
  access,
].flatMap((module) => Object.values<unknown>(module).filter(isRoute));
