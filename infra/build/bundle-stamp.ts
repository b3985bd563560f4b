import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import type { FunctionSource } from './function-sources.ts';

/** Not sources, but what bundles depend on as well: installed packages and how the bundles are made. */
const BUILD_FILES = ['package-lock.json', 'infra/build/bundle-functions.ts'];

const metafileIn = (outdir: string): string => join(outdir, 'metafile.json');
const stampIn = (outdir: string): string => join(outdir, 'stamp');

/** A digest of everything that went into the bundles; of packages the lock file stands for. */
const digestOf = (root: string, functions: readonly FunctionSource[], { inputs }: Metafile): string => {
  const hash = createHash('sha256').update(functions.map(({ path }) => path).join('\n'));
  const own = Object.keys(inputs).filter((file) => !file.includes('node_modules/'));
  for (const file of [...own, ...BUILD_FILES].sort()) {
    hash.update(`\0${file}\0`);
    const whole = join(root, file);
    if (existsSync(whole)) hash.update(readFileSync(whole));
  }
  return hash.digest('hex');
};

const isWhole = (root: string, { outputs }: Metafile): boolean =>
  Object.entries(outputs).every(
    ([file, { bytes }]) => statSync(join(root, file), { throwIfNoEntry: false })?.size === bytes,
  );

/** The metafile of the bundles that lie there, when nothing that they were made of has changed since. */
export const standingBundles = (
  root: string,
  outdir: string,
  functions: readonly FunctionSource[],
): Metafile | undefined => {
  if (!existsSync(stampIn(outdir)) || !existsSync(metafileIn(outdir))) return undefined;
  const metafile = JSON.parse(readFileSync(metafileIn(outdir), 'utf8')) as Metafile;
  const isSame = readFileSync(stampIn(outdir), 'utf8') === digestOf(root, functions, metafile);
  return isSame && isWhole(root, metafile) ? metafile : undefined;
};

/** Before bundles are made anew: a build that breaks off must not look whole. */
export const liftStamp = (outdir: string): void => rmSync(stampIn(outdir), { force: true });

/** After all bundles are written. */
export const stampBundles = (
  root: string,
  outdir: string,
  functions: readonly FunctionSource[],
  metafile: Metafile,
): void => {
  writeFileSync(metafileIn(outdir), JSON.stringify(metafile));
  writeFileSync(stampIn(outdir), digestOf(root, functions, metafile));
};
