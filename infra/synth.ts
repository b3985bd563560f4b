import { existsSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { switchyard } from './app.ts';
import { bundleFolder, bundleFunctions } from './build/bundle-functions.ts';
import { functionSource } from './build/function-sources.ts';
import { stageNamed } from './config/stages.ts';

/** What `cdk` runs: bundles the functions, then synthesises the stage of `--context stage=…` (dev unless said). */
await bundleFunctions();
const app = new App();
const stage = stageNamed(app.node.tryGetContext('stage') ?? 'dev');

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
// The rules of CloudFormation take most of a synthesis; the local cloud says within seconds what it does not take.
if (stage.name === 'local') process.env['CDK_VALIDATION'] = 'false';

switchyard(app, stage, (path) => {
  const { file } = functionSource(path);
  if (!existsSync(file)) throw new Error(`${file} does not exist, but infra deploys it`);
  return Code.fromAsset(bundleFolder(path));
});
app.synth();
