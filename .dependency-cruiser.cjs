/**
 * The import law: kernel <- domain <- application <- adapters <- functions.
 * Each rule has a test in test/architecture that breaks it.
 */
const contexts =
  'channels|orders|inventory|network|access|sourcing|fulfilment|promising|forecasting|replenishment|customers';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      comment: 'The kernel is the vocabulary of every context; it knows none of them.',
      from: { path: '^shared/kernel/' },
      to: { pathNot: '^shared/kernel/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'A domain imports the kernel and the index of other contexts: no npm, no node, no application, no adapter.',
      from: { path: '^shared/([^/]+)/domain/' },
      to: { pathNot: ['^shared/kernel/', '^shared/$1/domain/', `^shared/(${contexts})/index\\.ts$`] },
    },
    {
      name: 'application-knows-no-adapter',
      severity: 'error',
      comment: 'Use cases speak to ports; technology is chosen by the composition root.',
      from: { path: '^shared/([^/]+)/application/' },
      to: {
        pathNot: [
          '^shared/kernel/',
          '^shared/contracts/',
          '^shared/$1/(domain|application)/',
          `^shared/(${contexts})/index\\.ts$`,
        ],
      },
    },
    {
      name: 'contracts-import-schemas-only',
      severity: 'error',
      comment: 'A contract is a schema: kernel, zod and other contracts.',
      from: { path: '^shared/contracts/' },
      to: { pathNot: ['^shared/kernel/', '^shared/contracts/', 'node_modules/zod'] },
    },
    {
      name: 'contexts-meet-at-the-index',
      severity: 'error',
      comment:
        'One context meets another through events or through its index.ts, never through its inside or its table.',
      from: { path: `^shared/(${contexts})/` },
      to: {
        path: `^shared/(${contexts})/`,
        pathNot: ['^shared/$1/', `^shared/(${contexts})/index\\.ts$`],
      },
    },
    {
      name: 'index-is-pure',
      severity: 'error',
      comment:
        "A context's index.ts offers pure functions and types, so that whoever imports it drags nothing along.",
      from: { path: `^shared/(${contexts})/index\\.ts$` },
      to: { pathNot: ['^shared/kernel/', '^shared/$1/domain/'] },
    },
    {
      name: 'shared-knows-no-function',
      severity: 'error',
      comment: 'Nothing below the Lambdas knows them.',
      from: { path: '^shared/' },
      to: { path: '^(functions|infra|workflows|console|test)/' },
    },
    {
      name: 'functions-know-no-infra',
      severity: 'error',
      comment: 'A Lambda runs wherever it is put.',
      from: { path: '^functions/' },
      to: { path: '^(infra|console|test)/' },
    },
    {
      name: 'handlers-hold-no-sdk',
      severity: 'error',
      comment: 'Handlers parse, call one use case and map; only deps.ts touches the SDK.',
      from: { path: '^functions/[^/]+/(api|events|streams|tasks|schedules)/' },
      to: { path: 'node_modules/@aws-sdk' },
    },
    {
      name: 'infra-knows-functions-by-name',
      severity: 'error',
      comment: 'Infrastructure and workflows know functions by file name, not by import.',
      from: { path: '^infra/', pathNot: '^infra/local/' },
      to: { path: '^functions/' },
    },
    {
      name: 'console-speaks-http',
      severity: 'error',
      comment:
        'The command line and the pages use the public API, like any partner; pure rules may be shared.',
      from: { path: '^console/' },
      to: { path: ['^(functions|infra|test)/', '^shared/[^/]+/adapters/', 'node_modules/@aws-sdk'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that import each other are one file, or hide a third.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/architecture/broken-law/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
