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

/** Every code by which a call fails: those of the handler, and those that the client gives itself. */
function callCodes(): string[] {
  const read = (file: string) => readFileSync(`${repository}src/${file}`, 'utf8');
  const unions = read('references/protocol.ts').replace(/^[^]*?export type RefusalCode/, '');
  const thrown = readdirSync(`${repository}src/client`).map((file) => read(`client/${file}`));
  const literals = [
    ...unions.matchAll(/'([a-z-]+)'/g),
    ...thrown.join('\n').matchAll(/\bcode(?: =|:) '([a-z-]+)'/g),
  ];
  return [...new Set(literals.map(([, code]) => code!))].sort();
}

test('docs/errors.md has a section or a line for every code by which a call fails', () => {
  const page = readFileSync(`${repository}docs/errors.md`, 'utf8');
  const calls = page.slice(page.indexOf('## When a call fails'));
  const sections = [...calls.matchAll(/^### (\S+)$/gm)].map(([, title]) => title!);
  const missing = callCodes().filter((code) => !sections.includes(code));
  expect(callCodes().length).toBeGreaterThan(25);
  expect(missing.filter((code) => !calls.includes(`\`${code}\``))).toEqual([]);
  expect(
    sections.filter((section) => !callCodes().includes(section) && section !== 'unauthorized'),
  ).toEqual([]);
});

test('every refusal names a section of docs/errors.md in development', () => {
  const page = readFileSync(`${repository}docs/errors.md`, 'utf8');
  const advice = readFileSync(`${repository}src/errorReports/refusalAdvice.ts`, 'utf8');
  const codes = [...advice.matchAll(/^ {2}'([a-z-]+)':/gm)].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !page.includes(`\n### ${code}\n`))).toEqual([]);
});
