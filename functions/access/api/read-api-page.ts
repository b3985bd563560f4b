import { apiPage } from '../../../shared/access/adapters/api-page.ts';
import { readApiPage } from '../../../shared/contracts/access/routes.ts';
import { allRoutes } from '../../../shared/contracts/http/all-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { once } from '../../../shared/platform/once.ts';

const page = once(() => apiPage(allRoutes));

export const handler = apiHandler(readApiPage, async () => ({
  status: 200,
  body: page(),
  contentType: 'text/html; charset=utf-8',
}));
