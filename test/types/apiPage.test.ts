import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {runNode} from '../support/runNode.ts';

const file = fileURLToPath(new URL('../../docs/api.md', import.meta.url));
const script = fileURLToPath(new URL('support/apiPage.mjs', import.meta.url));

const {stdout, stderr} = await runNode(script, {reactServer: false});
if (stdout === '') throw new Error(stderr);
const {page, problems} = JSON.parse(stdout) as {page: string; problems: string[]};

test('every export, member and parameter has a description, and every type that they name is exported', () => {
  expect(problems).toEqual([]);
});

test('docs/api.md is what the declaration files say (UPDATE_DOCS=1 writes it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});
