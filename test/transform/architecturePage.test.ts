import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

test('docs/architecture.md names every file of the compiler once', () => {
  const page = readFileSync(`${repository}docs/architecture.md`, 'utf8');
  const map = page.slice(page.indexOf('src/transform/'), page.indexOf('src/references/'));
  const named = [...map.matchAll(/\w+\.ts\b/g)].map(([name]) => name);
  const files = readdirSync(`${repository}src/transform`, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file));
  expect(named.sort()).toEqual(files.sort());
});
