/** A `"use server"` module with `export *`, and what it exports by the rules of Node and ECMAScript. */
export interface Case {
  title: string;
  /** By path; `actions.js`, `actions.mjs` or `actions.ts` is the module. Packages are of type "module". */
  files: Record<string, string | object>;
  /** What it exports. */
  names: string[];
  /** What V8 says, where it does not follow ECMAScript. */
  namesInV8?: string[];
  /** Whether it takes a tool that gives Node TypeScript. */
  needsTsx?: boolean;
}

/** One async function for each name. */
export function exporting(...names: string[]): string {
  return names
    .map((name) => `export const ${name} = async () => ${JSON.stringify(name)};`)
    .join('\n');
}

function requiring(...names: string[]): string {
  return names.map((name) => `exports.${name} = async () => ${JSON.stringify(name)};`).join('\n');
}

const star = (...specifiers: string[]) =>
  ["'use server';", ...specifiers.map((specifier) => `export * from '${specifier}';`)].join('\n');

/** A package with two files that export different names, told apart by conditions. */
const dual = (exports: object): Record<string, string | object> => ({
  'actions.js': star('dual'),
  'node_modules/dual/package.json': {name: 'dual', type: 'module', exports},
  'node_modules/dual/right.js': exporting('right'),
  'node_modules/dual/right.cjs': requiring('right'),
  'node_modules/dual/wrong.js': exporting('wrong'),
  'node_modules/dual/wrong.cjs': requiring('wrong'),
});

const conditions: Case[] = Object.entries({
  'module-sync before default': {'module-sync': './right.js', default: './wrong.js'},
  'module-sync before import': {'module-sync': './right.js', import: './wrong.js'},
  'import before module-sync': {import: './right.js', 'module-sync': './wrong.js'},
  'node before import': {node: './right.js', import: './wrong.js'},
  'node in two formats': {node: {require: './wrong.cjs', import: './right.js'}},
  'require before default': {require: './wrong.cjs', default: './right.js'},
  'require before module-sync': {require: './wrong.cjs', 'module-sync': './right.js'},
  'react-server before everything': {
    'react-server': './right.js',
    node: './wrong.js',
    default: './wrong.js',
  },
  'react-server behind import': {import: './right.js', 'react-server': './wrong.js'},
  'react-server in two formats': {
    'react-server': {require: './wrong.cjs', import: './right.js'},
    default: './wrong.js',
  },
  'the conditions of bundlers, which Node does not have': {
    browser: './wrong.js',
    module: './wrong.js',
    webpack: './wrong.js',
    production: './wrong.js',
    development: './wrong.js',
    worker: './wrong.js',
    types: './wrong.js',
    default: './right.js',
  },
  'node-addons': {'node-addons': './right.js', default: './wrong.js'},
  'CommonJS for everything': {default: './right.cjs'},
}).map(([title, exports]) => ({
  title: `conditions: ${title}`,
  files: dual({'.': exports}),
  names: ['right'],
}));

const packages: Case[] = [
  {
    title: 'a package without "exports" gives its "main"',
    files: {
      'actions.js': star('plain'),
      'node_modules/plain/package.json': {
        name: 'plain',
        type: 'module',
        main: './main.js',
        module: './wrong.js',
        browser: './wrong.js',
      },
      'node_modules/plain/main.js': exporting('fromMain'),
      'node_modules/plain/wrong.js': exporting('wrong'),
    },
    names: ['fromMain'],
  },
  {
    title: 'a "main" that is a folder, in a CommonJS package',
    files: {
      'actions.js': star('plain'),
      'node_modules/plain/package.json': {name: 'plain', main: './lib'},
      'node_modules/plain/lib/index.js': requiring('fromFolder'),
    },
    names: ['fromFolder'],
  },
  {
    title: 'a package with nothing but an index',
    files: {
      'actions.js': star('plain'),
      'node_modules/plain/package.json': {name: 'plain'},
      'node_modules/plain/index.js': requiring('fromIndex'),
    },
    names: ['fromIndex'],
  },
  {
    title: 'a file of a package without "exports"',
    files: {
      'actions.js': star('plain/lib/notes.js'),
      'node_modules/plain/package.json': {name: 'plain', type: 'module'},
      'node_modules/plain/lib/notes.js': exporting('fromFile'),
    },
    names: ['fromFile'],
  },
  {
    title: 'a pattern of "exports"',
    files: {
      'actions.js': star('patterned/notes'),
      'node_modules/patterned/package.json': {
        name: 'patterned',
        type: 'module',
        exports: {'./*': {'react-server': './server/*.js', default: './lib/*.js'}},
      },
      'node_modules/patterned/server/notes.js': exporting('onServer'),
      'node_modules/patterned/lib/notes.js': exporting('elsewhere'),
    },
    names: ['onServer'],
  },
  {
    title: 'a package that refers to itself',
    files: {
      'package.json': {
        name: 'itself',
        type: 'module',
        exports: {'./notes': {'react-server': './server.js', default: './wrong.js'}},
      },
      'actions.js': star('itself/notes'),
      'server.js': exporting('own'),
      'wrong.js': exporting('wrong'),
    },
    names: ['own'],
  },
  {
    title: '"imports" of the package',
    files: {
      'package.json': {
        type: 'module',
        imports: {
          '#notes': {'react-server': './server.js', default: './wrong.js'},
          '#lib/*': './lib/*.js',
        },
      },
      'actions.js': star('#notes', '#lib/more'),
      'server.js': exporting('onServer'),
      'wrong.js': exporting('wrong'),
      'lib/more.js': exporting('more'),
    },
    names: ['more', 'onServer'],
  },
  {
    title: 'a query in the specifier',
    files: {'actions.js': star('./notes.js?v=1'), 'notes.js': exporting('save')},
    names: ['save'],
  },
  {
    title: 'a file beside one of another ending, by its full name',
    files: {
      'actions.js': star('./notes.js'),
      'notes.js': exporting('fromJs'),
      'notes.mjs': exporting('fromMjs'),
      'notes.json': {fromJson: 1},
    },
    names: ['fromJs'],
  },
];

const commonJs: Case[] = [
  {
    title: 'CommonJS that assigns members, one by a computed name that nothing can know',
    files: {
      'actions.js': star('./notes.cjs'),
      'notes.cjs': `${requiring('save', 'load')} exports['er' + 'ase'] = async () => 1; exports.default = async () => 2;`,
    },
    names: ['load', 'save'],
  },
  {
    title: 'CommonJS that assigns an object',
    files: {
      'actions.js': star('./notes.cjs'),
      'notes.cjs': `async function save() {} async function load() {}\nmodule.exports = {save, 'read': load};`,
    },
    names: ['read', 'save'],
  },
  {
    title: 'CommonJS as TypeScript writes it',
    files: {
      'actions.js': star('./index.cjs'),
      'index.cjs': `"use strict";
var __exportStar = (this && this.__exportStar) || function (m, exports) {
  for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) exports[p] = m[p];
};
Object.defineProperty(exports, "__esModule", {value: true});
exports.save = void 0;
__exportStar(require("./more.cjs"), exports);
const save = async () => 'save';
exports.save = save;`,
      'more.cjs': `Object.defineProperty(exports, "__esModule", {value: true});\n${requiring('load')}`,
    },
    names: ['load', 'save'],
  },
  {
    title: 'CommonJS as Babel writes it',
    files: {
      'actions.js': star('./index.cjs'),
      'index.cjs': `"use strict";
Object.defineProperty(exports, "__esModule", {value: true});
var _more = require("./more.cjs");
Object.keys(_more).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (key in exports && exports[key] === _more[key]) return;
  Object.defineProperty(exports, key, {enumerable: true, get: function () { return _more[key]; }});
});
Object.defineProperty(exports, "renamed", {enumerable: true, get: function () { return _more.load; }});`,
      'more.cjs': requiring('load'),
    },
    names: ['load', 'renamed'],
  },
  {
    title: 'CommonJS as esbuild writes it',
    files: {
      'actions.js': star('./notes.cjs'),
      'notes.cjs': `const values = {save: async () => 1, load: async () => 2};
module.exports = ((all) => all)(values);
0 && (module.exports = {save, load});`,
    },
    names: ['load', 'save'],
  },
  {
    title: 'CommonJS that gives another module, found with the condition "require"',
    files: {
      'actions.js': star('./index.cjs'),
      'index.cjs': `module.exports = require('dual');`,
      'node_modules/dual/package.json': {
        name: 'dual',
        exports: {import: './wrong.mjs', require: './right.cjs'},
      },
      'node_modules/dual/right.cjs': requiring('right'),
      'node_modules/dual/wrong.mjs': exporting('wrong'),
    },
    names: ['right'],
  },
];

const language: Case[] = [
  {
    title: 'names that two stars give for different things are left out',
    files: {
      'actions.js': star('./a.js', './b.js'),
      'a.js': exporting('shared', 'onlyA'),
      'b.js': exporting('shared', 'onlyB'),
    },
    names: ['onlyA', 'onlyB'],
  },
  {
    title: 'the same one module further',
    files: {
      'actions.js': star('./dep.js'),
      'dep.js': `export * from './a.js'; export * from './b.js';`,
      'a.js': exporting('shared', 'onlyA'),
      'b.js': exporting('shared', 'onlyB'),
    },
    names: ['onlyA', 'onlyB'],
  },
  {
    title: 'a name that is ambiguous further down stays so, whatever else gives it',
    files: {
      'actions.js': star('./dep.js', './a.js'),
      'dep.js': `export * from './a.js'; export * from './b.js';`,
      'a.js': exporting('shared'),
      'b.js': exporting('shared', 'onlyB'),
    },
    names: ['onlyB'],
    // V8 takes what is ambiguous in one star for missing there.
    namesInV8: ['onlyB', 'shared'],
  },
  {
    title: 'one thing by two ways is not ambiguous',
    files: {
      'actions.js': star('./a.js', './b.js', './c.js', './d.js'),
      'a.js': `export * from './base.js';`,
      'b.js': `export {shared} from './base.js';`,
      'c.js': `import {shared} from './base.js'; export {shared};`,
      'd.js': `export {other as shared} from './base.js';`,
      'base.js': `${exporting('shared')} export {shared as other};`,
    },
    names: ['other', 'shared'],
  },
  {
    title: 'two functions that one module exports are two things',
    files: {
      'actions.js': star('./a.js', './b.js'),
      'a.js': `export {first as shared} from './base.js';`,
      'b.js': `export {second as shared} from './base.js';`,
      'base.js': exporting('first', 'second'),
    },
    names: [],
  },
  {
    title: 'what CommonJS copies is another thing',
    files: {
      'actions.js': star('./a.cjs', './b.cjs'),
      'a.cjs': `module.exports = require('./b.cjs');`,
      'b.cjs': requiring('shared'),
    },
    names: [],
  },
  {
    title: "a module's own export wins",
    files: {
      'actions.js': `${star('./a.js', './b.js')}\n${exporting('shared')}`,
      'a.js': exporting('shared', 'onlyA'),
      'b.js': `export * from './a.js'; ${exporting('onlyA')}`,
    },
    names: ['shared'],
  },
  {
    title: 'an inner own export wins over an inner star',
    files: {
      'actions.js': star('./dep.js'),
      'dep.js': `export * from './a.js'; ${exporting('shared')}`,
      'a.js': exporting('shared', 'onlyA'),
    },
    names: ['onlyA', 'shared'],
  },
  {
    title: 'the default export is never among them, under its own name',
    files: {
      'actions.js': star('./a.js'),
      'a.js': `export default async () => 1; export {default as named} from './b.js';`,
      'b.js': `export default async () => 2;`,
    },
    names: ['named'],
  },
  {
    title: 'two modules that export each other',
    files: {
      'actions.js': star('./a.js'),
      'a.js': `export * from './b.js'; export async function inA() {}`,
      'b.js': `export * from './a.js'; export async function inB() {}`,
    },
    names: ['inA', 'inB'],
  },
  {
    title: 'a circle through the module itself',
    files: {
      'actions.js': `${star('./a.js')}\nexport async function own() {}`,
      'a.js': `export * from './actions.js'; export {own as renamed} from './actions.js'; export async function inA() {}`,
    },
    names: ['inA', 'own', 'renamed'],
  },
  {
    title: 'a circle of three, entered in the middle, with an ambiguous name',
    files: {
      'actions.js': star('./b.js'),
      'a.js': `export * from './b.js'; export async function inA() {} export async function shared() {}`,
      'b.js': `export * from './c.js'; export * from './d.js'; export async function inB() {}`,
      'c.js': `export * from './a.js'; export async function inC() {}`,
      'd.js': `export async function shared() {}`,
    },
    names: ['inA', 'inB', 'inC'],
  },
  {
    title: 'names that are strings',
    files: {
      'actions.js': star('./a.js'),
      'a.js': `async function save() {} export {save as 'odd name', save as 'class'};`,
    },
    names: ['class', 'odd name'],
  },
  {
    title: 'JSON, of which Node imports the default export alone',
    files: {
      'actions.js': `'use server'; export * from './data.json' with {type: 'json'}; ${exporting('own')}`,
      'data.json': {a: 1, b: 2},
    },
    names: ['own'],
  },
];

const endings = Object.fromEntries(
  ['js', 'jsx', 'ts', 'tsx'].map((ending) => [`x.${ending}`, exporting(`from_${ending}`)]),
);

function without(...names: string[]) {
  return Object.fromEntries(Object.entries(endings).filter(([name]) => !names.includes(name)));
}

const typescript: Case[] = [
  ...(
    [
      ['actions.js', './x', endings, 'ts'],
      ['actions.js', './x', without('x.ts'), 'tsx'],
      ['actions.js', './x', without('x.ts', 'x.tsx'), 'jsx'],
      ['actions.ts', './x', endings, 'ts'],
      ['actions.js', './x.js', endings, 'js'],
      ['actions.js', './x.js', without('x.js'), 'ts'],
      ['actions.js', './x.js', without('x.js', 'x.ts'), 'tsx'],
      ['actions.js', './x.jsx', without('x.jsx'), 'tsx'],
      ['actions.ts', './x.js', endings, 'ts'],
      ['actions.ts', './x.js', without('x.ts'), 'tsx'],
      ['actions.ts', './x.jsx', endings, 'tsx'],
      ['actions.ts', './x.tsx', endings, 'tsx'],
    ] as const
  ).map(([module, specifier, files, ending]) => ({
    title: `endings: "${specifier}" in ${module} beside ${Object.keys(files).join(', ')}`,
    files: {[module]: star(specifier), ...files},
    names: [`from_${ending}`],
    needsTsx: true,
  })),
  {
    title: 'a folder with an index',
    files: {
      'actions.js': star('./notes'),
      'notes/index.ts': exporting('fromTs'),
      'notes/index.js': exporting('fromJs'),
    },
    names: ['fromTs'],
    needsTsx: true,
  },
  {
    title: '"paths" of tsconfig.json',
    files: {
      'actions.ts': star('@lib/notes', '@exact'),
      'lib/notes.ts': exporting('inLib'),
      'lib/exact.ts': exporting('exact'),
    },
    names: ['exact', 'inLib'],
    needsTsx: true,
  },
  {
    title: 'types behind it are no exports',
    files: {
      'actions.ts': star('./notes'),
      'notes.ts': `export interface Note {id: number}
export type Id = string;
export type {Other} from './other';
export {type Another, load} from './other';
export type * from './other';
export declare function declared(): void;
declare const ambient: number;
export async function save(note: Note): Promise<void> {}`,
      'other.ts': `export interface Other {} export interface Another {} export async function load() {}`,
    },
    names: ['load', 'save'],
    needsTsx: true,
  },
];

export const cases: Case[] = [...conditions, ...packages, ...commonJs, ...language, ...typescript];

/** Modules that cannot be compiled, and what the error says. */
export const errors: {title: string; files: Case['files']; message: string}[] = [
  {
    title: 'a module that is not there',
    files: {'actions.js': star('./missing.js')},
    message: 'No file was found for "./missing.js".',
  },
  {
    title: 'a package that is not there, further down',
    files: {
      'actions.js': star('./lib/a.js'),
      'lib/a.js': `export * from 'no-such-package'; ${exporting('save')}`,
    },
    message: 'No file was found for "no-such-package", which ./lib/a.js exports.',
  },
  {
    title: 'a condition that nothing fulfils',
    files: {...dual({'.': {browser: './wrong.js'}})},
    message: 'No file was found for "dual".',
  },
  {
    title: 'a file that is no JavaScript',
    files: {'actions.js': star('./styles.css'), 'styles.css': 'a {}'},
    message: './styles.css cannot be read as JavaScript.',
  },
];
