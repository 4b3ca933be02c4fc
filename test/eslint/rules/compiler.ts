import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {refusals} from '../../transform/support/refusals.ts';
import {lint, lintWith, places} from '../support/lint.ts';

export function testCompiler(): void {
  describe('compiler and compiler-warnings', () => {
    const rules = {'use-server/compiler': 'error', 'use-server/compiler-warnings': 'warn'} as const;

    /** Those that no parser of ESLint reads. */
    const readable = refusals.filter(({source, name = 'Page.tsx'}) => {
      try {
        lintWith('ESLint 10 with typescript-eslint', source, {
          filename: `/project/src/${name}`,
          rules: {},
        });
        return true;
      } catch {
        return false;
      }
    });

    test('most of what the compiler refuses can be read by ESLint', () => {
      expect(readable.length).toBeGreaterThan(refusals.length * 0.8);
    });

    test.each(readable)(
      'reports once, where it stands: $title',
      ({source, code, says, at, name}) => {
        const messages = lintWith('ESLint 10 with typescript-eslint', source, {
          filename: `/project/src/${name ?? 'Page.tsx'}`,
          rules,
        });
        expect(messages).toHaveLength(1);
        const [{ruleId, severity, message, line, column}] = messages as [(typeof messages)[number]];
        expect([ruleId, severity, `${line}:${column - 1}`]).toEqual([
          'use-server/compiler',
          2,
          at.slice(0, at.indexOf(' ')),
        ]);
        expect(message).toMatch(says);
        expect(message).toMatch(new RegExp(`\\(${code}\\)$`));
        expect(message).not.toMatch(/\n|\|/);
      },
    );

    test('says where the code ends, with every parser', () => {
      const code = `'use server';\nexport function save() {}\nexport const limit = 10;`;
      expect(places(code, lint(code, {rules}))).toEqual(['save', 'limit']);
    });

    test('reports warnings by a rule of their own', () => {
      const code = `export function Page({notes}) {
  return async function add(note) {
    'use server';
    notes.push(note);
  };
}`;
      const messages = lint(code, {rules});
      expect(places(code, messages)).toEqual(['notes']);
      expect(messages[0]).toMatchObject({ruleId: 'use-server/compiler-warnings', severity: 1});
      expect(lint(code, {rules: {'use-server/compiler': 'error'}})).toEqual([]);
    });

    test('reports a server function in a "use client" module once, though two graphs refuse it', () => {
      const code = `'use client';\nexport function Form() {\n  return async () => { 'use server'; };\n}`;
      expect(places(code, lint(code, {rules}))).toEqual([`'use server';`]);
    });

    test('accepts an inline server function where no "use client" says that it reaches the browser', () => {
      const code = `export const Page = (id) => async () => { 'use server'; return id; };`;
      expect(lint(code, {rules})).toEqual([]);
    });

    test('reads TypeScript, with and without JSX', () => {
      const code = `'use server';\nexport const save = <T,>(x: T) => x as T;`;
      for (const filename of ['/project/a.ts', '/project/a.tsx', '/project/a.mts']) {
        expect(places(code, lint(code, {rules, filename}))).toEqual(['save']);
      }
    });

    test('reads scripts and CommonJS', () => {
      const code = `'use server';\nexports.save = function () {};`;
      const messages = lintWith('ESLint 10', code, {rules, filename: '/project/a.cjs'});
      expect(messages).toHaveLength(1);
      expect(messages[0]!.message).toMatch(/\(not-async\)$/);
    });

    test('knows the names behind an export * by the files that are there', () => {
      const cwd = fileURLToPath(new URL('../../..', import.meta.url));
      const filename = join(cwd, 'src/transform/index.ts');
      const code = `'use server';\nexport * from './hash.ts';`;
      expect(lint(code, {rules, filename, cwd})).toEqual([]);
      const missing = `'use server';\nexport * from './missing.ts';`;
      expect(lint(missing, {rules, filename, cwd})[0]!.message).toMatch(/\(unknown-star-export\)$/);
    });

    test('is silenced by ordinary comments, and tells when one is not needed', () => {
      const code = `'use server';
// eslint-disable-next-line use-server/compiler
export const limit = 10;
// eslint-disable-next-line use-server/compiler
export async function save() {}`;
      expect(lint(code, {rules}).map(({line, message}) => [line, message])).toEqual([
        [4, expect.stringMatching(/^Unused eslint-disable directive/)],
      ]);
    });

    test('takes positions of a file with a byte order mark and Windows line ends', () => {
      const code = `\uFEFF'use server';\r\n\r\nexport const limit = 10;`;
      expect(lint(code, {rules})).toMatchObject([{line: 3, column: 14, endColumn: 19}]);
    });

    test('reads text without a file name', () => {
      const code = `'use server';\nexport const limit: number = 10;`;
      const messages = lintWith('ESLint 10 with typescript-eslint', code, {rules, filename: ''});
      expect(places(code, messages)).toEqual(['limit: number']);
    });

    test('leaves files alone that are no JavaScript', () => {
      const code = `'use server';\nexport const limit = 10;`;
      expect(lint(code, {rules, filename: '/project/page.vue'})).toEqual([]);
    });

    test('reads proposed syntax with the parser plugins of the settings', () => {
      const code = `'use server';\nexport const save = async () => do { 1 };`;
      const settings = {'use-server': {parserPlugins: ['doExpressions']}};
      const [problem] = lintWith('ESLint 9 with Babel', code, {rules});
      expect(problem!.message).toMatch(/Name it in the option "parserPlugins"\. \(syntax-error\)$/);
      expect(lintWith('ESLint 9 with Babel', code, {rules, settings})).toEqual([]);
    });

    test('refuses settings that do nothing', () => {
      const code = `'use server';\nexport async function save() {}`;
      expect(() => lint(code, {rules, settings: {'use-server': {root: 'src'}}})).toThrow(
        'settings["use-server"] in the ESLint config has an unknown member "root"',
      );
    });
  });
}
