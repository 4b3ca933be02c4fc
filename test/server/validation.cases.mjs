// The code of docs/validation.md, with a real schema library, called as a client would.
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import * as client from 'react-server-dom-webpack/client.edge';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {transform} from 'use-server-webpack-plugin/transform';
import {runCases} from '../support/cases.mjs';
import {callRequest, readResult} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const root = fileURLToPath(new URL(`../../.cache/validation/${process.pid}/`, import.meta.url));
process.on('exit', () => rmSync(root, {recursive: true, force: true}));
const page = readFileSync(new URL('../../docs/validation.md', import.meta.url), 'utf8');
const files = [...page.matchAll(/```js\n\/\/ (src\/\S+)\n(.*?)```/gs)];
assert.deepEqual(
  files.map(([, path]) => path),
  ['src/validated.js', 'src/actions.js', 'src/Page.js'],
);

mkdirSync(`${root}src`, {recursive: true});
writeFileSync(`${root}package.json`, '{"type": "module"}');
const manifest = {};
for (const [, path, source] of files) {
  const compiled = transform(source, {filename: root + path, root, target: 'server'});
  writeFileSync(root + path, compiled?.code ?? source);
  for (const {id, exportName: name} of compiled?.serverReferences ?? []) {
    manifest[id] = {id: path, chunks: [], name, async: true};
  }
}
const errors = [];
const onError = (error) => void errors.push(error.message);
const handle = createHandler({manifest, root, onError});
const call = async (id, ...args) => handle(await callRequest(id, args));
const rename = (...args) => call('src/actions.js#rename', ...args);

await runCases({
  'the browser gets a reference, and neither the schema nor its library'() {
    const [, path, source] = files[1];
    const stub = transform(source, {filename: root + path, root, target: 'client'});
    assert.deepEqual(stub.diagnostics, []);
    assert.match(stub.code, /src\/actions\.js#rename/);
    assert.doesNotMatch(stub.code, /zod|positive|validated/);
  },
  async 'arguments that the schema takes arrive, as it makes them'() {
    const response = await rename({id: 1, title: '  First ', extra: 'dropped'}, 'dropped');
    assert.equal(await readResult(response), '1 is called First');
    assert.deepEqual(errors, []);
  },
  async 'everything else is refused before the function, and onError says what'() {
    const wrong = [
      [],
      [null],
      [{id: 1}],
      [{id: -1, title: 'x'}],
      [{id: '1', title: 'x'}],
      [{id: 1, title: ' '}],
      [{id: 1, title: 'x'.repeat(101)}],
      [{id: 1, title: {toString: 'x'}}],
      [[1, 'x']],
      [new Map([['id', 1]])],
      [Promise.resolve({id: 1, title: 'x'})],
      [client.createServerReference(Object.keys(manifest)[0])],
    ];
    for (const args of wrong) {
      const response = await rename(...args);
      assert.equal(response.status, 500);
      await response.text();
      assert.match(errors.splice(0).join(), /^Invalid arguments\. /);
    }
    await rename({id: 1, title: ''});
    assert.match(errors.splice(0)[0], /title: /);
  },
  async 'an inline function validates its argument, beside what it captured'() {
    const {Page} = await import(pathToFileURL(`${root}src/Page.js`).href);
    const reference = Page({note: {id: 7}});
    const stream = renderToReadableStream(reference, {}, {filterStackFrame: () => false});
    const [, token] = /"([\w-]{60,})"/.exec(await new Response(stream).text());
    assert.equal(await readResult(await call(reference.$$id, token, 'New')), '7 is called New');
    const response = await call(reference.$$id, token, 8);
    assert.equal(response.status, 500);
    assert.match(errors.splice(0)[0], /^Invalid arguments\. argument: /);
  },
});
