import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { liftStamp, stampBundles, standingBundles } from '../../../infra/build/bundle-stamp.ts';

const PATH = 'orders/api/place-order';
const BUNDLE = `dist/functions/${PATH}/index.mjs`;

const stamped = () => {
  const root = mkdtempSync(join(tmpdir(), 'bundle-stamp-'));
  const outdir = join(root, 'dist/functions');
  const write = (file: string, text: string) => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('functions/orders/api/place-order.ts', 'export const handler = 1;');
  write('package-lock.json', '{}');
  write(BUNDLE, 'bundle');
  const metafile = {
    inputs: { 'functions/orders/api/place-order.ts': { bytes: 1, imports: [] } },
    outputs: { [BUNDLE]: { bytes: 6, inputs: {}, imports: [], exports: [] } },
  } satisfies Metafile;
  const functions = [
    {
      path: PATH,
      context: 'orders',
      kind: 'api',
      name: 'place-order',
      file: join(root, 'functions', `${PATH}.ts`),
    },
  ] as const;
  stampBundles(root, outdir, functions, metafile);
  return { root, outdir, write, metafile, functions };
};

describe('bundles that stand', () => {
  const made: string[] = [];
  const standing = (change: (given: ReturnType<typeof stamped>) => void) => {
    const given = stamped();
    made.push(given.root);
    change(given);
    return standingBundles(given.root, given.outdir, given.functions);
  };
  afterAll(() => made.forEach((root) => rmSync(root, { recursive: true })));

  it('are taken as they are when nothing has changed', () => {
    expect(standing(() => undefined)).toHaveProperty('outputs');
  });

  it.each([
    ['a source', 'functions/orders/api/place-order.ts', 'export const handler = 2;'],
    ['an installed package', 'package-lock.json', '{"v":2}'],
    ['a bundle that was cut short', BUNDLE, 'bun'],
  ])('are made anew after a change of %s', (_what, file, text) => {
    expect(standing(({ write }) => write(file, text))).toBeUndefined();
  });

  it('are made anew when a build has begun and not ended', () => {
    expect(standing(({ outdir }) => liftStamp(outdir))).toBeUndefined();
  });

  it('are made anew when there is another function', () => {
    const { root, outdir, functions } = stamped();
    made.push(root);
    expect(
      standingBundles(
        root,
        outdir,
        functions.map((one) => ({ ...one, path: 'orders/api/other' })),
      ),
    ).toBeUndefined();
  });
});
