import {readFileSync, writeFileSync} from 'node:fs';
import {Project, stopBuilding, type BuildResult} from './support/project.ts';

afterAll(stopBuilding);

/** Every part of this app that only the server may see holds this text. */
const SECRET = 'SECRET-0c1f';

const app = {
  'src/index.jsx': `
    import {save} from './actions.js';
    import {Form} from './Form.jsx';
    import {typed} from './typed.ts';
    globalThis.app = [save, Form, typed];`,
  'src/Form.jsx': `'use client';
    import remove from './remove.js';
    export function Form() { return <form action={remove} />; }`,
  'src/actions.js': `// ${SECRET} comment before the directive
    'use server';
    import {query} from './database.js';
    import './only-for-effect-${SECRET}.js';
    const password = '${SECRET} variable';
    /** ${SECRET} documentation */
    export async function save(note, ${SECRET.replace('-', '_')} = 1) { return query(password); }
    export * from './more.js';
    //# sourceMappingURL=${SECRET}.js.map`,
  [`src/only-for-effect-${SECRET}.js`]: `globalThis.x = '${SECRET}';`,
  'src/more.js': `export async function more() { return '${SECRET} behind a star'; }`,
  'src/remove.js': `'use server';
    export default async function remove() { return '${SECRET} default'; }`,
  'src/typed.ts': `'use server';
    import type {Row} from './database.js';
    export async function typed(row: Row): Promise<string> { return '${SECRET} typed'; }`,
  'src/database.js': `export function query() { return '${SECRET} query'; }`,
  'src/Page.jsx': `
    import {query} from './database.js';
    import {Dialog} from './Dialog.jsx';
    export default function Page({id}) {
      return <Dialog title="${SECRET} component" close={async () => { 'use server'; query('${SECRET}', id); }} />;
    }`,
  'src/Dialog.jsx': `'use client'; export function Dialog() { return 'the dialog'; }`,
};

const rules = `module: {rules: [{test: /\\.(jsx|ts)$/, loader: 'esbuild-loader', options: {jsx: 'automatic'}}]}`;

describe('nothing of the server is emitted', () => {
  test.each([
    ['development', 'false'],
    ['development', `'eval'`],
    ['development', `'source-map'`],
    ['development', `'eval-source-map'`],
    ['development', `'inline-source-map'`],
    ['production', 'false'],
    ['production', `'source-map'`],
    ['production', `'hidden-source-map'`],
    ['production', `'inline-source-map'`],
  ])('mode %s, devtool %s', async (mode, devtool) => {
    const project = new Project('secrets', app);
    const result = await project.build(
      `entry: './src/index.jsx', mode: '${mode}', devtool: ${devtool}, ${rules}`,
    );

    expect(result.errors).toEqual([]);
    expectAllReferences(result);
    expect(filesWith(result, SECRET)).toEqual([]);
    expect(filesWith(result, SECRET.replace('-', '_'))).toEqual([]);
    expect(filesWith(result, project.folder)).toEqual([]);
  });

  test.each([
    ['switches loaders off in a request', `import {save} from '!!./actions.js';`],
    ['asks for the text', `import text from './actions.js?text'; globalThis.text = text;`],
    ['asks for a file', `globalThis.url = new URL('./actions.js', import.meta.url);`],
    ['imports everything', `import * as all from './actions.js'; globalThis.all = all;`],
    ['imports it later', `import('./actions.js');`],
    ['requires it', `globalThis.all = require('./actions.js');`],
    ['re-exports it', `export * from './actions.js'; import './barrel.js';`],
  ])('when a module %s', async (_case, source) => {
    const result = await new Project('secrets-requests', {
      ...app,
      'src/index.js': source,
      'src/barrel.js': `export {save as renamed} from './actions.js';`,
    }).build(`devtool: 'source-map', module: {rules: [
      {resourceQuery: /text/, type: 'asset/source'},
      {test: /\\.jsx$/, loader: 'esbuild-loader', options: {jsx: 'automatic'}},
      {test: /\\.ts$/, loader: 'esbuild-loader'},
    ]}`);

    expect(result.errors).toEqual([]);
    expect(filesWith(result, SECRET)).toEqual([]);
  });

  test.each(['development', 'production'])(
    'when a module has errors and assets are emitted all the same (%s)',
    async (mode) => {
      const result = await new Project('secrets-errors', {
        'src/index.js': `import * as all from './actions.js'; import * as sync from './sync.js';
          import * as page from './page.js'; globalThis.all = [all, sync, page];`,
        'src/actions.js': `'use server'; export async function save() { return '${SECRET}' `,
        'src/sync.js': `'use server'; export function save() { return '${SECRET}'; }`,
        'src/page.js': `export const page = async () => { 'use server'; return '${SECRET}'; };`,
      }).build(`mode: '${mode}', devtool: 'source-map', optimization: {emitOnErrors: true}`);

      expect(result.errors).toHaveLength(3);
      expect(Object.keys(result.files)).toContain('main.js');
      expect(filesWith(result, SECRET)).toEqual([]);
    },
  );

  const inline = `export const save = async () => { 'use server'; return '${SECRET}'; };`;
  const page = `export default function Page() {
    async function save() {
      'use server';
      return '${SECRET}';
    }
    return <form action={save}><button>Save</button></form>;
  }`;
  const unusual = {
    'src/generated.txt': '',
    'src/actions.es6': `"use server"; export async function save() { return '${SECRET}'; }`,
    'src/inline.es6': inline,
    'src/method.es6': `export const all = {async save() { "use strict"; "use server"; return '${SECRET}'; }};`,
    'src/static.es6': `export class All { static async save() { 'use server'; return '${SECRET}'; } }`,
    'src/deep.es6': `export const page = () => [1].map(() => ({save: async function* () { 'use server'; yield '${SECRET}'; }}));`,
    'src/page.mdx': page,
    'src/list.vue': `<script>\n${inline}\n</script>`,
    'generate.cjs': `module.exports = () => ${JSON.stringify(`"use server"; ${inline}`)};`,
    'script.cjs': `module.exports = (text) => /<script>([^]*)<.script>/.exec(text)[1];`,
  };
  const unusualRules = `module: {rules: [
    {test: /\\.txt$/, loader: require.resolve('./generate.cjs')},
    {test: /\\.mdx$/, use: ['thread-loader', {loader: 'esbuild-loader', options: {loader: 'jsx', jsx: 'automatic'}}]},
    {test: /\\.vue$/, loader: require.resolve('./script.cjs')},
  ]}`;
  const unusualConfig = `optimization: {emitOnErrors: true}, devtool: 'source-map', ${unusualRules}`;

  test.each([
    ['a data: URL', `import 'data:text/javascript,"use server"; export const x = "${SECRET}";';`],
    [
      'a data: URL, inside of a function',
      `import 'data:text/javascript,${inline}';`
        .replaceAll("'use server'", '"use server"')
        .replaceAll(`'${SECRET}'`, `"${SECRET}"`),
    ],
    ['a loader', `import './generated.txt';`],
    ['a file with another ending', `import './actions.es6';`],
    ['an arrow function in such a file', `import './inline.es6';`],
    ['a method there, behind another directive', `import './method.es6';`],
    ['a static method there', `import './static.es6';`],
    ['a generator deep inside of another function', `import './deep.es6';`],
    ['markup that a loader in another thread compiles', `import './page.mdx';`],
    ['a part of a file', `import './list.vue';`],
    ['a module that is loaded later', `import('./inline.es6');`],
  ])('when server code comes from %s, which is an error', async (_source, entry) => {
    const project = new Project('secrets-unusual', {'src/index.js': entry, ...unusual});
    const result = await project.build(unusualConfig);

    expect(result.errors).toHaveLength(1);
    expect(result.printed).toContain('its code would reach the browser');
    // The request of the data: URL is the entry's own text, which is not server code.
    delete result.files['main.js.map'];
    if (!entry.includes('data:')) expect(filesWith(result, SECRET)).toEqual([]);
  });

  test('when it comes from a file that webpack does not parse, which is an error', async () => {
    const result = await new Project('secrets-unparsed', {
      'src/index.js': `import './inline.es6';`,
      'src/inline.es6': `this.save = async () => { 'use server'; return '${SECRET}'; };`,
    }).build(`mode: 'production', module: {noParse: /es6/}`);

    expect(result.printed).toContain('its code would reach the browser');
    expect(filesWith(result, SECRET)).toEqual([]);
  });

  test('when a build without the plugin has put server code into the persistent cache', async () => {
    const project = new Project('secrets-cached', {
      'src/index.js': `import './inline.es6';`,
      ...unusual,
    });
    const cached = `cache: {type: 'filesystem', cacheDirectory: context + '/.cache', buildDependencies: {}}, ${unusualConfig}`;
    const configFile = project.configure(cached);
    const withPlugin = readFileSync(configFile, 'utf8');
    writeFileSync(
      configFile,
      withPlugin.replace('new UseServerWebpackPlugin()', '').replace('[,', '['),
    );
    expect(filesWith(await project.buildConfigured(), SECRET)).not.toEqual([]);

    for (let build = 1; build <= 2; build++) {
      const result = await project.buildAfresh(cached);
      expect(result.printed).toContain('its code would reach the browser');
      expect(filesWith(result, SECRET)).toEqual([]);
    }
  });

  test('what only speaks of the directive is no server code', async () => {
    const result = await new Project('secrets-texts', {
      'src/index.js': `import text from './inline.es6?text'; import url from './inline.es6?url';
        import json from './data.json'; import './strings.es6'; globalThis.all = [text, url, json];`,
      'src/inline.es6': `export const save = async () => { 'use server'; };`,
      'src/data.json': `["'use server'; async () => { 'use server'; }"]`,
      'src/strings.es6': `globalThis.texts = ['use server', \`() => { 'use server'; }\`]; // 'use server'
        function f() { return 'use server'; }
        function g() { f(); 'use server'; }
        const h = () => 'use server';
        export {f, g, h};`,
    }).build(`module: {rules: [
      {resourceQuery: /text/, type: 'asset/source'},
      {resourceQuery: /url/, type: 'asset/resource'},
    ]}`);

    expect(result.errors).toEqual([]);
  });

  test('generated code that nests deeply, and speaks of the directive, is built', async () => {
    const result = await new Project('secrets-deep', {
      'src/index.js': `import './chain.es6';`,
      'src/chain.es6': `// 'use server'\nexport const chain = (p, f) => p${'.then(f)'.repeat(2200)};`,
    }).build();

    expect(result.errors).toEqual([]);
  });
});

function filesWith({files}: BuildResult, text: string): string[] {
  return Object.keys(files).filter((name) => {
    const content = files[name]!;
    const decoded = content.replace(/base64,([\w+/=]+)/g, (_all, data) =>
      Buffer.from(data, 'base64').toString(),
    );
    return decoded.includes(text) || name.includes(text);
  });
}

/** The search for secrets proves something only if the modules are in the build. */
function expectAllReferences(result: BuildResult): void {
  for (const id of ['actions.js#save', 'remove.js#default', 'typed.ts#typed']) {
    expect(filesWith(result, `src/${id}`)).not.toEqual(['server-actions-manifest.json']);
  }
  expect(Object.keys(JSON.parse(result.files['server-actions-manifest.json']!))).toEqual([
    expect.stringMatching(/^src\/Page\.jsx#\$\$Page\$/),
    'src/actions.js#more',
    'src/actions.js#save',
    'src/remove.js#default',
    'src/typed.ts#typed',
  ]);
  expect(filesWith(result, 'the dialog')).not.toEqual([]);
}
