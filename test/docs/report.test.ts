import {execFile} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {format, resolveConfig} from 'prettier';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const file = `${repository}docs/report.md`;

/** What the command prints for the notes example, as a block of the page. */
async function blockOf(): Promise<string> {
  const {stdout} = await promisify(execFile)(
    process.execPath,
    [`${repository}dist/src/cli/bin.js`, 'report', '-c', 'plain-node/webpack.config.js'],
    {
      cwd: `${repository}examples/notes`,
      env: {...process.env, NODE_OPTIONS: '', NODE_ENV: 'development'},
    },
  );
  return `\`\`\`text\n${stdout.trim()}\n\`\`\``;
}

test('docs/report.md has the report of the notes example (UPDATE_DOCS=1 writes it)', async () => {
  const page = readFileSync(file, 'utf8');
  const [, before, after] =
    /^([^]*<!-- report of examples\/notes -->\n\n)[^]*?(\n\n<!-- end -->[^]*)$/.exec(page)!;
  const expected = await format(`${before}${await blockOf()}${after}`, {
    ...(await resolveConfig(file)),
    filepath: file,
  });
  if (process.env['UPDATE_DOCS']) writeFileSync(file, expected);
  expect(readFileSync(file, 'utf8')).toBe(expected);
});
