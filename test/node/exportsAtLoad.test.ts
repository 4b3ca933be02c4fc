/*
 * What a `"use server"` module exports and only the run can tell is checked when the module loads; the
 * error belongs to the `import` or `require` that loads it.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {nodeBinaries, REACT_SERVER, REGISTER, repository, runNode} from './support/node.ts';

interface Case {
  title: string;
  file: string;
  source: string;
  says: RegExp;
}

const cases: Case[] = [
  {
    title: 'a number from another module',
    file: 'reexport.mjs',
    source: `'use server';\nexport {LIMIT as save} from './config.mjs';`,
    says: /src\/reexport\.mjs#save is a number/,
  },
  {
    title: 'a class that is imported',
    file: 'imported.mjs',
    source: `'use server';\nimport {Store} from './config.mjs';\nexport {Store};`,
    says: /src\/imported\.mjs#Store is a class/,
  },
  {
    title: 'an object behind a star',
    file: 'star.mjs',
    source: `'use server';\nexport * from './config.mjs';`,
    says: /src\/star\.mjs#\w+ is /,
  },
  {
    title: 'a default export that is imported',
    file: 'default.mjs',
    source: `'use server';\nexport {default} from './config.mjs';`,
    says: /src\/default\.mjs#default is an object/,
  },
  {
    title: 'a variable that gets no value',
    file: 'never.mjs',
    source: `'use server';\nexport let save;\nif (process.env.NEVER) save = async () => 1;`,
    says: /src\/never\.mjs#save is undefined/,
  },
  {
    title: 'a variable that gets another value',
    file: 'assigned.mjs',
    source: `'use server';\nexport let save = async () => 1;\nsave = JSON.parse('1');`,
    says: /src\/assigned\.mjs#save is a number/,
  },
  {
    title: 'the value of a variable as default export',
    file: 'value.mjs',
    source: `'use server';\nlet save = async () => 1;\nsave = JSON.parse('{}');\nexport default save;\nsave = null;`,
    says: /src\/value\.mjs#default is an object/,
  },
  {
    title: 'a part of what a call gives',
    file: 'part.mjs',
    source: `'use server';\nexport const {save} = JSON.parse('{"save": true}');`,
    says: /src\/part\.mjs#save is a boolean/,
  },
  {
    title: 'a CommonJS export by "this"',
    file: 'this.cjs',
    source: `'use server';\nexports.save = async () => 1;\nthis.remove = async () => 2;`,
    says: /src\/this\.cjs exports "remove" in a way that the compiler cannot see/,
  },
  {
    title: 'CommonJS exports that a call makes',
    file: 'made.cjs',
    source: `'use server';\nmodule.exports = ((make) => make())(() => ({save: async () => 1}));`,
    says: /src\/made\.cjs exports "save" in a way that the compiler cannot see/,
  },
  {
    title: 'a CommonJS export that is not enumerable and no function',
    file: 'defined.cjs',
    source: `'use server';\nObject.defineProperty(exports, 'limit', {value: Number('1')});`,
    says: /src\/defined\.cjs#limit is a number/,
  },
  {
    title: 'a getter of CommonJS that gives an object',
    file: 'getter.cjs',
    source: `'use server';\nlet config = JSON.parse('{}');\nObject.defineProperty(exports, 'config', {enumerable: true, get: () => config});`,
    says: /src\/getter\.cjs#config is an object/,
  },
  {
    title: 'an inline server function beside exports that a helper has frozen',
    file: 'frozen.cjs',
    source: `exports.page = (x) => async () => {\n  'use server';\n  return x;\n};\n[exports].map(Object.freeze);`,
    says: /object is not extensible/,
  },
  {
    title: 'an assignment in a function, with a frame',
    file: 'late.mjs',
    source: `'use server';\nexport let save = async () => 1;\nexport async function swap() {\n  save = async () => 2;\n}`,
    says: /late\.mjs:4:3 late-export[^]*> 4 \|/,
  },
  {
    title: 'an export of CommonJS that a function assigns, with a frame',
    file: 'late.cjs',
    source: `'use server';\nexports.save = async () => 1;\nexports.swap = async () => {\n  exports.save = async () => 2;\n};`,
    says: /late\.cjs:4:3 hidden-export[^]*> 4 \|/,
  },
];

const OTHERS = {
  'config.mjs': 'export const LIMIT = 1; export class Store {} export default {};',
  'right.mjs': `'use server';
let a = async () => 'first';
export default a;
export {a};
a = async () => 'second';
export {save} from './right.cjs';`,
  'right.cjs': `'use server';
Object.defineProperty(exports, Symbol.toStringTag, {value: 'Module'});
exports.save = async () => 'saved';`,
};

const SCRIPT = `
import {createRequire} from 'node:module';
const require = createRequire(import.meta.url);
const messages = {};
for (const file of ${JSON.stringify(cases.map(({file}) => file))}) {
  const loaders = {import: (path) => import(path), ...(file.endsWith('.cjs') && {require})};
  for (const [how, load] of Object.entries(loaders)) {
    const key = how + ' ' + file;
    try {
      await load('./src/' + file);
      messages[key] = 'loaded';
    } catch (error) {
      messages[key] = error.message;
    }
  }
}
const right = await import('./src/right.mjs');
messages.right = [right.default.$$id, right.a.$$id, right.save.$$id].join();
// What fails in a later tick would end the process now.
setTimeout(() => console.log(JSON.stringify(messages)), 50);`;

const cwd = join(repository, '.cache/exports-at-load');

async function loadAll(node: (typeof nodeBinaries)[0]): Promise<Record<string, string>> {
  rmSync(cwd, {recursive: true, force: true});
  const files = {
    'package.json': '{"type": "module"}',
    'server.js': SCRIPT,
    ...Object.fromEntries(
      [...Object.entries(OTHERS), ...cases.map(({file, source}) => [file, source])].map(
        ([file, text]) => [`src/${file}`, text],
      ),
    ),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), {recursive: true});
    writeFileSync(join(cwd, file), text);
  }
  const args = [...REACT_SERVER, ...REGISTER, 'server.js'];
  // React's development build makes Node 24 end when an import() fails.
  const {stdout, stderr} = await runNode({node, args, cwd, env: {NODE_ENV: 'production'}});
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, string>;
}

describe.each(nodeBinaries)('$label: loading a "use server" module fails for', (node) => {
  let messages: Record<string, string>;
  beforeAll(async () => {
    messages = await loadAll(node);
  });

  it.each(cases)('$title', ({file, says}) => {
    expect(messages[`import ${file}`]).toMatch(says);
    if (file.endsWith('.cjs')) expect(messages[`require ${file}`]).toMatch(says);
  });

  it('nothing else', () => {
    expect(messages['right']).toBe('src/right.mjs#default,src/right.mjs#a,src/right.cjs#save');
  });
});
