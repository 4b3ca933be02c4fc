import {join} from 'node:path';
import {nodeBinaries, REACT_SERVER, REGISTER, repository, runNode} from '../node/support/node.ts';
import {inspect} from '../node/support/inspect.ts';
import {Project, stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from '../webpack-server/support/bundledProject.ts';
import {cases, errors, type Case} from './support/cases.ts';

const TSX = ['--import', 'tsx'];
const oracle = join(repository, 'test/resolution/support/oracle.mjs');

/** Every case in a folder of its own, `c0`, `c1` and so on. */
function filesOf(all: readonly {files: Case['files']}[]): Record<string, string> {
  return Object.fromEntries(
    all.flatMap(({files}, index) =>
      Object.entries({'package.json': {type: 'module'}, ...files}).map(([path, content]) => [
        `c${index}/${path}`,
        typeof content === 'string' ? content : JSON.stringify(content),
      ]),
    ),
  );
}

function moduleOf({files}: {files: Case['files']}, index: number): string {
  return `c${index}/${Object.keys(files).find((path) => /^actions\.\w+$/.test(path))}`;
}

const modules = cases.map(moduleOf);
const tsconfig = {
  compilerOptions: {
    paths: Object.fromEntries(
      cases.flatMap(({title}, index) =>
        title.includes('"paths"')
          ? [
              ['@lib/*', [`./c${index}/lib/*`]],
              ['@exact', [`./c${index}/lib/exact.ts`]],
            ]
          : [],
      ),
    ),
  },
};
const entry = modules.map((module, i) => `import * as m${i} from './${module}'; use(m${i});`);
const project = new Project('resolution', {
  ...filesOf(cases),
  'tsconfig.json': JSON.stringify(tsconfig),
  'index.js': `function use(module) { globalThis.all = module; }\n${entry.join('\n')}`,
});
const isPlain = (module: string) => !cases[modules.indexOf(module)]!.needsTsx;

/** By module, the names in ids of it. */
function namesOfIds(ids: Iterable<string>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const [module, name] = id.split(/#(.*)/s) as [string, string];
    names.set(module, [...(names.get(module) ?? []), name].sort());
  }
  return names;
}

afterAll(stopBuilding);

describe('the expectations', () => {
  test.each([
    ['Node', [], modules.filter(isPlain)],
    ['Node with tsx', TSX, modules.filter((module) => !isPlain(module))],
  ])('are what %s gives without the compiler', async (_title, flags, chosen) => {
    const {stdout, stderr} = await runNode({
      node: nodeBinaries[0]!,
      args: [...REACT_SERVER, ...flags, oracle, ...chosen],
      cwd: project.folder,
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(
      Object.fromEntries(
        chosen.map((module) => {
          const {names, namesInV8 = names} = cases[modules.indexOf(module)]!;
          return [module, namesInV8];
        }),
      ),
    );
  });
});

describe('webpack, for a server that runs from its sources', () => {
  let manifest: Map<string, string[]>;
  let stubs: Map<string, string[]>;
  beforeAll(async () => {
    // What the config says for the browser does not change what the server exports.
    const {files, errors: found} = await project.build(
      `entry: './index.js', resolve: {
        alias: {dual: context + '/none.js', plain: false},
        extensions: ['.js'],
        conditionNames: ['browser', 'default'],
        mainFields: ['browser'],
      }`,
    );
    expect(found).toEqual([]);
    manifest = namesOfIds(Object.keys(JSON.parse(files['server-actions-manifest.json']!)));
    const ids = files['main.js']!.matchAll(/createServerReference\w*\)\("([^"]+)"/g);
    stubs = namesOfIds([...ids].map(([, id]) => id!));
  });

  test.each(cases.map(({title}, index) => [title, index] as const))('%s', (_title, index) => {
    const {names} = cases[index]!;
    expect(manifest.get(modules[index]!) ?? []).toEqual(names);
    expect(stubs.get(modules[index]!) ?? []).toEqual(names);
  });
});

describe.each(nodeBinaries)('$label', (node) => {
  describe.each([
    ['in the server graph', REACT_SERVER],
    ['in the SSR graph', []],
  ])('%s', (_title, condition) => {
    const found = new Map<string, string[]>();
    beforeAll(async () => {
      for (const flags of [[], TSX]) {
        const chosen = modules.filter((module) => isPlain(module) === (flags.length === 0));
        const {report} = await inspect({
          node,
          modules: chosen.map((module) => `import:./${module}`),
          flags: [...condition, ...REGISTER, ...flags],
          cwd: project.folder,
        });
        for (const module of chosen) {
          const {exports, error} = report[`import:./${module}`]!;
          // A stub in the SSR graph holds nothing but references, which say less of themselves.
          const references = Object.entries(exports ?? {}).filter(
            ([, {type}]) => condition.length === 0 || type === 'react.server.reference',
          );
          found.set(module, error ? [error.message] : references.map(([name]) => name));
        }
      }
    });

    test.each(cases.map(({title}, index) => [title, index] as const))('%s', (_case, index) => {
      expect(found.get(modules[index]!)).toEqual(cases[index]!.names);
    });
  });
});

describe('errors', () => {
  const broken = new Project('resolution-errors', {
    ...filesOf(errors),
    'index.js': errors.map((item, index) => `import './${moduleOf(item, index)}';`).join('\n'),
  });

  test('webpack reports each at its star', async () => {
    const {errors: found} = await broken.build(`entry: './index.js'`);
    expect(found).toHaveLength(errors.length);
    for (const [index, {message}] of errors.entries()) {
      expect(found.find((text) => text.includes(message))).toContain('export * from');
      expect(found[index]).not.toContain(broken.folder);
    }
  });

  test('Node reports each when the module is loaded', async () => {
    const names = errors.map((item, index) => `import:./${moduleOf(item, index)}`);
    for (const condition of [REACT_SERVER, []]) {
      const {report} = await inspect({
        node: nodeBinaries[0]!,
        modules: names,
        flags: [...condition, ...REGISTER],
        cwd: broken.folder,
      });
      for (const [index, {message}] of errors.entries()) {
        expect(report[names[index]!]!.error?.message).toContain(message);
      }
    }
  });
});

describe('a "use client" module', () => {
  const folder = new Project('resolution-client', {
    'package.json': '{"type": "module"}',
    'page.js': `import * as all from './kit.js'; export const names = async () => Object.keys(all).sort();`,
    'kit.js': `'use client'; export * from 'kit';`,
    'node_modules/kit/package.json': JSON.stringify({
      name: 'kit',
      type: 'module',
      exports: {'react-server': './few.js', default: './all.js'},
    }),
    'node_modules/kit/few.js': `export function Button() {}`,
    'node_modules/kit/all.js': `export function Button() {} export function Menu() {}`,
  });

  test('exports to the server what it has in the browser', async () => {
    const {report} = await inspect({
      node: nodeBinaries[0]!,
      modules: ['import:./page.js'],
      flags: [...REACT_SERVER, ...REGISTER],
      cwd: folder.folder,
    });
    expect(report['import:./page.js']!.exports!['names']!.result).toEqual(['Button', 'Menu']);
  });
});

describe('a server that webpack builds', () => {
  test('has the names that its own build finds, in the client too', async () => {
    const bundled = new BundledProject('resolution', {
      'src/server.js': `import * as all from './actions.js'; globalThis.all = Object.keys(all);`,
      'src/ssr.js': 'export const nothing = 0;',
      'src/client.js': `import * as all from './actions.js'; globalThis.all = all;`,
      'src/actions.js': `'use server'; export * from 'dual'; export * from '@aliased';`,
      'src/aliased.js': `export const aliased = async () => 1;`,
      'node_modules/dual/package.json': JSON.stringify({
        name: 'dual',
        type: 'module',
        exports: {'.': {own: './right.js', node: './wrong.js'}},
      }),
      'node_modules/dual/right.js': `export const right = async () => 1;`,
      'node_modules/dual/wrong.js': `export const wrong = async () => 1;`,
    });
    const {files, errors: found} = await bundled.build(
      `server: {resolve: {alias: {'@aliased': context + '/src/aliased.js'}, conditionNames: ['own', '...']}}`,
    );
    expect(found).toEqual([]);
    const manifest = JSON.parse(files['server/server-actions-manifest.json']!);
    expect(Object.keys(manifest)).toEqual(['src/actions.js#aliased', 'src/actions.js#right']);
    const script = Object.keys(files).find((name) => /^client\/.*\.js$/.test(name))!;
    const ids = files[script]!.matchAll(/"src\/actions\.js#(\w+)"/g);
    expect(new Set([...ids].map(([, name]) => name))).toEqual(new Set(['aliased', 'right']));
  });
});
