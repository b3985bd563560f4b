import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { switchyard } from '../../../infra/app.ts';
import { stageNamed, type Stage } from '../../../infra/config/stages.ts';

export type Resource = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

type TemplateResources = Record<
  string,
  { readonly Type: string; readonly Properties?: Record<string, unknown> }
>;

/** Synthesises with cdk-nag, into a folder that is gone afterwards. Throws when there is a finding. */
export const resourcesOf = (build: (app: App) => void): readonly Resource[] => {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new App({
      outdir,
      builtinCloudFormationValidation: false,
      context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    build(app);
    return app
      .synth()
      .stacks.flatMap(({ stackName, template }) =>
        Object.entries((template as { Resources: TemplateResources }).Resources).map(
          ([id, { Type, Properties = {} }]) => ({ stack: stackName, id, type: Type, properties: Properties }),
        ),
      );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** What a stage deploys, with a stand-in for the code of its functions, and the paths of these functions. */
export const deploymentOf = (stage: Stage['name']) => {
  const functions: string[] = [];
  const resources = resourcesOf((app) =>
    switchyard(app, stageNamed(stage), (path) => {
      functions.push(path);
      return Code.fromInline('exports.handler = async () => undefined;');
    }),
  );
  const ofType = (type: string): readonly Resource[] =>
    resources.filter((resource) => resource.type === type);
  return { functions, resources, ofType };
};

export type Statement = {
  readonly effect: string;
  readonly actions: readonly string[];
  /** Each as JSON text, intrinsic functions included. */
  readonly resources: readonly string[];
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

type RawStatement = { readonly Effect: string; readonly Action: unknown; readonly Resource: unknown };

const readStatements = (document: unknown): readonly Statement[] =>
  listOf((document as { Statement: unknown }).Statement).map((statement) => {
    const { Effect, Action, Resource } = statement as RawStatement;
    return {
      effect: Effect,
      actions: listOf(Action).map(String),
      resources: listOf(Resource).map((resource) =>
        typeof resource === 'string' ? resource : JSON.stringify(resource),
      ),
    };
  });

/** What a role may do, by its inline policies. */
export const rightsOf = (role: Resource): readonly Statement[] =>
  listOf(role.properties['Policies'] ?? []).flatMap((policy) =>
    readStatements((policy as { PolicyDocument: unknown }).PolicyDocument),
  );
