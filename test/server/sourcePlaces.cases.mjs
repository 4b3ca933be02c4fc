// Where errors come from in the sources: of what the Node hooks compile, and of bundles.
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {transformSync} from 'esbuild';
import webpack from 'webpack';
import {findSourcePlace} from '../../dist/src/sourcePlaces/index.js';
import {runCases} from '../support/cases.mjs';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'places-')));
process.chdir(root);
const require = createRequire(join(root, 'index.js'));

const write = (path, text) => {
  mkdirSync(join(root, path, '..'), {recursive: true});
  writeFileSync(join(root, path), text);
  return join(root, path);
};
write('package.json', '{"type": "module"}');
const load = (file) => import(pathToFileURL(file).href);
const thrown = (run) =>
  Promise.resolve()
    .then(run)
    .then(assert.fail, (error) => error);

/** The line that is marked, and what is at the column of the place. */
function assertPlace(place, file, text, at) {
  assert.equal(place.own.file, file);
  assert.equal(place.own.isOwn, true);
  const line = text.split('\n')[place.own.line - 1];
  const found = line.slice(place.own.column - 1).trimStart();
  assert.ok(found.startsWith(at), `${line} at ${place.own.column}`);
  const lines = place.codeFrame.split('\n');
  const marked = lines.findIndex((one) => one.startsWith(`> ${place.own.line} | ${line}`));
  assert.ok(lines[marked].slice(lines[marked + 1].indexOf('^')).startsWith(at), place.codeFrame);
}

await runCases({
  async 'an inline server function that a request runs leads to the function that was written'() {
    const source = `export function Page({title}) {
  async function save() {
    'use server';
    await null;
    throw new TypeError(title);
  }
  return save;
}
`;
    const {$$Page$save} = await load(write('src/Page.js', source));
    const {OpenedCaptures} = await import('../../dist/src/server/captures/sealedExports.js');
    const error = await thrown(() => $$Page$save(new OpenedCaptures(['no'])));
    assert.equal(error.message, 'no');
    assertPlace(findSourcePlace(error), 'src/Page.js', source, 'new TypeError');
  },
  async 'a module that another tool has compiled leads through its source map'() {
    const source = `interface Shape {
  area: number;
}

export function fail(shape: Shape): void {
  throw new RangeError(String(shape.area));
}
`;
    const options = {loader: 'ts', sourcemap: 'inline', sourcefile: 'shape.ts'};
    write('src/shape.ts', source);
    const {fail} = await load(write('src/shape.js', transformSync(source, options).code));
    const place = findSourcePlace(await thrown(() => fail({area: 1})));
    assertPlace(place, 'src/shape.ts', source, 'new RangeError');
  },
  async 'a bundle of webpack leads to its modules'() {
    const source = `// A comment that moves the code.
export function fail() {
  throw new SyntaxError('in a bundle');
}
`;
    write('src/bundled.js', source);
    write('src/entry.js', "export {fail} from './bundled.js';");
    const stats = await promisify(webpack)({
      context: root,
      mode: 'development',
      target: 'node',
      devtool: 'source-map',
      entry: './src/entry.js',
      output: {path: join(root, 'out'), filename: 'main.cjs', library: {type: 'commonjs2'}},
    });
    assert.ok(!stats.hasErrors(), stats.toString());
    const {fail} = require('./out/main.cjs');
    assertPlace(findSourcePlace(await thrown(fail)), 'src/bundled.js', source, 'throw new');
  },
  async 'frames of packages, Node and this package are not the own code of the app'() {
    const file = write('node_modules/pack/index.js', 'export const run = (work) => work();');
    write('node_modules/pack/package.json', '{"type": "module"}');
    const {run} = await load(file);
    const place = findSourcePlace(await thrown(() => run(() => JSON.parse('{'))));
    assert.ok(place.frames.some((frame) => frame.file === 'node_modules/pack/index.js'));
    assert.ok(place.frames.every((frame) => !frame.file.includes('node_modules') || !frame.isOwn));
    assert.match(place.own.path, /sourcePlaces\.cases\.mjs$/);
  },
  'no file is read for lines that may have come with a request'() {
    const secret = write('src/secret.js', 'export const KEY = "hidden";\n');
    const sent = `no\n    at open (${secret}:1:1)\n    at read (/dev/zero:1:1)`;
    // Node writes the stack when it is asked for it first.
    const changedTo = (message) => {
      const error = new Error(sent);
      assert.ok(error.stack.includes('secret.js'));
      return Object.assign(error, {message});
    };
    const [changed, emptied] = [changedTo('It did not work.'), changedTo('')];
    const answer = {message: 'of another server', stack: `Error: ${sent}`};
    for (const error of [changed, emptied, answer]) {
      const place = findSourcePlace(error);
      assert.equal(place.codeFrame, undefined);
      assert.ok(!JSON.stringify(place).includes('hidden'));
    }
    const place = findSourcePlace(new Error(sent));
    assert.match(place.own.path, /sourcePlaces\.cases\.mjs$/);
    assert.ok(place.frames.every(({file}) => !file.includes('secret')));
  },
  async 'an error that got its message later leads to its place'() {
    const source = `export function fail() {
  const error = new Error();
  error.message = 'later';
  throw error;
}
`;
    const {fail} = await load(write('src/later.js', source));
    assertPlace(findSourcePlace(await thrown(fail)), 'src/later.js', source, 'new Error');
  },
  'what has no stack has no place, and no Proxy is asked for one'() {
    let asked = 0;
    const trap = () => void asked++;
    const proxy = new Proxy(new Error(), {get: trap, getPrototypeOf: trap});
    const failing = Object.defineProperty({}, 'stack', {get: () => assert.fail()});
    for (const value of [undefined, null, 1, 'text', {}, {stack: 1}, proxy, failing]) {
      assert.equal(findSourcePlace(value), undefined);
    }
    assert.equal(asked, 0);
  },
});
