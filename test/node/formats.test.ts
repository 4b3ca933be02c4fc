/*
 * Modules whose text does not say whether they are ES modules or CommonJS: they are compiled in the
 * format in which Node runs them.
 */
import {Project} from '../webpack/support/project.ts';
import {nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const TSX = ['--import', 'tsx'];

/** Defines a server function with a capture, and prints its id and what it gives. */
const action = (name: string) => `
function create(x) { return async () => { 'use server'; return x; }; }
const ${name} = create('captured');
${name}().then((result) => console.log(${name}.$$id.replace(/_\\w+$/, ''), result));`;

const WAITING = `const {sep} = await import('node:path'); if (!sep) throw new Error();`;
const REQUIRING = `const {sep} = require('node:path'); if (!sep) throw new Error();`;

interface App {
  title: string;
  files: Record<string, string>;
  main: string;
  /** Whether tsx takes it for what Node takes it for. */
  isKnownToTsx?: boolean;
}

const apps: App[] = [
  {
    title: 'a file that ends with .mjs',
    files: {'main.mjs': action('a')},
    main: 'main.mjs',
  },
  {
    title: 'a file that ends with .mjs and waits at its top level',
    files: {'main.mjs': `${WAITING}${action('a')}`},
    main: 'main.mjs',
  },
  {
    title: 'a file in a package of type "module"',
    files: {'package.json': '{"type": "module"}', 'main.js': action('a')},
    main: 'main.js',
  },
  {
    title: 'a file in a folder of a package of type "module"',
    files: {'package.json': '{"type": "module"}', 'src/lib/main.js': action('a')},
    main: 'src/lib/main.js',
  },
  {
    title: 'a file with a "require" of its own in a package of type "module"',
    files: {
      'package.json': '{"type": "module"}',
      'main.js': `const {createRequire} = await import('node:module');
        const require = createRequire(process.cwd() + '/'), module = {}, exports = module;
        ${REQUIRING}${action('a')}`,
    },
    main: 'main.js',
  },
  {
    title: 'a file that waits at its top level, in a package without a type',
    files: {'package.json': '{}', 'main.js': `${WAITING}${action('a')}`},
    main: 'main.js',
    isKnownToTsx: false,
  },
  {
    title: 'a CommonJS file in a package without a type',
    files: {'package.json': '{}', 'main.js': `${REQUIRING}${action('a')}`},
    main: 'main.js',
  },
  {
    title: 'a file of a folder that is CommonJS inside of one that is not',
    files: {
      'package.json': '{"type": "module"}',
      'old/package.json': '{"type": "commonjs"}',
      'old/main.js': `${REQUIRING}${action('a')}`,
    },
    main: 'old/main.js',
  },
  {
    title: 'a file that ends with .cjs in a package of type "module"',
    files: {'package.json': '{"type": "module"}', 'main.cjs': `${REQUIRING}${action('a')}`},
    main: 'main.cjs',
  },
  {
    title: 'CommonJS with "use server" that ends early',
    files: {
      'main.cjs': `const {save} = require('./actions.cjs'); console.log(save.$$id.split('#')[1], 'captured');`,
      'actions.cjs': `'use server'; exports.save = async () => 1; if (exports.save) return; exports.load = async () => 2;`,
    },
    main: 'main.cjs',
  },
];

const required: App = {
  title: 'an ES module that is required',
  files: {
    'package.json': '{"type": "module"}',
    'main.cjs': `require('./plain.js');`,
    'plain.js': action('a'),
  },
  main: 'main.cjs',
};

const setups = nodeBinaries.flatMap((node) =>
  [
    {when: 'alone', flags: REGISTER},
    {when: 'before tsx', flags: [...REGISTER, ...TSX]},
    {when: 'after tsx', flags: [...TSX, ...REGISTER]},
  ].flatMap((setup) =>
    apps
      .filter(({isKnownToTsx = true}) => isKnownToTsx || setup.flags === REGISTER)
      .map((app) => ({node, ...setup, ...app})),
  ),
);

async function run(
  {title, files, main}: App,
  node: (typeof nodeBinaries)[0],
  flags: string[],
): Promise<string> {
  const name = `format-${title.replaceAll(/\W+/g, '-')}-${flags.length}-${flags.indexOf('tsx')}`;
  const project = new Project(name, {'package.json': '{}', ...files});
  const args = [...REACT_SERVER, ...flags, main];
  const {stdout, stderr} = await runNode({node, args, cwd: project.folder});
  return `${stderr.replaceAll(/^\(.*\n|.*ExperimentalWarning.*\n|.*Reparsing.*\n|.*To eliminate.*\n/gm, '')}${stdout}`;
}

describe.each(setups)('$node.label, register $when: $title', ({node, flags, ...app}) => {
  test('is compiled as Node runs it', async () => {
    expect(await run(app, node, flags)).toMatch(/^\S+#\S+ captured\n$|^save captured\n$/);
  });
});

describe.each(nodeBinaries)('$label', (node) => {
  test('requires an ES module without import and export, where it requires ES modules', async () => {
    const output = await run(required, node, REGISTER);
    expect(output).toMatch(/^plain\.js#\S+ captured\n$/);
  });
});
