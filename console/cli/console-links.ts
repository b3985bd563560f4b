import type { LocalSession } from './settings.ts';

export type Deployment = { readonly region: string; readonly account: string; readonly stage: string };

/** Where in AWS the API is deployed, as far as it can be told from flags and from the session. */
export const deploymentOf = (
  flags: { readonly region?: string; readonly account?: string; readonly stage?: string },
  session: LocalSession,
): Deployment | undefined => {
  const arn = Object.values(session.stateMachines ?? {})[0]?.split(':');
  const region = flags.region ?? session.region ?? arn?.[3];
  const account = flags.account ?? session.account ?? arn?.[4];
  const stage = flags.stage ?? session.stage;
  return region === undefined || account === undefined || stage === undefined
    ? undefined
    : { region, account, stage };
};

const consoleUrl = ({ region }: Deployment, fragment: string): string =>
  `https://${region}.console.aws.amazon.com/states/home?region=${region}#${fragment}`;

/** The workflow that routes orders. An express execution has no page of its own under its name: the list has. */
export const routingLink = (deployment: Deployment): string => {
  const { region, account, stage } = deployment;
  const machine = `arn:aws:states:${region}:${account}:stateMachine:switchyard-${stage}-route-order`;
  return consoleUrl(deployment, `/statemachines/view/${encodeURIComponent(machine)}?type=express`);
};

/** The workflow of one fulfilment order: its execution is named after it. */
export const fulfilmentLink = (deployment: Deployment, fulfilmentOrderId: string): string => {
  const { region, account, stage } = deployment;
  const execution = `arn:aws:states:${region}:${account}:execution:switchyard-${stage}-fulfil-order:${fulfilmentOrderId}`;
  return consoleUrl(deployment, `/v2/executions/details/${encodeURIComponent(execution)}`);
};
