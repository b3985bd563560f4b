import { deploymentOf, fulfilmentLink } from '../../../console/cli/console-links.ts';
import { chooseSettings } from '../../../console/cli/settings.ts';

const session = { url: 'http://localhost:8081', apiKey: 'local-key', stage: 'local' };

describe('settings of the command line', () => {
  it('come from what npm start has written when nothing else is said', () => {
    expect(chooseSettings({}, {}, session)).toEqual({
      url: 'http://localhost:8081',
      key: 'local-key',
      session,
    });
    expect(chooseSettings({}, {}, {})).toMatchObject({ url: 'http://localhost:8080', key: undefined });
  });

  it('put a flag before the environment', () => {
    const environment = { SWITCHYARD_URL: 'https://env.test', SWITCHYARD_KEY: 'env-key' };
    expect(chooseSettings({}, environment, session)).toMatchObject({
      url: 'https://env.test',
      key: 'env-key',
    });
    expect(chooseSettings({ url: 'https://flag.test', key: 'flag-key' }, environment, session)).toMatchObject(
      {
        url: 'https://flag.test',
        key: 'flag-key',
      },
    );
  });

  it('never offer the key of this machine to another host', () => {
    expect(chooseSettings({ url: 'https://elsewhere.test' }, {}, session)).toEqual({
      url: 'https://elsewhere.test',
      key: undefined,
      session: {},
    });
  });
});

describe('links into the AWS console', () => {
  it('lead to the execution that is named after the fulfilment order', () => {
    const deployment = deploymentOf({ account: '111122223333' }, { region: 'eu-central-1', stage: 'prod' });
    expect(deployment).toEqual({ region: 'eu-central-1', account: '111122223333', stage: 'prod' });
    const link = deployment && fulfilmentLink(deployment, 'ord_1.1.DC-EAST');
    expect(decodeURIComponent(link ?? '')).toContain(
      '/v2/executions/details/arn:aws:states:eu-central-1:111122223333:execution:switchyard-prod-fulfil-order:ord_1.1.DC-EAST',
    );
  });

  it('are none where the account is not known', () => {
    expect(deploymentOf({}, session)).toBeUndefined();
  });
});
