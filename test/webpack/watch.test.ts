import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path, {join} from 'node:path';
import {buildMarker} from '../../src/references/buildMarker.ts';
import {Project, stopBuilding, Watch, type BuildResult} from './support/project.ts';

const app = {
  'src/index.js': `import * as actions from './actions.js'; globalThis.actions = actions;`,
  'src/actions.js': `'use server'; export async function save() {}`,
  'src/Page.js': `export function Page({id}) { async function remove() { 'use server'; return id; } return remove; }`,
};

let watch: Watch;
afterEach(() => watch.stop());
afterAll(stopBuilding);

function ids({files}: BuildResult): string[] {
  return Object.keys(JSON.parse(files['server-actions-manifest.json'] ?? '{}'));
}

function clientModules({files}: BuildResult): string[] {
  return Object.keys(JSON.parse(files['react-client-manifest.json'] ?? '{}'));
}

describe('in watch mode', () => {
  test('a function that is added, renamed and removed shows in stubs and manifest', async () => {
    const project = new Project('watch-function', app);
    watch = await project.watch();

    project.write({
      'src/actions.js': `'use server'; export async function save() {} export async function put() {}`,
    });
    const added = await watch.until((result) => ids(result).includes('src/actions.js#put'));
    expect(added.files['main.js']).toContain('"src/actions.js#put"');

    project.write({
      'src/actions.js': `'use server'; export async function save() {} export async function set() {}`,
    });
    const renamed = await watch.until((result) => ids(result).includes('src/actions.js#set'));
    expect(ids(renamed)).not.toContain('src/actions.js#put');
    expect(renamed.files['main.js']).not.toContain('#put');

    project.write({'src/actions.js': `'use server'; export async function save() {}`});
    await watch.until(
      (result) => ids(result).join() === 'src/Page.js#$$Page$remove,src/actions.js#save',
    );
  });

  test('a server can tell that webpack builds, and that it has ended', async () => {
    const project = new Project('watch-marker', app);
    const marker = buildMarker(join(project.folder, 'dist/server-actions-manifest.json'), {
      crypto,
      fs,
      os,
      path,
    });
    const noteMarker = `plugins: [{apply: (compiler) =>
      compiler.hooks.thisCompilation.tap('Test', (compilation) =>
        compilation.hooks.processAssets.tap('Test', () => {
          const fs = require('fs');
          const text = fs.existsSync(${JSON.stringify(marker)})
            ? \`\${fs.readFileSync(${JSON.stringify(marker)}, 'utf8') === String(process.pid)}\`
            : 'none';
          compilation.emitAsset('marker.txt', new compiler.webpack.sources.RawSource(text));
        }))}]`;
    watch = await project.watch(noteMarker);
    expect(fs.existsSync(marker)).toBe(false);
    project.write({'src/actions.js': `'use server'; export async function put() {}`});
    const changed = await watch.until((result) => ids(result).includes('src/actions.js#put'));
    expect(changed.files['marker.txt']).toBe('true');
    expect(fs.existsSync(marker)).toBe(false);

    const once = await project.build(noteMarker);
    expect(once.files['marker.txt']).toBe('none');
  });

  test('a folder of include that appears later is read, and no longer warned of', async () => {
    const project = new Project('watch-include', app);
    watch = new Watch(project.configure('', `{include: ['src', 'lib/server/*.js']}`));
    const before = await watch.until(() => true);
    expect(before.warnings).toHaveLength(1);

    project.write({'lib/server/late.js': `'use server'; export async function late() {}`});
    const after = await watch.until((result) => ids(result).includes('lib/server/late.js#late'));
    expect(after.warnings).toEqual([]);
  });

  test('the module of callServer may appear later', async () => {
    const project = new Project('watch-call-server', app);
    watch = new Watch(project.configure('', `{callServer: './net/call.js'}`));
    const before = await watch.until(() => true);
    expect(before.printed).toContain('"callServer"');

    project.write({'net/call.js': 'export const callServer = () => "OWN CALL";'});
    const after = await watch.until(({errors}) => errors.length === 0);
    expect(after.files['main.js']).toContain('OWN CALL');
  });

  test('files that no module imports are followed: edited, added, moved and removed', async () => {
    const project = new Project('watch-scan', app);
    watch = await project.watch();

    project.write({'src/Page.js': app['src/Page.js'].replaceAll('remove', 'archive')});
    await watch.until((result) => ids(result).includes('src/Page.js#$$Page$archive'));

    project.write({'src/New.js': `'use server'; export async function add() {}`});
    await watch.until((result) => ids(result).includes('src/New.js#add'));

    project.write({'src/deep/er/Button.js': `'use client'; export const Button = 1;`});
    await watch.until((result) => clientModules(result).includes('src/deep/er/Button.js'));

    project.remove('src/New.js');
    await watch.until((result) => !ids(result).includes('src/New.js#add'));

    project.remove('src/deep');
    await watch.until((result) => clientModules(result).length === 0);
  });

  test('a module that gets a directive becomes a stub, and one that loses it is itself again', async () => {
    const project = new Project('watch-directive', {
      'src/index.js': `import {save} from './save.js'; globalThis.save = save;`,
      'src/save.js': `export async function save() { return 'body of save'; }`,
    });
    watch = await project.watch();

    project.write({
      'src/save.js': `'use server'; export async function save() { return 'body of save'; }`,
    });
    const withDirective = await watch.until(
      ({files}) => !files['main.js']!.includes('body of save'),
    );
    expect(withDirective.printed).toBe('');
    expect(withDirective.files['main.js']).toContain('"src/save.js#save"');
    expect(ids(withDirective)).toEqual(['src/save.js#save']);

    project.write({'src/save.js': `export async function save() { return 'body of save'; }`});
    const without = await watch.until(({files}) => files['main.js']!.includes('body of save'));
    expect(without.printed).toBe('');
    expect(ids(without)).toEqual([]);
  });

  test('an error of a scanned file goes away when it is mended', async () => {
    const project = new Project('watch-error', app);
    watch = await project.watch();

    project.write({'src/Page.js': `export const Page = () => () => { 'use server'; };`});
    const broken = await watch.until(({errors}) => errors.length > 0);
    expect(broken.printed).toContain('./src/Page.js 1:');

    project.write({'src/Page.js': app['src/Page.js']});
    await watch.until(({errors}) => errors.length === 0);
  });

  test('a module behind export * is followed', async () => {
    const project = new Project('watch-star', {
      ...app,
      'src/actions.js': `'use server'; export * from './more.js';`,
      'src/more.js': `export async function one() {}`,
    });
    watch = await project.watch();

    project.write({'src/more.js': `export async function two() {}`});
    const result = await watch.until((result) => ids(result).includes('src/actions.js#two'));
    expect(ids(result)).not.toContain('src/actions.js#one');
    expect(result.files['main.js']).toContain('"src/actions.js#two"');
    expect(result.files['main.js']).not.toContain('actions.js#one');
  });

  test('files that are no sources start no build', async () => {
    const project = new Project('watch-data', app);
    watch = await project.watch(`plugins: [{apply: (compiler) =>
      compiler.hooks.thisCompilation.tap('Test', (compilation) =>
        compilation.hooks.processAssets.tap('Test', () => {
          const changed = [...(compiler.modifiedFiles ?? []), ...(compiler.removedFiles ?? [])];
          compilation.emitAsset('changed.json', new compiler.webpack.sources.RawSource(JSON.stringify(changed)));
        }))}]`);
    const builds: string[][] = [];

    for (let i = 0; i < 5; i++) {
      project.write({'data/rows.db': `row ${i}`, 'src/log.txt': `line ${i}`});
      await new Promise((fulfil) => setTimeout(fulfil, 100));
    }
    project.write({'src/actions.js': `'use server'; export async function put() {}`});
    await watch.until((result) => {
      builds.push(JSON.parse(result.files['changed.json']!) as string[]);
      return ids(result).includes('src/actions.js#put');
    });
    // Each has a reason. (The watcher may be late with files that were written before it started.)
    const sources = Object.keys(app).map((path) => join(project.folder, path));
    for (const changed of builds) {
      expect(changed.filter((path) => sources.includes(path))).not.toEqual([]);
    }
  });
});
