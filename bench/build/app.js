import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {transformSync} from 'esbuild';
import {transform} from 'use-server-webpack-plugin/transform';
import * as templates from './templates.js';

/** Shares of all modules, in percent. Every fifth Server Component has inline server functions. */
const SHARES = {
  helpers: 28,
  components: 32,
  packages: 4,
  kit: 1,
  widgets: 10,
  actions: 5,
  database: 5,
  pages: 15,
};
const PACKAGE_SIZE = 10;

/**
 * Writes the same application twice: as its author would write it, and for a webpack without the
 * plugin. In the second one, each module with a directive stands there ready-made, as the plugin's own
 * transform would compile it: `actions.client` has what the browser gets of `actions`, `widgets.server`
 * what the server gets of `widgets`. Importers name the one they need. Stubs
 * are plain JavaScript, which no loader is for, as the plugin's stubs go past all loaders. Modules that the plugin would
 * find are listed in files with one `import()` each.
 *
 * @param folder gets a folder for each of both
 * @param count modules of the application
 * @param compiled whether JSX and types are compiled away, so that webpack needs no loader
 */
export function generateApps(folder, count, {compiled}) {
  rmSync(folder, {recursive: true, force: true});
  const size = Object.fromEntries(
    Object.entries(SHARES).map(([kind, percent]) => [kind, Math.round((count * percent) / 100)]),
  );
  const original = join(folder, 'with');
  const write = (files, root) => {
    for (const [path, source] of Object.entries(files)) {
      writeFile(join(root, compiled ? path.replace(/\.tsx?$/, '.js') : path), source);
    }
  };
  const finish = (path, source) =>
    compiled && !path.startsWith('node_modules') ? compile(source) : source;
  const own = mapFiles(originalApp(size), finish);
  const readyMade = mapFiles(appWithoutDirectives(size), ({source, as, target}) => {
    const text = finish(as, source);
    if (!target) return text;
    const filename = join(original, compiled ? as.replace(/\.tsx?$/, '.js') : as);
    return transform(text, {filename, root: original, target}).code;
  });
  write(own, original);
  write(readyMade, join(folder, 'without'));
}

function originalApp(size) {
  const names = {widgets: 'widgets', actions: 'actions', kit: 'kit'};
  return {
    ...sharedModules(size),
    ...each(size.widgets, (i) => [`src/widgets/Widget${i}.tsx`, widget(i, size, names)]),
    ...each(size.actions, (i) => [`src/actions/actions${i}.ts`, actions(i)]),
    ...each(size.kit, (m) => [`node_modules/kit/Widget${m}.js`, templates.packageWidget(m)]),
    ...each(size.pages, (i) => [`src/pages/Page${i}.tsx`, page(i, size, names)]),
    ...entries(size, {client: [], clientOfPair: [], server: [], ssr: []}),
  };
}

/** Each as `{source, as, target}`: what is compiled, under which name, for which graph. */
function appWithoutDirectives(size) {
  const forClient = {actions: 'actions.client', kit: 'kit'};
  const forServer = {actions: 'actions', widgets: 'widgets.server', kit: 'kit.server'};
  const files = {};
  const add = (path, source, as = path, target) => {
    files[path] = {source, as, target};
  };
  for (const [path, source] of Object.entries(sharedModules(size))) add(path, source);
  for (let i = 0; i < size.widgets; i++) {
    const path = `src/widgets/Widget${i}.tsx`;
    const source = widget(i, size, forClient);
    add(path, source);
    add(`src/widgets.server/Widget${i}.js`, source, path, 'server');
  }
  for (let i = 0; i < size.actions; i++) {
    const path = `src/actions/actions${i}.ts`;
    add(path, actions(i), path, 'server');
    add(`src/actions.client/actions${i}.js`, actions(i), path, 'client');
  }
  for (let m = 0; m < size.kit; m++) {
    const path = `node_modules/kit/Widget${m}.js`;
    add(path, templates.packageWidget(m));
    add(`node_modules/kit.server/Widget${m}.js`, templates.packageWidget(m), path, 'server');
  }
  for (let i = 0; i < size.pages; i++) {
    const path = `src/pages/Page${i}.tsx`;
    add(path, page(i, size, forServer), path, hasInlineFunctions(i) ? 'server' : undefined);
  }
  const widgets = list(size.widgets, (i) => `./widgets/Widget${i}`);
  const kit = list(size.kit, (m) => `kit/Widget${m}.js`);
  const lists = {
    client: widgets,
    clientOfPair: [...widgets, ...kit],
    server: list(size.actions, (i) => `./actions/actions${i}`),
    ssr: [...widgets, ...kit],
  };
  for (const [path, source] of Object.entries(entries(size, lists))) add(path, source);
  return files;
}

/** What is the same with the plugin and without it. */
function sharedModules(size) {
  const packages = Math.round(size.packages / PACKAGE_SIZE);
  const files = {
    'package.json': '{"private": true}',
    'node_modules/kit/package.json': packageJson('kit'),
    'node_modules/kit.server/package.json': packageJson('kit.server'),
    ...each(size.helpers, (i) => [`src/lib/helper${i}.ts`, helper(i, size, packages)]),
    ...each(size.components, (i) => [`src/components/Component${i}.tsx`, component(i, size)]),
    ...each(size.database, (i) => [`src/database/table${i}.ts`, templates.database(i)]),
  };
  for (let p = 0; p < packages; p++) {
    const folder = `node_modules/tidy-${p}`;
    files[`${folder}/package.json`] = packageJson(`tidy-${p}`);
    files[`${folder}/index.js`] = list(
      PACKAGE_SIZE - 1,
      (m) => `export * from './module${m}.js';`,
    ).join('\n');
    for (let m = 0; m < PACKAGE_SIZE - 1; m++) {
      files[`${folder}/module${m}.js`] = templates.packageModule(`tidy-${p}`, m);
    }
  }
  return files;
}

function packageJson(name) {
  return JSON.stringify({
    name,
    version: '1.0.0',
    type: 'module',
    main: 'index.js',
    sideEffects: false,
  });
}

function helper(i, {helpers}, packages) {
  const deeper = [2 * i + 1, 2 * i + 2].filter((k) => k < helpers);
  const tidy = templates.packageExport(i % (PACKAGE_SIZE - 1));
  return templates.helper(i, {
    imports: [
      `import {${tidy}} from 'tidy-${i % packages}';`,
      ...deeper.map((k) => `import {summary${k}} from './helper${k}';`),
      `export const tools${i} = [${[tidy, ...deeper.map((k) => `summary${k}`)].join(', ')}];\n`,
    ].join('\n'),
  });
}

function component(i, {components, helpers}) {
  const children = [2 * i + 1, 3 * i + 5].filter((k) => k < components);
  const h = i % helpers;
  const other = (7 * i + 3) % helpers;
  return templates.component(i, {
    imports: [
      `import {select${h}x0 as select${i}} from '../lib/helper${h}';`,
      `import {summary${other}} from '../lib/helper${other}';`,
      ...children.map((k) => `import {Component${k}} from './Component${k}';`),
      `export const describe = summary${other};\n`,
    ].join('\n'),
    children: children.map((k) => `Component${k}`),
  });
}

function widget(i, size, folders) {
  const children = list(4, (k) => (4 * i + k) % size.components);
  const a = i % size.actions;
  const m = i % size.kit;
  return templates.widget(i, {
    imports: [
      `import {KitWidget${m}} from '${folders.kit}/Widget${m}.js';`,
      `import {${templates.actionName(a, 0)}, ${templates.actionName(a, 1)}} from '../${folders.actions}/actions${a}';`,
      ...children.map((k) => `import {Component${k}} from '../components/Component${k}';\n`),
    ].join('\n'),
    children: [...children.map((k) => `Component${k}`), `KitWidget${m}`],
    actions: [templates.actionName(a, 0), templates.actionName(a, 1)],
  });
}

function actions(i) {
  const imports = `import {find${i}, put${i}} from '../database/table${i}';\n`;
  return templates.actions(i, {imports, count: 3 + (i % 4)});
}

const hasInlineFunctions = (i) => i % 5 === 0;

function page(i, size, folders) {
  const table = i % size.database;
  const components = list(3, (k) => (3 * i + k) % size.components);
  const w = i % size.widgets;
  const m = i % size.kit;
  const a = i % size.actions;
  return templates.page(i, {
    imports: [
      `import {find${table} as find${i}, put${table} as put${i}} from '../database/table${table}';`,
      `import {KitWidget${m}} from '${folders.kit}/Widget${m}.js';`,
      `import {${templates.actionName(a, 2)}} from '../${folders.actions}/actions${a}';`,
      `import {Widget${w}} from '../${folders.widgets}/Widget${w}';`,
      ...components.map((k) => `import {Component${k}} from '../components/Component${k}';`),
      `export const tools = [put${i}, ${templates.actionName(a, 2)}];\n`,
    ].join('\n'),
    components: components.map((k) => `Component${k}`),
    widgets: [`Widget${w}`, `KitWidget${m}`],
    hasInlineFunctions: hasInlineFunctions(i),
  });
}

/** `lists`: what a webpack without the plugin has to be told to take in. */
function entries(size, lists) {
  const loadAll = (name) => `import * as listed from './${name}';\nexport {listed};\n`;
  const client = `import {hydrateRoot} from 'react-dom/client';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {callServer} from 'use-server-webpack-plugin/client';

hydrateRoot(document, createFromReadableStream(self.payload, {callServer}));
`;
  return {
    'src/client.ts': `${loadAll('listOfClient')}${client}`,
    'src/clientOfPair.ts': `${loadAll('listOfClientOfPair')}${client}`,
    'src/server.ts': `${loadAll('listOfServer')}import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {renderHtml} from './ssr';
import {pages} from './pages';

export {createServerFunctionHandler, renderHtml, pages, renderToReadableStream};
`,
    'src/pages.ts': `${list(size.pages, (i) => `import Page${i} from './pages/Page${i}';`).join('\n')}
export const pages = [${list(size.pages, (i) => `Page${i}`).join(', ')}];
`,
    'src/ssr.ts': `${loadAll('listOfSsr')}import {renderToReadableStream} from 'react-dom/server';
import {createFromReadableStream} from 'react-server-dom-webpack/client';

export async function renderHtml(flight, options) {
  return renderToReadableStream(await createFromReadableStream(flight, options));
}
`,
    'src/listOfClient.ts': importAll(lists.client),
    'src/listOfClientOfPair.ts': importAll(lists.clientOfPair),
    'src/listOfServer.ts': importAll(lists.server),
    'src/listOfSsr.ts': importAll(lists.ssr),
  };
}

function importAll(requests) {
  return `export const load = [\n${requests.map((request) => `  () => import('${request}'),`).join('\n')}\n];\n`;
}

function compile(source) {
  return transformSync(source, {loader: 'tsx', jsx: 'automatic'}).code;
}

function each(count, entry) {
  return Object.fromEntries(list(count, entry));
}

function list(count, item) {
  return Array.from({length: count}, (_, i) => item(i));
}

function mapFiles(files, change) {
  return Object.fromEntries(
    Object.entries(files).map(([path, value]) => [
      path,
      path.endsWith('package.json')
        ? (value.source ?? value)
        : typeof value === 'string'
          ? change(path, value)
          : change(value),
    ]),
  );
}

function writeFile(filename, source) {
  mkdirSync(dirname(filename), {recursive: true});
  writeFileSync(filename, source);
}
