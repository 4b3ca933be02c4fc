import {jest} from '@jest/globals';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Linter} from 'eslint';
import {lintWith, places} from '../support/lint.ts';
import {writeProject} from '../support/project.ts';

export function testNoUnusedExports(): void {
  describe('no-unused-exports', () => {
    const ACTIONS = `'use server';
export async function save() {}
export const remove = async () => {};
export default async function list() {
  return [];
}`;

    let projects = 0;

    /** What is reported of `src/actions.js` where other files of the project import it. */
    function unused(
      files: Record<string, string>,
      {
        file = 'src/actions.js',
        code = ACTIONS,
        option = {},
      }: {file?: string; code?: string; option?: object} = {},
    ): string[] {
      const cwd = writeProject(`unused-${projects++}`, {[file]: code, ...files});
      const rules: Linter.RulesRecord = {'use-server/no-unused-exports': ['error', option]};
      const options = {cwd, filename: join(cwd, file), rules};
      return places(code, lintWith('ESLint 10 with typescript-eslint', code, options));
    }

    /** A default export is reported where its function begins. */
    const LIST = 'async function list() {';
    const ALL = ['save', 'remove', LIST];

    test('reports every export of a module that no file imports', () => {
      expect(unused({'src/page.js': `import './other.js';`})).toEqual(ALL);
    });

    test.each([
      ['an import', `import list, {save, remove as drop} from './actions.js';`],
      [
        'an import of several lines with comments',
        `import list, {\n  save, // one\n  /* two */ remove,\n} from "./actions.js";`,
      ],
      [
        'an import after others',
        `import a from 'a';\nimport {default as l, save, remove} from './actions.js';`,
      ],
      ['an import without its ending', `import list, {save, remove} from './actions';`],
      ['an export from it', `export {default, save, remove} from './actions.js';`],
      ['a namespace', `import * as actions from './actions.js';`],
      ['an export of all', `export * from './actions.js';`],
      ['an import() ', `const actions = await import(/* webpackChunkName: "a" */ './actions.js');`],
      ['a require', `const actions = require('./actions.js');`],
    ])('counts %s', (_, text) => {
      expect(unused({'src/page.js': text})).toEqual([]);
    });

    test.each([
      [
        'TypeScript',
        'src/page.tsx',
        `import type {A} from './a';\nimport list, {save, type B, remove} from './actions';`,
      ],
      ['MDX', 'docs/page.mdx', `# Notes\n\nimport list, {save, remove} from '../src/actions.js'\n`],
      ['Vue', 'src/page.vue', `<script>import list, {save, remove} from './actions.js'</script>`],
    ])('counts imports in %s', (_, file, text) => {
      expect(unused({[file]: text})).toEqual([]);
    });

    test('counts the names that are imported, each for itself', () => {
      const files = {
        'src/a.js': `import {save} from './actions.js';`,
        'src/b.js': `import {save} from './b.js';`,
      };
      expect(unused(files)).toEqual(['remove', LIST]);
    });

    test('does not count imports of another module of the same name', () => {
      const page = `import list, {save, remove} from './actions.js';`;
      expect(unused({'src/notes/page.js': page, 'src/notes/actions.js': ''})).toEqual(ALL);
    });

    test('does not count what the module itself and tests import', () => {
      const code = `${ACTIONS}\nimport {save as other} from './actions.js';`;
      const files = {'src/actions.test.js': `import list, {save, remove} from './actions.js';`};
      expect(unused(files, {code})).toEqual(ALL);
    });

    test.each([
      ['a folder', {'src/page.js': `import list, {save, remove} from './notes';`}],
      ['the folder above', {'src/notes/page.js': `import list, {save, remove} from '.';`}],
    ])('counts imports of an index by %s', (_, files) => {
      expect(unused(files, {file: 'src/notes/index.js'})).toEqual([]);
    });

    test('counts imports by the paths of tsconfig.json and the imports of package.json', () => {
      const tsconfig = '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}';
      const manifest = '{"imports": {"#server": "./src/actions.js"}}';
      const files = {
        'tsconfig.json': tsconfig,
        'package.json': manifest,
        'src/page.ts': `import {save} from '@/actions';\nimport {remove} from '#server';`,
      };
      expect(unused(files)).toEqual([LIST]);
    });

    test('counts imports where tsconfig.json extends what is not installed', () => {
      const files = {
        'tsconfig.json': '{"extends": "missing/base.json"}',
        'src/page.ts': `import {save} from './actions';`,
        'src/a.ts': `import {remove} from './other';`,
      };
      expect(unused(files)).toEqual(['remove', LIST]);
    });

    test('counts what only webpack can resolve, by its names', () => {
      expect(unused({'src/page.js': `import {save} from 'app-server';`})).toEqual(['remove', LIST]);
      expect(unused({'src/page.js': `import * as all from '~/actions';`})).toEqual([]);
    });

    test('does not count names that are imported from packages', () => {
      expect(
        unused({'src/page.js': `import {save, remove} from 'webpack'; import list from 'zod';`}),
      ).toEqual(ALL);
    });

    test('searches only where it is told to', () => {
      const files = {
        'app/a.js': `import {save} from '../src/actions.js';`,
        'old/b.js': `import {remove} from '../src/actions.js';`,
      };
      expect(unused(files)).toEqual([LIST]);
      expect(unused(files, {option: {include: ['app/**']}})).toEqual(['remove', LIST]);
      expect(unused(files, {option: {exclude: ['app/**']}})).toEqual(['save', LIST]);
    });

    test('reports the names behind an export *, and exports of CommonJS', () => {
      const files = {'src/notes.js': 'export async function save() {}'};
      expect(unused(files, {code: `'use server';\nexport * from './notes.js';`})).toEqual([
        `export * from './notes.js';`,
      ]);
      const code = `'use server';\nexports.save = async () => {};`;
      expect(unused({}, {code, file: 'src/actions.cjs'})).toEqual(['exports.save']);
    });

    test.each([
      ['an ordinary module', `export async function save() {}`],
      [
        'inline server functions',
        `export function Page() { return async () => { 'use server'; }; }`,
      ],
    ])('has nothing to say of %s', (_, code) => {
      expect(unused({}, {code})).toEqual([]);
    });

    test('has nothing to say of a file that is not saved yet', () => {
      const cwd = writeProject(`unused-${projects++}`, {});
      const rules: Linter.RulesRecord = {'use-server/no-unused-exports': 'error'};
      expect(lintWith('ESLint 10', ACTIONS, {cwd, filename: join(cwd, 'new.js'), rules})).toEqual(
        [],
      );
    });

    test('looks again after a while', () => {
      const page = `import list, {save, remove} from './actions.js';`;
      const cwd = writeProject(`unused-${projects++}`, {
        'src/actions.js': ACTIONS,
        'src/page.js': page,
      });
      const rules: Linter.RulesRecord = {'use-server/no-unused-exports': 'error'};
      const options = {cwd, filename: join(cwd, 'src/actions.js'), rules};
      const find = () => places(ACTIONS, lintWith('ESLint 10', ACTIONS, options));
      const now = jest.spyOn(performance, 'now');
      now.mockReturnValue(1_000_000);
      expect(find()).toEqual([]);
      rmSync(join(cwd, 'src/page.js'));
      now.mockReturnValue(1_001_000);
      expect(find()).toEqual([]);
      now.mockReturnValue(1_003_000);
      expect(find()).toEqual(ALL);
      now.mockRestore();
    });
  });
}
