import type { Stack } from 'aws-cdk-lib';
import { Aws, Duration, RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import {
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  HttpApi as Api,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { allRoutes } from '../../shared/contracts/http/all-routes.ts';
import type { AnyRoute } from '../../shared/contracts/http/route.ts';
import { functionArn, pascalCase, resourceName } from '../config/names.ts';
import type { Stage } from '../config/stages.ts';
import type { DomFunction } from './dom-function.ts';

const AUTHORIZER = 'access/api/authorize-request';

const invocationUri = (arn: string): string =>
  `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** The one HTTP API. Contexts hang their endpoints into it; who may call is decided by the contract of the route. */
export class HttpApi extends Construct {
  readonly apiId: string;
  readonly url: string;
  readonly authorizerId: string;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const api = new Api(this, 'Api', {
      apiName: resourceName(stage, 'api'),
      description: 'Switchyard: orders, stock, nodes, channels',
      createDefaultStage: false,
    });
    // MiniStack takes an API's id from this tag.
    if (stage.apiId !== undefined) Tags.of(api).add('ms-custom-id', stage.apiId);
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/${resourceName(stage, 'api-access')}`,
      retention: stage.logRetention,
      removalPolicy: stage.keepsState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const apiStage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: stage.throttle,
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        // The route, not the path: paths of webhooks and SKUs are the business of those who called.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            route: '$context.routeKey',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            keyId: '$context.authorizer.keyId',
            error: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: api.apiId,
      name: 'api-key',
      authorizerType: 'REQUEST',
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      identitySource: ['$request.header.Authorization'],
      authorizerResultTtlInSeconds: Duration.minutes(1).toSeconds(),
      authorizerUri: invocationUri(functionArn(this, stage, AUTHORIZER)),
    });
    this.apiId = api.apiId;
    this.url = apiStage.url;
    this.authorizerId = authorizer.ref;
  }

  /** Lets the API ask this function who is calling. */
  addAuthorizer(authorizer: DomFunction): void {
    permit(
      authorizer,
      'MayAuthorize',
      `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.apiId}/authorizers/${this.authorizerId}`,
    );
  }
}

const permit = (fn: DomFunction, id: string, sourceArn: string): void => {
  new CfnPermission(fn, id, {
    action: 'lambda:InvokeFunction',
    functionName: fn.functionArn,
    principal: new ServicePrincipal('apigateway.amazonaws.com').service,
    sourceArn,
  });
};

const isOpen = (route: AnyRoute): boolean =>
  route.scopes.includes('webhook') || route.scopes.includes('public');

const routesOf = (handler: string): readonly AnyRoute[] =>
  allRoutes.filter((route) => route.handler === handler);

/** Routes every endpoint whose contract names `handler` to that function. Throws when no contract does. */
export const addEndpoint = (stack: Stack, api: HttpApi, fn: DomFunction, handler: string): void => {
  const routes = routesOf(handler);
  if (routes.length === 0) throw new Error(`no route in shared/contracts has the handler ${handler}`);
  const integration = new CfnIntegration(fn, 'Integration', {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: fn.functionArn,
    payloadFormatVersion: '2.0',
  });
  for (const route of routes) {
    const name = pascalCase(`${route.method.toLowerCase()}${route.path.replace(/[^a-z0-9]+/gi, '-')}`);
    const cfnRoute = new CfnRoute(fn, `Route${name}`, {
      apiId: api.apiId,
      routeKey: `${route.method} ${route.path}`,
      target: `integrations/${integration.ref}`,
      ...(isOpen(route)
        ? { authorizationType: 'NONE' }
        : { authorizationType: 'CUSTOM', authorizerId: api.authorizerId }),
    });
    if (isOpen(route)) {
      Validations.of(cfnRoute).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: route.scopes.includes('webhook')
          ? 'A webhook is authenticated by its signature over the raw body, which only the handler can check.'
          : 'The document and the page of the API are public.',
      });
    }
  }
  permit(
    fn,
    'MayBeCalled',
    stack.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: '*' }),
  );
};
