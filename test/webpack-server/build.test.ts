import {readFileSync, rmSync, symlinkSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, BundledProject, CALLABLE, callable, UNUSED} from './support/bundledProject.ts';

afterAll(stopBuilding);

describe('what can be called', () => {
  test.each(['development', 'production'])(
    'only what something uses, as the build says (%s)',
    async (mode) => {
      const project = new BundledProject('exposure', APP);
      const result = await project.build(`
        shared: {mode: '${mode}'},
        server: {plugins: [{apply(compiler) {
          compiler.hooks.done.tap('log', (stats) => {
            const {logging} = stats.toJson({all: false, logging: 'info'});
            const {entries} = logging.UseServerWebpackPlugin;
            require('fs').writeFileSync(
              context + '/dist/server/log.txt', entries.map(({message}) => message).join('\\n'),
            );
          });
        }}]}`);

      expect(Object.keys(callable(result))).toEqual(CALLABLE);
      expect(result.files['server/log.txt']).toContain(
        `${CALLABLE.length} server functions can be called: ${CALLABLE.join(', ')}`,
      );
      expect(result.files['server/log.txt']).toContain(`nothing uses them: ${UNUSED.join(', ')}`);
    },
  );

  test.each(['development', 'production'])(
    'what a module gives away itself, and what others carry out of it (%s)',
    async (mode) => {
      const project = new BundledProject('handed-out', {
        ...APP,
        'src/Page.js': `
          import {createElement} from 'react';
          import {Button} from './ui.js';
          import {first, panel} from './handing.js';
          import {api, Provider} from './carrying.js';
          import defaults from './defaults.js';
          import * as space from './space.js';
          import {again} from './barrel.js';
          import {open} from './common.cjs';
          export function Page() {
            return createElement('main', null,
              createElement(Button, {action: first}),
              createElement(Button, {action: api.inObject}),
              createElement(Button, {action: defaults.inDefaults}),
              createElement(Button, {action: space.inSpace}),
              createElement(Button, {action: again}),
              createElement(Button, {action: open}),
              createElement(panel),
              createElement(Provider),
            );
          }`,
        'src/handing.js': `
          'use server';
          import {createElement} from 'react';
          import {Button} from './ui.js';
          export async function first() { return {next: more.bind(null, 1)}; }
          export async function more(page) { return page < 3 ? more.bind(null, page + 1) : lists.last; }
          export async function last() { return await helper(); }
          export async function helper() { return 'last'; }
          export async function signOut() {}
          export async function panel() { return createElement(Button, {action: signOut}); }
          export async function dead() { return deadToo; }
          export async function deadToo() {}
          const lists = {last};`,
        'src/carried.js': `
          'use server';
          export async function inObject() {}
          export async function inProvider() {}
          export async function inDefaults() {}
          export async function inSpace() {}
          export async function inBarrel() {}
          export async function inUnused() {}`,
        'src/carrying.js': `
          import {createElement} from 'react';
          import {Button} from './ui.js';
          import {inObject, inProvider, inUnused} from './carried.js';
          export const api = {inObject};
          export class Unused { static action = inUnused; }
          const context = {action: inProvider};
          export function Provider() { return createElement(Button, context); }`,
        'src/defaults.js': `import {inDefaults} from './carried.js'; export default {inDefaults};`,
        'src/space.js': `export {inSpace} from './carried.js';`,
        'src/barrel.js': `export {inBarrel as again} from './carried.js'; export const other = 1;`,
        'src/common.cjs': `
          'use server';
          exports.open = async () => exports.inner;
          exports.inner = async () => 'inner';
          exports.unused = async () => {};`,
      });
      const result = await project.build(`shared: {mode: '${mode}'}`);

      expect(result.errors).toEqual([]);
      const ids = Object.keys(callable(result));
      const of = (module: string) =>
        ids.filter((id) => id.startsWith(`${module}#`)).map((id) => id.slice(module.length + 1));
      expect(of('src/handing.js')).toEqual(['first', 'last', 'more', 'panel', 'signOut']);
      expect(of('src/common.cjs')).toEqual(['inner', 'open']);
      const carried = ['inBarrel', 'inDefaults', 'inObject', 'inProvider', 'inSpace'];
      expect(of('src/carried.js').filter((name) => name !== 'inUnused')).toEqual(carried);
      // What webpack does not look through counts as used, in development.
      if (mode === 'production') expect(of('src/carried.js')).toEqual(carried);
      const {html, calls} = await project.run([
        'src/handing.js#first',
        'src/handing.js#last',
        'src/handing.js#dead',
      ]);
      expect(html).toContain('a button');
      expect(calls['src/handing.js#first']!.text).toContain('src/handing.js#more');
      expect(calls['src/handing.js#last']).toMatchObject({status: 200});
      expect(calls['src/handing.js#dead']).toMatchObject({status: 404});
    },
  );

  test('everything with keepUnused', async () => {
    const project = new BundledProject('keep-unused', APP);
    const result = await project.build(`shared: {mode: 'production'}`, 'keepUnused: true');

    expect(Object.keys(callable(result))).toEqual([...CALLABLE, ...UNUSED].sort());
    const {calls} = await project.run(UNUSED);
    expect(UNUSED.map((id) => calls[id]!.status)).toEqual([200, 200]);
  });

  test('proposed syntax is read with plugins of the parser, and left to the loader of the app', async () => {
    const project = new BundledProject('parser-plugins', {
      ...APP,
      'src/loader.cjs': `module.exports = (text) => text.replaceAll('do { 1 }', '1');`,
      'src/Page.js': `${APP['src/Page.js']!}\nexport const one = do { 1 };\n`,
    });
    const rule = `{test: /Page\\.js$/, use: './src/loader.cjs'}`;
    const result = await project.build(
      `shared: {mode: 'production', module: {rules: [${rule}]}}`,
      `parserPlugins: ['doExpressions']`,
    );

    expect(Object.keys(callable(result))).toEqual(CALLABLE);
  });

  test('ids hide paths where they are hashed', async () => {
    const project = new BundledProject('hashed', APP);
    const result = await project.build(`shared: {mode: 'production'}`, `ids: 'hashed'`);
    const ids = Object.keys(callable(result));

    expect(ids).toHaveLength(CALLABLE.length);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{40}$/);
    const {calls} = await project.run(ids);
    const statuses = ids.map((id) => calls[id]!.status);
    // The one with captures is found too, and refuses a call without them.
    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    expect(statuses.filter((status) => status === 400)).toHaveLength(1);
  });

  test('what modules with a top-level await, and CommonJS modules, export', async () => {
    const project = new BundledProject('formats', {
      ...APP,
      'src/Label.js': `
        'use client';
        import {createElement} from 'react';
        import {late} from './late.js';
        import old from './old.cjs';
        export default function Label({text}) {
          return createElement('b', {onClick: () => [late(), old.older()]}, text);
        }`,
      'src/late.js': `
        'use server';
        const word = await Promise.resolve('late');
        export async function late() { return word; }`,
      'src/old.cjs': `
        'use server';
        exports.older = async function () { return 'older'; };`,
    });
    const result = await project.build(`shared: {mode: 'production'}`);

    expect(result.errors).toEqual([]);
    expect(callable(result)['src/late.js#late']).toMatchObject({async: true});
    const {calls} = await project.run(['src/late.js#late', 'src/old.cjs#older']);
    expect(calls['src/late.js#late']!.text).toContain('late');
    expect(calls['src/old.cjs#older']!.text).toContain('older');
  });
});

describe('the versions of React', () => {
  const OLD = {
    ...APP,
    'src/server.js': `import 'between';\n${APP['src/server.js']}`,
    'node_modules/between/package.json': `{"name": "between", "version": "1.0.0"}`,
    'node_modules/between/index.js': `require('react-server-dom-webpack');`,
    'node_modules/between/node_modules/react-server-dom-webpack/package.json': `{"name": "react-server-dom-webpack", "version": "19.1.0"}`,
    'node_modules/between/node_modules/react-server-dom-webpack/index.js': '',
  };

  test('an old one is an error of the build, also where a package brings it', async () => {
    const {errors} = await new BundledProject('old-react', OLD).build();

    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('found react-server-dom-webpack@19.1.0');
    expect(errors[0]).toContain('npm install react@^19.3.1 react-dom@^19.3.1');
  });

  test('a bundle that was written all the same does not start', async () => {
    const project = new BundledProject('old-react-runs', OLD);
    await project.build('shared: {optimization: {emitOnErrors: true}}');

    await expect(project.run([])).rejects.toThrow(
      /found react-server-dom-webpack@19\.1\.0\. Older versions have known vulnerabilities/,
    );
  });

  test('the bundle knows those that it holds', async () => {
    const result = await new BundledProject('react-versions', APP).build();
    const {version} = JSON.parse(
      readFileSync(
        fileURLToPath(new URL('../../node_modules/react/package.json', import.meta.url)),
        'utf8',
      ),
    ) as {version: string};

    const names = ['react', 'react-dom', 'react-server-dom-webpack'];
    expect(result.files['server/main.js']).toContain(
      `"react":${JSON.stringify(names.map((name) => ({name, version})))}`,
    );
  });
});

describe('layers', () => {
  const conditional = {
    ...APP,
    'node_modules/conditional/package.json': `{"name": "conditional", "exports": {"react-server": "./server.js", "default": "./other.js"}}`,
    'node_modules/conditional/server.js': `export const where = 'LAYER server';`,
    'node_modules/conditional/other.js': `export const where = 'LAYER other';`,
    'src/Label.js': `
      'use client';
      import {createElement} from 'react';
      import {where} from 'conditional';
      export default function Label() { return createElement('b', null, 'SSR', where); }`,
    'src/shared.js': `
      'use server';
      import {where} from 'conditional';
      export async function count() { return where; }`,
  };

  test('the condition react-server applies in the server layer only', async () => {
    const project = new BundledProject('condition', conditional);
    const result = await project.build();
    const {html, calls} = await project.run(['src/shared.js#count']);

    expect(html).toContain('LAYER other');
    expect(calls['src/shared.js#count']!.text).toContain('LAYER server');
    const client = filesWith(result, 'LAYER other').filter((file) => file.startsWith('client/'));
    expect(client).toHaveLength(1);
    expect(filesWith(result, 'LAYER server').filter((file) => file.startsWith('client/'))).toEqual(
      [],
    );
  });

  test.each([
    ['loaders', '[compiler]'],
    ['loaders in threads', `['thread-loader', compiler]`],
  ])("the user's %s and aliases apply, after server functions are compiled", async (_case, use) => {
    const project = new BundledProject('loaders', {
      ...APP,
      'src/Page.tsx': `
        import {Button} from '@/Button.js';
        import {count} from '@/shared.js';
        interface Note { id: number }
        export function Page({note}: {note: Note}) {
          async function rename(): Promise<string> {
            'use server';
            return 'renamed ' + note.id;
          }
          return <main><Button action={rename} /><form action={count} /><b>SSR</b></main>;
        }`,
      'src/server.js': APP['src/server.js']!.replace('./Page.js', './Page.tsx'),
    });
    rmSync(join(project.folder, 'src/Page.js'));
    const result = await project.build(`shared: {
      devtool: 'source-map',
      resolve: {alias: {'@': context + '/src'}},
      module: {rules: [{test: /\\.tsx$/, use: ((compiler) => ${use})({loader: 'esbuild-loader', options: {jsx: 'automatic'}})}]},
    }`);

    expect(result.errors).toEqual([]);
    const {html} = await project.run([]);
    expect(html).toContain('<b>SSR</b>');
    expect(Object.keys(callable(result))).toContain('src/Page.tsx#$$Page$rename');
    const map = JSON.parse(result.files['server/main.js.map']!);
    const index = map.sources.findIndex((source: string) => source.includes('src/Page.tsx'));
    expect(map.sourcesContent[index]).toContain(`async function rename(): Promise<string>`);
  });

  test.each(['development', 'production'])(
    'no server code is in client chunks, and of the client only references in the server layer (%s)',
    async (mode) => {
      const project = new BundledProject('leaks', {
        ...APP,
        'src/Page.js': APP['src/Page.js']!.replace("'renamed '", "'SECRET renamed '"),
        'src/shared.js': APP['src/shared.js']!.replace('++calls', "++calls + 'SECRET'"),
        'src/Button.js': APP['src/Button.js']!.replace('a button', 'CLIENT CODE'),
      });
      const result = await project.build(`shared: {mode: '${mode}', devtool: 'source-map'}`);

      const withSecret = filesWith(result, 'SECRET');
      expect(withSecret).not.toEqual([]);
      expect(withSecret.filter((file) => file.startsWith('client/'))).toEqual([]);
      expect(filesWith(result, project.folder)).toEqual([]);
      const scripts = Object.entries(result.files).filter(
        ([file]) => file.startsWith('server/') && file.endsWith('.js'),
      );
      const copies = scripts.flatMap(([, text]) => text.match(/CLIENT CODE/g) ?? []);
      expect(copies).toHaveLength(1);
    },
  );
});

describe('a server function in a file that the plugin cannot read', () => {
  const DOCUMENT = `
    import {createElement} from 'react';
    export default function Document() {
      async function act() { 'use server'; return 'SECRET'; }
      return createElement('form', {action: act});
    }`;
  const rules = `module: {rules: [{test: /\\.mdx$/, type: 'javascript/auto', loader: 'esbuild-loader', options: {loader: 'js'}}]}`;
  const IMPORT = `'use client'; import Document from './doc.mdx'; globalThis.doc = Document;`;

  test.each([
    ['a client component, in the browser and in SSR', 'src/Label.js', ['client', 'server']],
    ['the entry of the browser', 'src/client.js', ['client']],
    ['what makes HTML', 'src/ssr.js', ['server']],
  ])('is an error where it is imported by %s', async (_importer, file, builds) => {
    const importer = `${file === 'src/Label.js' ? IMPORT : IMPORT.replace(`'use client';`, '')}\n`;
    const project = new BundledProject('unusual-files', {
      ...APP,
      'src/doc.mdx': DOCUMENT,
      [file]: `${importer}${APP[file]!.replace(`'use client';`, '')}`,
    });
    const {errors, files} = await project.build(
      `shared: {${rules}, optimization: {emitOnErrors: true}}`,
    );

    expect(errors).toHaveLength(builds.length);
    for (const error of errors) expect(error).toContain('its code would reach the browser');
    const emitted = Object.entries(files).filter(([, text]) => text.includes('SECRET'));
    expect(emitted.map(([name]) => name).filter((name) => name.startsWith('client/'))).toEqual([]);
  });
});

describe('configs that cannot work', () => {
  test.each([
    [
      'React is left to Node',
      `server: {externals: ['react']}`,
      /"externals" keeps react out of the server bundle/,
    ],
    [
      'what has a build for each layer is left to Node',
      `server: {externals: [({request}, callback) =>
        callback(null, /^(react-dom|use-server-webpack-plugin)\\//.test(request) && 'commonjs ' + request)]}`,
      /"externals" keeps react-dom\/server, use-server-webpack-plugin\/client, use-server-webpack-plugin\/runtime, use-server-webpack-plugin\/server out of .* nodeExternals\(\{allowlist: \[\/\^\(react\|/,
    ],
    [
      'a package that imports React is left to Node',
      `server: {externals: ['with-react']}`,
      /"externals" keeps with-react out of the server bundle, but what imports React gets another/,
    ],
    [
      'an alias leads past the conditions of React',
      `server: {resolve: {alias: {react: require('node:path').dirname(require.resolve('react'))}}}`,
      /The server has .*react\/index\.js, .* Remove the alias .* add this to "plugins" instead: new webpack\.NormalModuleReplacementPlugin/,
    ],
    [
      'a package brings a React of its own',
      '',
      /several copies of React: .*with-react\/node_modules\/react, .*\/react\. .*NormalModuleReplacementPlugin/,
    ],
    [
      'the server has no target, so webpack builds it for browsers',
      `server: {target: undefined}`,
      /"server" plugin of createUseServer\(\) builds for browsers. Write target: 'node'/,
    ],
    [
      'both configs write the same file',
      `shared: {output: {path: context + '/dist'}}`,
      /Both configs of createUseServer\(\) write .*dist\/main\.js\. .* output: \{path: ".*dist\/public"\}/,
    ],
    [
      'the plugins are in each other’s config',
      `list: ([server, client]) =>
        [{...server, plugins: client.plugins}, {...client, plugins: server.plugins}]`,
      /"client" plugin of createUseServer\(\) builds for Node/,
    ],
    [
      'the client is built alone',
      `list: (configs) => configs.slice(1)`,
      /no config of this build has its "server" plugin/,
    ],
    [
      'the client is built after the server',
      `list: ([server, client]) => [server, {...client, dependencies: ['server']}]`,
      /both have to be built at the same time/,
    ],
  ])('%s', async (_case, config, message) => {
    const result = await new BundledProject('mistakes', {
      ...APP,
      'src/Page.js': `import 'with-react'; ${APP['src/Page.js']}`,
      'node_modules/with-react/package.json': '{"peerDependencies": {"react": "*"}}',
      'node_modules/with-react/index.js': `import 'react';`,
      'node_modules/with-react/node_modules/react/package.json':
        '{"name": "react", "main": "main.js"}',
      'node_modules/with-react/node_modules/react/main.js': '',
    }).build(config);
    expect(result.printed).toMatch(message);
  });

  test('the path of callServer leads nowhere', async () => {
    const {errors} = await new BundledProject('call-server', APP).build(
      '',
      `callServer: './src/net/cal.js'`,
    );

    expect(errors.filter((error) => error.includes('option "callServer"'))).toHaveLength(1);
  });

  test.each([
    [
      `ssr: './src/srr.js'`,
      /option "ssr" names "\.\/src\/srr\.js", but there is no file .*srr\.js\./,
    ],
    [`root: './nowhere'`, /option "root" must be a folder, but there is none at .*nowhere/],
    [`ssrManifest: '/tmp/ssr.json'`, /option "ssrManifest" must be relative to output\.path/],
  ])('createUseServer has the option %s', async (options, message) => {
    const build = new BundledProject('mistakes', APP).build('', options);
    await expect(build).rejects.toThrow(message);
  });

  test('the server does not import what the option ssr names', async () => {
    const {warnings} = await new BundledProject('mistakes', APP).build(
      '',
      `ssr: ['./src/ssr.js', './src/ui.js', './src/client.js']`,
    );
    expect(warnings).toEqual([expect.stringContaining('the option "ssr" names "./src/client.js"')]);
  });

  test('nothing is said of the option ssr while the server has other errors', async () => {
    const {errors, warnings} = await new BundledProject('mistakes', {
      ...APP,
      'src/server.js': `import {renderHtml} from './ssr.js'; renderHtml(];`,
    }).build();
    expect(errors).toEqual([expect.stringContaining('Unexpected token')]);
    expect(warnings).toEqual([]);
  });

  test.each([
    [
      'in two configs',
      `[server, client, {...client, name: 'other'}]`,
      /one of its plugins is in two configs/,
    ],
    [
      'twice in one config',
      `[{...server, plugins: [server.plugins[0], server.plugins[0]]}, client]`,
      /twice in the plugins of one config/,
    ],
    [
      'in one config with the other one',
      `[{...server, plugins: [server.plugins[0], client.plugins[0]]}]`,
      /both of its plugins are in one/,
    ],
  ])('a plugin is %s', async (_case, list, message) => {
    const build = new BundledProject('mistakes', APP).build(`list: ([server, client]) => ${list}`);
    await expect(build).rejects.toThrow(message);
  });

  test('an option has another name', async () => {
    const build = new BundledProject('mistakes', APP).build('', `htmlModules: './src/ssr.js'`);
    await expect(build).rejects.toThrow(/unknown property 'htmlModules'/);
  });

  test('a Server Component uses what only client components have', async () => {
    const {warnings} = await new BundledProject('mistakes', {
      ...APP,
      'src/Page.js': `import {useState} from 'react'; globalThis.state = useState; ${APP['src/Page.js']}`,
    }).build();
    expect(warnings).toEqual([
      expect.stringMatching(
        /'useState'\) was not found in 'react' [^]*write "use client" at its top/,
      ),
    ]);
  });

  test('no module is in the option ssr', async () => {
    const result = await new BundledProject('mistakes', APP).build('', 'ssr: []');
    expect(result.printed).toMatch(
      /ERROR in \.\/src\/ssr\.js\s+This module makes HTML .* in the option "ssr"/,
    );
  });

  test('an error in a server function is printed once, with its frame', async () => {
    const {printed} = await new BundledProject('mistakes', {
      ...APP,
      'src/only-in-client.js': `'use server';\nexport function save() {}`,
    }).build();

    expect(printed).toMatch(/src\/only-in-client\.js/);
    expect(printed).toContain('> 2 | export function save() {}');
  });
});

describe('hooks for other plugins', () => {
  const withTap = (change: string) => `
    server: {plugins: [{apply(compiler) {
      compiler.hooks.thisCompilation.tap('test', (compilation) => {
        getCompilationHooks(compilation).serverManifest.tap('test', (manifest) => ${change});
      });
    }}]}`;

  test('the server manifest is written as a tap returns it', async () => {
    const result = await new BundledProject('hooks', APP).build(
      withTap(
        `Object.fromEntries(Object.entries(manifest).map(([id, entry]) => [id, {...entry, owner: 'team'}]))`,
      ),
    );

    expect(result.errors).toEqual([]);
    expect(Object.keys(callable(result))).toEqual(CALLABLE);
    for (const entry of Object.values(callable(result)))
      expect(entry).toHaveProperty('owner', 'team');
  });

  test.each([
    [
      'leaves out',
      `{const {'src/shared.js#count': _, ...rest} = manifest; return rest;}`,
      'leaves src/shared.js#count out',
    ],
    ['adds', `({...manifest, 'src/other.js#other': {}})`, 'adds src/other.js#other'],
  ])('a tap that %s functions is an error, since the bundle has them', async (_case, tap, text) => {
    const {errors} = await new BundledProject('hooks', APP).build(withTap(tap));

    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(text);
  });
});

test('in development, functions of other modules go on working beside a module with an error', async () => {
  const project = new BundledProject('error-beside', {
    ...APP,
    'src/only-in-browser.js': `'use server';\nexport function onlyInBrowser() {}`,
  });
  const result = await project.build();
  expect(result.errors).toHaveLength(2);

  const failing = 'src/only-in-browser.js#onlyInBrowser';
  const {html, calls} = await project.run(CALLABLE);
  expect(html).toContain('<b>SSR</b>');
  expect(calls[failing]!.status).toBe(404);
  expect(calls['src/shared.js#count']!.status).toBe(200);
  expect(calls['src/only-in-client.js#save']!.status).toBe(200);
  expect(calls['node_modules/packaged/actions.js#inPackage']!.status).toBe(200);
});

test('the config for the browser may come first', async () => {
  const project = new BundledProject('reversed', APP);
  const result = await project.build('list: ([server, client]) => [client, server]');

  expect(result.errors).toEqual([]);
  expect(Object.keys(callable(result))).toEqual(CALLABLE);
});

test('the app may stand behind a symbolic link', async () => {
  const project = new BundledProject('linked', APP);
  const link = `${project.folder}-link`;
  rmSync(link, {force: true});
  symlinkSync(project.folder, link);
  const result = await project.build(`shared: {context: ${JSON.stringify(link)}}`);

  expect(result.printed).toBe('');
  expect(Object.keys(callable(result))).toEqual(CALLABLE);
  const {html} = await project.run([]);
  expect(html).toContain('a button');
});

test('packages may be found by several links, as pnpm lays them out', async () => {
  const project = new BundledProject('packages-linked', APP);
  const link = join(project.folder, 'node_modules/react');
  rmSync(link, {force: true});
  symlinkSync(dirname(createRequire(import.meta.url).resolve('react/package.json')), link);

  // React's other packages find React where they are, not by the link.
  expect((await project.build()).printed).toBe('');
});

test('a server stands alone, without a config for a browser', async () => {
  const project = new BundledProject('alone', {
    ...APP,
    'src/server.js': APP['src/server.js']!.replace(
      /const flight[^]*?const calls/,
      `const html = ''; const calls`,
    ),
  });
  const result = await project.build('list: (configs) => configs.slice(0, 1)');

  expect(result.errors).toEqual([]);
  const {calls} = await project.run(['src/shared.js#count']);
  expect(calls['src/shared.js#count']!.status).toBe(200);
});

test.each([
  ['the client below the server', {server: '', client: '/public'}],
  ['the server below the client', {server: '/private', client: ''}],
])('output.clean leaves alone what the other config writes: %s', async (_what, folders) => {
  const project = new BundledProject('clean', APP);
  const {server, client} = folders;
  // Stands for a file that the other config has written already when the folder is cleaned.
  const early = `${server || client}/early.txt`.slice(1);
  project.write({'dist/stale.txt': '', [`dist/${early}`]: ''});
  const result = await project.build(`
    shared: {mode: 'production'},
    server: {output: {path: context + '/dist${server}', clean: ${server === ''}}},
    client: {output: {path: context + '/dist${client}', clean: ${client === ''}}}`);

  expect(result.errors).toEqual([]);
  const files = Object.keys(result.files);
  expect(files).toContain(early);
  expect(files).toContain(`${server}/react-client-manifest.json`.replace(/^\//, ''));
  expect(files).not.toContain('stale.txt');
});

function filesWith({files}: BuildResult, text: string): string[] {
  return Object.keys(files).filter((file) => files[file]!.includes(text));
}
