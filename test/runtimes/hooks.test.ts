import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runtimes} from './support/runtimes.ts';

// Below the repository, where the package is found by its name.
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
mkdirSync(cache, {recursive: true});

describe.each(runtimes)('on $name', ({name, command}) => {
  const declare = command === null ? test.skip : test;

  declare.each(['register', 'loader'])(
    'the Node hooks of /%s say what to do instead',
    async (entry) => {
      const script = join(mkdtempSync(join(cache, 'hooks-')), 'main.mjs');
      writeFileSync(
        script,
        `await import('use-server-webpack-plugin/${entry}').then(
         () => console.log('loaded'),
         (error) => console.log(error.message),
       );`,
      );
      const [program, ...flags] = command!;
      const args = [...flags, '--conditions=react-server', script];
      const stdout = await new Promise<string>((fulfil, reject) => {
        execFile(program, args, (error, text) => (error ? reject(error) : fulfil(text)));
      });

      expect(stdout).toMatch(
        new RegExp(
          `^The hooks of use-server-webpack-plugin .* work in Node only, but this is ${name} \\d+\\..*createUseServer\\(\\).*${name.toLowerCase()} .*dist/server\\.cjs\\n`,
        ),
      );
      expect(stdout).toContain('docs/bundled-server.md#bun-and-deno');
    },
  );
});

test('the section to which the error leads is there', () => {
  const page = fileURLToPath(new URL('../../docs/bundled-server.md', import.meta.url));
  expect(readFileSync(page, 'utf8')).toMatch(/^## Bun and Deno$/m);
});
