// Pages of one build that call functions of another, each compiled from its own source.
import assert from 'node:assert/strict';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {transform} from 'use-server-webpack-plugin/transform';
import {runCases} from '../support/cases.mjs';
import {callRequest, readResult} from './support/app.mjs';

const folder = fileURLToPath(new URL(`../../.cache/builds/${process.pid}/`, import.meta.url));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
let count = 0;

/** Compiles a page, whose server function is `save`, and gives what a server of this build has. */
async function build(source) {
  const root = `${folder}${count++}/`;
  mkdirSync(root, {recursive: true});
  const filename = `${root}Page.mjs`;
  const {code, serverReferences, diagnostics} = transform(source, {
    filename,
    root,
    target: 'server',
  });
  assert.deepEqual(diagnostics, []);
  writeFileSync(filename, code);
  const {Page} = await import(pathToFileURL(filename).href);
  const manifest = Object.fromEntries(
    serverReferences.map(({id, exportName: name}) => [
      id,
      {id: 'Page.mjs', chunks: [], name, async: true},
    ]),
  );
  const handle = createServerFunctionHandler({manifest, root, onError() {}});
  const [{id}] = serverReferences;
  return {
    /** The token in a page. */
    async render(...args) {
      const stream = renderToReadableStream(Page(...args), {}, {filterStackFrame: () => false});
      return /"([\w-]{60,})"/.exec(await new Response(stream).text())[1];
    },
    call: async (token) => handle(await callRequest(id, [token])),
  };
}

const page = (body, captured = 'note') => `
  export function Page(${captured}) {
    return async function save() { 'use server'; ${body} };
  }`;
const note = {id: 1, title: 'first', author: {name: 'Ada'}};

/** Calls a function of the second build with what the first one rendered. */
async function across(first, second) {
  const [older, newer] = [await build(first), await build(second)];
  return newer.call(await older.render(note, 'extra'));
}

async function assertOtherBuild(response) {
  assert.equal(response.headers.get('x-action-error'), 'other-build', await response.text());
  assert.equal(response.status, 409);
}

await runCases({
  async 'a function of the same name and captures is reached, whatever else is new in it'() {
    const same = page('return [note.id, note.title];');
    assert.deepEqual(await readResult(await across(same, same)), [1, 'first']);
    const other = page('const {length} = note.title; return {length, id: note.id};');
    const first = page('return note.title + note.id;');
    assert.deepEqual(await readResult(await across(first, other)), {length: 5, id: 1});
    const whole = page('return note;');
    const renamedAround = whole.replace('Page(note)', 'Page(note, added)');
    assert.deepEqual(await readResult(await across(whole, renamedAround)), note);
  },
  async 'one that captures something else is refused as of another build'() {
    const id = page('return note.id;');
    for (const other of [
      page('return note.title;'),
      page('return [note.id, note.title];'),
      page('return note;'),
      page('return note.author.id;'),
      page('return [note.id, extra];', 'note, extra'),
      page('return renamed.id;', 'renamed'),
      page("return note['id.x'];"),
    ]) {
      await assertOtherBuild(await across(id, other));
      await assertOtherBuild(await across(other, id));
    }
  },
  async 'in which order it uses them does not count'() {
    const first = page('return [note.id, extra, note.title];', 'note, extra');
    const second = page('return [extra, note.title, note.id];', 'note, extra');
    assert.deepEqual(await readResult(await across(first, second)), ['extra', 'first', 1]);
  },
});
