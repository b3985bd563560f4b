import { globSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { liftStamp, stampBundles, standingBundles } from './bundle-stamp.ts';
import { functionSources, type FunctionSource } from './function-sources.ts';

/** Where the bundles lie: dist/functions/<context>/<kind>/<name>/index.mjs */
export const bundleFolder = (path: string, root = process.cwd()): string =>
  join(root, 'dist/functions', path);

const credentialsOfTheLambda = (root: string): Plugin => ({
  name: 'credentials-of-the-lambda',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(root, 'infra/build/lambda-credentials.ts'),
      sideEffects: false,
    }));
  },
});

/**
 * Bundles every function into a folder of its own, SDK included: the runtime's SDK changes under one's feet, and
 * loads slower than a tree-shaken one. The metafile (dist/functions/metafile.json) says what weighs what. Bundles of
 * which nothing has changed stand as they are: making them is the longest step of a start.
 */
export const bundleFunctions = async (
  root = process.cwd(),
): Promise<{ readonly functions: readonly FunctionSource[]; readonly metafile: Metafile }> => {
  const functions = functionSources(root);
  const outdir = join(root, 'dist/functions');
  const standing = standingBundles(root, outdir, functions);
  if (standing !== undefined) return { functions, metafile: standing };
  liftStamp(outdir);
  const { metafile } = await build({
    entryPoints: functions.map((source) => ({ in: source.file, out: `${source.path}/index` })),
    absWorkingDir: root,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
    plugins: [credentialsOfTheLambda(root)],
  });
  // Whatever is no function any more; not the whole folder, since somebody may be deploying from it.
  const folders = new Set(functions.map(({ path }) => path));
  for (const old of globSync('*/*/*', { cwd: outdir })) {
    if (!folders.has(old.split(sep).join('/'))) rmSync(join(outdir, old), { recursive: true });
  }
  stampBundles(root, outdir, functions, metafile);
  return { functions, metafile };
};

/** `npm run build`: bundles, and says what weighs what. */
if (import.meta.main) {
  const { metafile } = await bundleFunctions();
  const sizes = Object.entries(metafile.outputs).map(([file, { bytes }]) => ({ file, kib: bytes / 1024 }));
  for (const { file, kib } of sizes.sort((a, b) => b.kib - a.kib)) {
    console.log(`${kib.toFixed(1).padStart(7)} KiB  ${file}`);
  }
}
