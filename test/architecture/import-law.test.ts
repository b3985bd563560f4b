import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

type Violation = { readonly rule: string; readonly from: string };

const CONFIG = resolve('.dependency-cruiser.cjs');
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Runs the law over a tree, with the very configuration of the project. */
const violationsIn = (folder: string, roots: readonly string[]): readonly Violation[] => {
  const run = (): string => {
    try {
      return execFileSync(
        process.execPath,
        [CRUISER, '--config', CONFIG, '--output-type', 'json', ...roots],
        {
          cwd: folder,
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
    } catch (error) {
      // The exit code counts the violations; the report is on standard output all the same.
      return (error as { stdout: string }).stdout;
    }
  };
  const report = JSON.parse(run()) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
};

/** Each law with a file that breaks it and nothing else. */
const BREAKS: readonly { readonly rule: string; readonly file: string; readonly text: string }[] = [
  { rule: 'kernel-imports-nothing', file: 'shared/kernel/clock.ts', text: "import 'node:os';" },
  { rule: 'domain-is-pure', file: 'shared/orders/domain/order.ts', text: "import '../adapters/table.ts';" },
  { rule: 'domain-is-pure', file: 'shared/orders/domain/hash.ts', text: "import 'node:crypto';" },
  {
    rule: 'application-knows-no-adapter',
    file: 'shared/orders/application/place.ts',
    text: "import '../adapters/table.ts';",
  },
  {
    rule: 'contracts-import-schemas-only',
    file: 'shared/contracts/orders/events.ts',
    text: "import '../../orders/index.ts';",
  },
  {
    rule: 'contexts-meet-at-the-index',
    file: 'shared/orders/adapters/stock.ts',
    text: "import '../../inventory/adapters/table.ts';",
  },
  { rule: 'index-is-pure', file: 'shared/inventory/index.ts', text: "import './adapters/table.ts';" },
  {
    rule: 'shared-knows-no-function',
    file: 'shared/platform/handler.ts',
    text: "import '../../functions/orders/deps.ts';",
  },
  {
    rule: 'functions-know-no-infra',
    file: 'functions/orders/events/react.ts',
    text: "import '../../../infra/app.ts';",
  },
  {
    rule: 'handlers-hold-no-sdk',
    file: 'functions/orders/api/get.ts',
    text: "import '@aws-sdk/client-sqs';",
  },
  {
    rule: 'infra-knows-functions-by-name',
    file: 'infra/orders/stack.ts',
    text: "import '../../functions/orders/deps.ts';",
  },
  {
    rule: 'console-speaks-http',
    file: 'console/cli/yard.ts',
    text: "import '../../shared/inventory/adapters/table.ts';",
  },
  { rule: 'no-cycles', file: 'shared/platform/egg.ts', text: "import './hen.ts';" },
];

/** What the breaking files import. */
const INNOCENT: Readonly<Record<string, string>> = {
  'tsconfig.json':
    '{ "compilerOptions": { "module": "NodeNext", "allowImportingTsExtensions": true, "noEmit": true } }',
  'package.json': '{ "type": "module", "dependencies": { "@aws-sdk/client-sqs": "*" } }',
  'node_modules/@aws-sdk/client-sqs/package.json': '{ "name": "@aws-sdk/client-sqs", "main": "index.js" }',
  'node_modules/@aws-sdk/client-sqs/index.js': '',
  'shared/orders/adapters/table.ts': 'export {};',
  'shared/orders/index.ts': 'export {};',
  'shared/inventory/adapters/table.ts': 'export {};',
  'functions/orders/deps.ts': 'export {};',
  'infra/app.ts': 'export {};',
  'shared/platform/hen.ts': "import './egg.ts';",
};

describe('the import law', () => {
  let folder: string;
  let found: readonly Violation[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-law-'));
    const files = [...Object.entries(INNOCENT), ...BREAKS.map(({ file, text }) => [file, text] as const)];
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    found = violationsIn(folder, ['console', 'functions', 'infra', 'shared']);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(BREAKS)('$rule stops $file', ({ rule, file }) => {
    expect(found).toContainEqual({ rule, from: file });
  });

  it('has a break for every rule there is', async () => {
    const { forbidden } = jest.requireActual<{ forbidden: { name: string }[] }>(CONFIG);
    expect(new Set(BREAKS.map(({ rule }) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });

  it('is kept by the project', () => {
    expect(violationsIn(resolve('.'), ['console', 'functions', 'infra', 'shared', 'test'])).toEqual([]);
  }, 60_000);
});
