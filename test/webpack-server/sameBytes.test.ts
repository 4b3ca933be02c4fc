import {cpSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {stopBuilding} from '../webpack/support/project.ts';
import {APP, BundledProject, CALLABLE, callable} from './support/bundledProject.ts';

afterAll(stopBuilding);

describe('the same source gives the same bytes', () => {
  test('in two folders', async () => {
    const config = `shared: {mode: 'production'}`;
    const [one, two] = await Promise.all([
      new BundledProject('folder-one', APP).build(config),
      new BundledProject('folder-two', APP).buildSeparately(config),
    ]);

    expect(Object.keys(one.files).length).toBeGreaterThan(5);
    expect(one.files).toEqual(two.files);
  });

  test('with a persistent cache, after each kind of edit', async () => {
    const project = new BundledProject('cache', APP);
    rmSync(join(project.folder, 'cache'), {recursive: true, force: true});
    const shared = `mode: 'production'`;
    const cached = `shared: {${shared}, cache: {type: 'filesystem', cacheDirectory: context + '/cache'}}`;
    const fresh = `shared: {${shared}}`;
    const first = await project.build(cached);
    expect(first.errors).toEqual([]);
    expect((await project.buildSeparately(cached)).files).toEqual(first.files);

    const edits: Record<string, Record<string, string>> = {
      body: {'src/shared.js': APP['src/shared.js']!.replace('++calls', 'calls += 1')},
      rename: {
        'src/only-in-client.js': APP['src/only-in-client.js']!.replace('neverUsed', 'other'),
        'src/Page.js': APP['src/Page.js']!.replaceAll('rename', 'retitle'),
      },
      'new directive': {'src/more.js': `'use server'; export async function more() { return 1; }`},
      'package version': {
        'node_modules/packaged/package.json': `{"name": "packaged", "version": "1.0.1", "main": "index.js"}`,
        'node_modules/packaged/actions.js': `'use server'; export async function renamed() { return 'renamed'; }`,
        'node_modules/packaged/index.js': APP['node_modules/packaged/index.js']!.replaceAll(
          'inPackage',
          'renamed',
        ),
      },
      'its first import': {
        'src/client.js': `${APP['src/client.js']}\nimport {more} from './more.js'; globalThis.more = more;`,
      },
    };
    const seen = [JSON.stringify(first.files)];
    for (const files of Object.values(edits)) {
      project.write(files);
      const again = await project.buildSeparately(cached);
      expect(again.files).toEqual((await project.build(fresh)).files);
      seen.push(JSON.stringify(again.files));
    }
    expect(new Set(seen).size).toBe(seen.length - 1);
    const all = await project.buildSeparately(cached, 'keepUnused: true');
    expect(all.files).toEqual((await project.build(fresh, 'keepUnused: true')).files);
    expect(all.files['server/server-actions-manifest.json']).toContain('#neverUsedEither');
    const hashed = await project.buildSeparately(cached, `ids: 'hashed'`);
    expect(hashed.files).toEqual((await project.build(fresh, `ids: 'hashed'`)).files);
    expect(hashed.files['server/server-actions-manifest.json']).not.toContain('#');
  }, 240_000);

  test('with a persistent cache and loaders in threads', async () => {
    const project = new BundledProject('cache-threads', APP);
    const config = (cache: string) => `shared: {
      mode: 'production',
      module: {rules: [{test: /\\.js$/, include: context + '/src', use: ['thread-loader', 'esbuild-loader']}]},
      ${cache}
    }`;
    const cached = config(`cache: {type: 'filesystem', cacheDirectory: context + '/cache'}`);
    const first = await project.build(cached);
    expect(first.errors).toEqual([]);
    expect(Object.keys(callable(first))).toEqual(CALLABLE);

    expect((await project.buildSeparately(cached)).files).toEqual(first.files);
    project.write({'src/shared.js': APP['src/shared.js']!.replace('++calls', 'calls += 1')});
    const edited = await project.buildSeparately(cached);
    expect(edited.files).not.toEqual(first.files);
    expect(edited.files).toEqual((await project.build(config(''))).files);
  }, 120_000);

  test('with a persistent cache, after another version of this package', async () => {
    const project = new BundledProject('cache-version', APP);
    const installed = join(project.folder, 'node_modules/use-server-webpack-plugin');
    const repository = fileURLToPath(new URL('../../', import.meta.url));
    cpSync(join(repository, 'dist'), join(installed, 'dist'), {recursive: true});
    cpSync(join(repository, 'package.json'), join(installed, 'package.json'));
    const change = (file: string, from: string, to: string) => {
      const text = readFileSync(join(installed, file), 'utf8');
      expect(text).toContain(from);
      writeFileSync(join(installed, file), text.replace(from, to));
    };
    const cached = `shared: {cache: {type: 'filesystem', cacheDirectory: context + '/cache'}}`;
    const first = await project.build(cached);
    expect(first.errors).toEqual([]);

    // A version that compiles modules otherwise: what a stub of the browser imports.
    change('package.json', `"version": "`, `"version": "9.`);
    change('dist/src/transform/generate/stubs.js', '`import {', '`/* 9 */ import {');
    const second = await project.buildSeparately(cached);
    expect(second.errors).toEqual([]);
    expect(second.files).not.toEqual(first.files);
    expect(second.files).toEqual((await project.buildSeparately()).files);
  }, 120_000);
});
