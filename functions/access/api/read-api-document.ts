import { readApiDocument } from '../../../shared/contracts/access/routes.ts';
import { allRoutes } from '../../../shared/contracts/http/all-routes.ts';
import { openApiOf } from '../../../shared/contracts/http/open-api.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { once } from '../../../shared/platform/once.ts';

const apiDocument = once(() => JSON.stringify(openApiOf(allRoutes, '1.0.0')));

export const handler = apiHandler(readApiDocument, async () => ({ status: 200, body: apiDocument() }));
