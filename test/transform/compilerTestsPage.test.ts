import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {format, resolveConfig} from 'prettier';
import {refusals} from './support/refusals.ts';

const page = fileURLToPath(new URL('../../docs/compiler-tests.md', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

const PROGRAMS = `# What the compiler is tested with

The tests of the compiler write this page: \`UPDATE_DOCS=1 npx jest test/transform/compilerTestsPage\`. What the
results mean for your code is in [what of a program travels](language.md).

## Programs

Each of these programs (\`test/transform/programs/\`) is run as it is written; compiled, called in the same
process; compiled, called over React's wire with encrypted captures; and compiled after another tool, with
hashed ids. All give the same results. Besides, random programs are compared in the same way
(\`test/transform/properties/\`).

`;

const REFUSED = `
## Refused

Each of these is an error at build time, with its place and what to write instead ([errors](errors.md)):

`;

async function expectedPage(): Promise<string> {
  const names = readdirSync(programs).map((file) =>
    file.replace(/\.\w+$/, '').replaceAll('-', ' '),
  );
  const text = [
    PROGRAMS,
    ...[...new Set(names)].sort().map((name) => `- ${name}\n`),
    REFUSED,
    ...refusals.map(({title, code}) => `- ${title} ([${code}](errors.md#${code}))\n`),
  ].join('');
  return format(text, {...(await resolveConfig(page)), filepath: page});
}

test('docs/compiler-tests.md lists the programs and refusals that are tested', async () => {
  const expected = await expectedPage();
  if (process.env.UPDATE_DOCS) writeFileSync(page, expected);
  expect(readFileSync(page, 'utf8')).toBe(expected);
});
