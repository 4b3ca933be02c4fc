import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {globSync} from 'tinyglobby';
import {transform, type TransformOptions} from 'use-server-webpack-plugin/transform';
import webpack from 'webpack';
import {launchBrowser} from '../support/browser.ts';
import {refusals} from './support/refusals.ts';

/** Below the repository, so that webpack finds the package as in a project that has installed it. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

type Case = [source: string, options: TransformOptions];
type Compile = (cases: readonly Case[]) => string[];

/** Every program and every refusal, for each graph, with each kind of id, and from Windows. */
function casesOf(source: string, name: string): Case[] {
  const idSecret = Buffer.from(Array.from({length: 32}, (_, i) => i)).toString('base64');
  const posix = {filename: `/project/src/${name}`, root: '/project'};
  const windows = {filename: `C:\\project\\src\\${name}`, root: 'c:/project'};
  return [
    [source, {...posix, target: 'server'}],
    [source, {...windows, target: 'server', ids: 'hashed', sourceMap: false}],
    [source, {...posix, target: 'client', ids: 'hashed', idSecret}],
    [source, {...posix, target: 'ssr', idPrefix: 'shop'}],
  ];
}

const cases = [
  ...globSync('**/*.{js,jsx,ts,tsx,mjs,cjs}', {cwd: programs}).map(
    (file) => [readFileSync(join(programs, file), 'utf8'), file] as const,
  ),
  ...refusals.map(({source, name = 'Page.tsx'}) => [source, name] as const),
].flatMap(([source, name]) => casesOf(source, name));

const CODE = `import {transform} from 'use-server-webpack-plugin/transform';
globalThis.compile = (cases) => cases.map((options) => JSON.stringify(transform(...options)));`;

test('webpack bundles the transform for browsers without a warning, and it compiles there as in Node', async () => {
  const folder = await mkdtemp(join(cache, 'browser-transform-'));
  const browser = await launchBrowser();
  try {
    await writeFile(join(folder, 'entry.mjs'), CODE);
    const {errors, warnings} = await build(folder);
    expect([...(errors ?? []), ...(warnings ?? [])]).toEqual([]);

    const page = await browser.newPage();
    await page.addScriptTag({path: join(folder, 'dist/main.js')});
    const inBrowser = await page.evaluate(
      (all) => (globalThis as unknown as {compile: Compile}).compile(all),
      cases,
    );
    expect(cases.length).toBeGreaterThan(1000);
    for (const [i, [source, options]] of cases.entries()) {
      const inNode = JSON.stringify(transform(source, options));
      expect({source, options, result: inBrowser[i]}).toEqual({source, options, result: inNode});
    }
  } finally {
    await browser.close();
    await rm(folder, {recursive: true});
  }
});

/** With nothing configured. Its size is not what is tested. */
async function build(folder: string): Promise<webpack.StatsCompilation> {
  const compiler = webpack({
    context: folder,
    entry: './entry.mjs',
    mode: 'development',
    devtool: false,
    target: 'web',
    output: {path: join(folder, 'dist')},
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() =>
        error ? reject(error) : resolve(stats!.toJson({all: false, errors: true, warnings: true})),
      );
    });
  });
}
