import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {validationOf, type Report} from '../../src/report/report.ts';
import {BundledProject} from '../webpack-server/support/bundledProject.ts';
import {Project, stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {functionNamed, MODULES, usersOf} from './support/app.ts';

afterAll(stopBuilding);

const REPORT = 'server-functions-report.json';
const reportIn = ({files}: BuildResult) => JSON.parse(files[REPORT]!) as Report;
const manifestIn = ({files}: BuildResult) =>
  Object.keys(JSON.parse(files['server-actions-manifest.json']!) as object).sort();
const read = ({folder}: Project, file: string) => readFileSync(join(folder, file), 'utf8');
const idsIn = (report: Report) => report.functions.map(({id}) => id).sort();

const ENTRY = {'src/index.js': `import {Form} from './Form.js'; globalThis.Form = Form;`};

describe('where Node runs the sources', () => {
  let built: BuildResult;
  let report: Report;
  beforeAll(async () => {
    const project = new Project('report', {...MODULES, ...ENTRY});
    built = await project.build('', '{report: true}');
    report = reportIn(built);
  });

  test('it has the functions of the server manifest and no others', () => {
    expect(built.printed).toBe('');
    expect(idsIn(report)).toEqual(manifestIn(built));
    expect(report.server).toBe('sources');
    expect(report.uncallable).toEqual([]);
  });

  test('it says where each stands, from 1', () => {
    const {file, line, column} = functionNamed(report, 'publish');
    const text = MODULES[file]!.split('\n')[line - 1]!;
    expect(text.slice(column - 1)).toMatch(/^publish\(/);
    expect(JSON.stringify(report)).not.toContain(process.cwd());
  });

  test('it finds users through barrels, namespaces and chunks, and what they do', () => {
    expect(usersOf(report, 'save')).toEqual(['client src/Form.js form']);
    expect(usersOf(report, 'rename')).toEqual(['client src/Form.js called']);
    expect(usersOf(report, 'later')).toEqual(['client src/Lazy.js called passed']);
    expect(functionNamed(report, 'save').usedBy[0]!.chunks).toEqual(['main']);
    expect(functionNamed(report, 'later').usedBy[0]!.chunks).toEqual(['src_Lazy_js']);
  });

  test('it finds users on the server by what the files say', () => {
    expect(usersOf(report, 'remove')).toEqual(['server src/Page.js passed']);
    expect(usersOf(report, 'list')).toEqual(['server src/Page.js called']);
    expect(usersOf(report, 'internal')).toEqual(['server src/actions.js called']);
  });

  test('it says why each can be called, and which need not be', () => {
    const exposures = Object.fromEntries(report.functions.map((fn) => [fn.name, fn.exposure]));
    expect(exposures).toEqual({
      save: 'client',
      rename: 'client',
      later: 'client',
      remove: 'server',
      edit: 'inline',
      more: 'handed-out',
      list: 'server-calls',
      internal: 'server-calls',
      open: 'unused',
      publish: 'unused',
      remote: 'unused',
      whole: 'unused',
      forgotten: 'unused',
    });
    expect(functionNamed(report, 'more').handedOutBy).toEqual(['open']);
  });

  test('it names wrappers and the guards that a function calls, with their files', () => {
    const guardsOf = (name: string) =>
      functionNamed(report, name).guards.map(({kind, name: guard, file}) => [kind, guard, file]);
    expect(guardsOf('remove')).toEqual([
      ['wrapper', 'withUser', 'src/guards.js'],
      ['wrapper', 'withRole("admin")', null],
    ]);
    expect(guardsOf('publish')).toEqual([['call', 'requireUser', 'src/guards.js']]);
    expect(guardsOf('save')).toEqual([]);
  });

  test('it says whose arguments are checked', () => {
    const validations = ['rename', 'publish', 'save', 'whole', 'remote'].map((name) =>
      validationOf(functionNamed(report, name)),
    );
    expect(validations).toEqual(['checked', 'checked', 'unchecked', 'no arguments', 'unknown']);
    expect(functionNamed(report, 'rename').validatedBy).toBe('validated');
    expect(functionNamed(report, 'remote').definedIn).toBe('src/remote.js');
  });

  test('it lists what an inline function captures, by the members that travel', () => {
    const {captures, kind, within} = functionNamed(report, 'edit');
    expect({captures, kind, within}).toEqual({
      captures: [{name: 'note', paths: [['id'], ['author', 'name']]}],
      kind: 'inline',
      within: 'Page',
    });
  });

  test('it draws the border: who calls the server, and whom the server renders', () => {
    expect(report.crossings).toEqual([
      {kind: 'calls', from: 'src/Form.js', to: 'src/actions.js'},
      {kind: 'calls', from: 'src/Lazy.js', to: 'src/lazyActions.js'},
      {kind: 'renders', from: 'src/Page.js', to: 'src/Form.js'},
    ]);
    const find = (graph: string, path: string) =>
      report.modules.find((module) => module.graph === graph && module.path === path);
    expect(find('client', 'src/Form.js')).toMatchObject({directive: 'use client', count: null});
    expect(find('server', 'src/actions.js')).toMatchObject({
      directive: 'use server',
      size: MODULES['src/actions.js']!.length,
    });
    expect(find('client', 'react')!.count).toBeGreaterThan(0);
    expect(find('server', 'src/Form.js')).toBeUndefined();
  });

  test('the page stands beside it, and without the option nothing does', async () => {
    expect(built.files['server-functions-report.html']).toContain('<!doctype html>');
    const plain = await new Project('report-off', {...MODULES, ...ENTRY}).build();
    expect(Object.keys(plain.files).filter((name) => name.includes('report'))).toEqual([]);
  });
});

test('the persistent cache, production and hashed ids change nothing but ids and chunks', async () => {
  const project = new Project('report-cached', {...MODULES, ...ENTRY});
  const config = `mode: 'production', optimization: {minimize: false}, cache: {type: 'filesystem', cacheDirectory: context + '/.cache', buildDependencies: {}}`;
  const options = `{report: '../report.json', serverManifest: '../manifest.json', ids: 'hashed', idPrefix: 'shop'}`;
  const outside = `, output: {path: context + '/dist/public', clean: true}`;
  await project.build(`${config}${outside}`, options);
  const first = read(project, 'dist/report.json');
  await project.buildAfresh(`${config}${outside}`, options);
  const second = read(project, 'dist/report.json');
  const report = JSON.parse(first) as Report;

  expect(second).toBe(first);
  expect(idsIn(report)).toEqual(
    Object.keys(JSON.parse(read(project, 'dist/manifest.json')) as object).sort(),
  );
  expect(idsIn(report).every((id) => /^shop:[\da-f]{40}$/.test(id))).toBe(true);
  expect(usersOf(report, 'save')).toEqual(['client src/Form.js form']);
  expect(usersOf(report, 'later')).toEqual(['client src/Lazy.js called passed']);
});

test('in production the page is not minified, so that its policy lets it run its script', async () => {
  const {files} = await new Project('report-minimized', {...MODULES, ...ENTRY}).build(
    `mode: 'production'`,
    `{report: true}`,
  );
  const html = files['server-functions-report.html']!;
  const allowed = [...html.matchAll(/'(sha256-[^']+)'/g)].map(([, hash]) => hash);
  const inline = [...html.matchAll(/<(?:style|script type="module")>([^]*?)<\/(?:style|script)>/g)];
  expect(inline).toHaveLength(2);
  expect(
    inline.map(([, text]) => `sha256-${createHash('sha256').update(text!).digest('base64')}`),
  ).toEqual(allowed);
});

describe('a function that another "use server" module exports again', () => {
  const files = {
    'src/actions.js': `'use server';
      export {moved as renamed} from './moved.js'; export * from './starred.js';`,
    'src/moved.js': `'use server'; export async function moved() {}`,
    'src/starred.js': `'use server'; export async function starred() {}`,
    'src/Page.js': `import {renamed, starred} from './actions.js';
      export const Page = () => [renamed, starred].map((action) => ({action}));`,
  };
  const expectUsed = (report: Report) => {
    for (const id of ['src/moved.js#moved', 'src/starred.js#starred']) {
      const found = report.functions.find((fn) => fn.id === id)!;
      expect(found.exposure).toBe('server');
      expect(found.usedBy.map(({file}) => file)).toEqual(['src/actions.js']);
    }
  };

  test('is not told to be used by nobody, where Node runs the sources', async () => {
    const project = new Project('report-again', {...files, 'src/index.js': ''});
    expectUsed(reportIn(await project.build('', '{report: true}')));
  });

  test('is not told so where webpack builds the server', async () => {
    const project = new BundledProject('report-again-bundled', {
      ...files,
      'src/server.js': `import {Page} from './Page.js'; import './ssr.js'; globalThis.app = Page;`,
      'src/ssr.js': '',
      'src/client.js': '',
    });
    await project.build('', 'report: true');
    expectUsed(JSON.parse(read(project, `dist/server/${REPORT}`)) as Report);
  });
});

describe('where the report may stand', () => {
  const project = () => new Project('report-place', {...MODULES, ...ENTRY});

  test('not where browsers can load it and the server manifest not', async () => {
    const {errors, files} = await project().build(
      '',
      `{report: 'report.html', serverManifest: '../manifest.json'}`,
    );
    expect(errors).toEqual([
      expect.stringContaining('Write it beside the manifest: report: "../report.html"'),
    ]);
    expect(files['report.html']).toBeUndefined();
  });

  test('beside scripts in production with a warning only', async () => {
    const {warnings, errors} = await project().build(
      `mode: 'production', optimization: {minimize: false}`,
      `{report: 'report.txt'}`,
    );
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('strangers may download them')]);
  });

  test.each([
    ['report.pdf', 'whose ending does not say what to write'],
    ['/srv/report.html', 'must be relative to output.path'],
  ])('not under the name %s', async (name, message) => {
    await expect(project().build('', `{report: ${JSON.stringify(name)}}`)).rejects.toThrow(message);
  });
});

describe('where webpack builds the server', () => {
  const files = {
    ...MODULES,
    'src/server.js': `import {Page} from './Page.js'; import {html} from './ssr.js'; globalThis.app = [Page, html];`,
    'src/ssr.js': `export const html = '';`,
    'src/client.js': ENTRY['src/index.js'],
  };

  test.each(['development', 'production'])('it knows both builds (%s)', async (mode) => {
    const project = new BundledProject(`report-${mode}`, files);
    const {printed} = await project.build(`shared: {mode: '${mode}'}`, `report: true`);
    expect(printed).toBe('');
    const parse = (name: string) => JSON.parse(read(project, `dist/server/${name}`)) as object;
    const report = parse(REPORT) as Report;

    expect(report.server).toBe('bundled');
    expect(idsIn(report)).toEqual(Object.keys(parse('server-actions-manifest.json')).sort());
    expect(usersOf(report, 'save')).toEqual(['client src/Form.js form']);
    expect(usersOf(report, 'remove')).toEqual(['server src/Page.js passed']);
    expect(functionNamed(report, 'edit').captures).toEqual([
      {name: 'note', paths: [['id'], ['author', 'name']]},
    ]);
    expect(functionNamed(report, 'list').exposure).toBe('server-calls');
    expect(report.crossings).toContainEqual({
      kind: 'renders',
      from: 'src/Page.js',
      to: 'src/Form.js',
    });
    expect(report.uncallable.map(({name}) => name)).toContain('forgotten');
  });
});

test('Rspack is told that there is no report', async () => {
  const {rspack} = await import('@rspack/core');
  const {UseServerWebpackPlugin} = await import('use-server-webpack-plugin');
  const plugins = [new UseServerWebpackPlugin({report: true}) as never];
  expect(() => rspack({context: import.meta.dirname, plugins})).toThrow('not with Rspack');
});
