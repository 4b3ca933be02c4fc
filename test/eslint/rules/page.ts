import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import useServer from 'use-server-webpack-plugin/eslint';
import {lint} from '../support/lint.ts';
import {writeProject} from '../support/project.ts';

export function testPage(): void {
  describe('docs/eslint.md', () => {
    const page = readFileSync(
      fileURLToPath(new URL('../../../docs/eslint.md', import.meta.url)),
      'utf8',
    );

    interface Section {
      rule: string;
      wrong: string;
      right: string;
      /** Other files that it shows, by path. */
      files: Record<string, string>;
    }

    /** The sections of the page with their code, which a comment in its first line tells apart. */
    const sections = page
      .split(/^## /m)
      .slice(1)
      .map((text): Section => {
        const blocks = new Map(
          [...text.matchAll(/^```jsx?\n\/\/ (.+)\n([^]*?)^```/gm)].map(([, title, code]) => [
            title!,
            code!,
          ]),
        );
        const [wrong, right] = [blocks.get('Wrong')!, blocks.get('Right')!];
        blocks.delete('Wrong');
        blocks.delete('Right');
        return {
          rule: text.slice(0, text.indexOf('\n')),
          wrong,
          right,
          files: Object.fromEntries(blocks),
        };
      });

    test('docs/eslint.md has a section for every rule', () => {
      expect(sections.map(({rule}) => rule).sort()).toEqual(Object.keys(useServer.rules).sort());
    });

    test('the table of docs/eslint.md says what the configs do', () => {
      const rows = [...page.matchAll(/^\| \[`([\w-]+)`\]\(#\1\) +\| (\w+) +\| (\w+) +\|$/gm)];
      const {recommended, strict} = useServer.configs;
      const documented = rows.map(([, rule, first, second]) => [rule, first, second]);
      expect(documented).toEqual(
        Object.keys(useServer.rules).map((rule) => [
          rule,
          recommended.rules[`use-server/${rule}`] ?? 'off',
          strict.rules[`use-server/${rule}`],
        ]),
      );
    });

    describe.each(sections)('the section on $rule', ({rule, wrong, right, files}) => {
      const cwd = writeProject(`docs-${rule}`, {
        // What examples import.
        'src/actions.js': `'use server';\nexport async function listGuests() {}\nexport async function save() {}`,
        ...files,
      });
      const isAboutActions = rule === 'no-unused-exports';
      const options = {
        cwd,
        filename: join(cwd, isAboutActions ? 'src/actions.js' : 'src/Example.jsx'),
      };
      const rules = {...useServer.configs.strict.rules};
      // The examples of the others are imported by no file.
      if (!isAboutActions) delete rules['use-server/no-unused-exports'];

      test('shows code that the rule reports, and no other', () => {
        const found = lint(wrong, {...options, rules}).map(({ruleId}) => ruleId);
        expect(found.length).toBeGreaterThan(0);
        expect(new Set(found)).toEqual(new Set([`use-server/${rule}`]));
      });

      test('shows code that all rules accept', () => {
        expect(lint(right, {...options, rules})).toEqual([]);
      });
    });
  });
}
