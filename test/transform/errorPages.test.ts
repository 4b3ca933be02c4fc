import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Every code that the compiler reports, as it stands in its source. */
function reportedCodes(): string[] {
  const folder = `${repository}src/transform/`;
  const source = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(folder + file, 'utf8'))
    .join('\n');
  const calls = source.matchAll(/(?:\.error|\.warning|refuse)\(\s*'([a-z-]+)'/g);
  return [...new Set([...calls].map(([, code]) => code!))].sort();
}

test('docs/errors.md has a section for every code that the compiler reports, and no other', () => {
  const page = readFileSync(`${repository}docs/errors.md`, 'utf8');
  const sections = [...page.matchAll(/^## (\S+)$/gm)].map(([, title]) => title!);
  expect(reportedCodes().length).toBeGreaterThan(15);
  expect(sections.sort()).toEqual(reportedCodes());
});
