import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionSource } from '../build/function-sources.ts';
import type { Stage } from './stages.ts';

/**
 * Physical names. They are fixed so that functions, workflows and routes may name each other without a
 * CloudFormation dependency between their stacks (a workflow calls functions of three contexts; two contexts'
 * workflows call each other's functions), and so that an operator finds a thing by guessing.
 */
export const resourceName = (stage: Stage, ...parts: readonly string[]): string =>
  ['switchyard', stage.name, ...parts].join('-');

/** `orders/api/place-order` -> `switchyard-prod-orders-place-order` */
export const functionName = (stage: Stage, path: string): string => {
  const { context, name } = functionSource(path);
  return resourceName(stage, context, name);
};

export const functionArn = (scope: Construct, stage: Stage, path: string): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName(stage, path),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const stateMachineArn = (scope: Construct, stage: Stage, workflow: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: resourceName(stage, workflow),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Prefix of every secret of a stage: `switchyard/prod/`. */
export const secretPrefix = (stage: Stage): string => `switchyard/${stage.name}/`;

/** `orders` -> `OrdersPlaceOrder`-like construct ids from kebab-case names. */
export const pascalCase = (name: string): string =>
  name.replace(/(?:^|[-/])([a-z])/g, (_, letter: string) => letter.toUpperCase());
