import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';
import {createUseServer} from 'use-server-webpack-plugin';
import {developmentServer} from 'use-server-webpack-plugin/development';
import webpack from 'webpack';
import webpackDevMiddleware from 'webpack-dev-middleware';
import {runCases} from '../support/cases.mjs';

const folder = fileURLToPath(new URL('../../.cache/development-tests/cases', import.meta.url));
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
writeFileSync(`${folder}/package.json`, '{"type": "commonjs"}');
for (const name of ['first', 'second']) {
  writeFileSync(
    `${folder}/${name}.js`,
    `require('node:http').createServer((request, response) => response.end('${name}')).listen(process.env.PORT);`,
  );
}
writeFileSync(`${folder}/nothing.js`, '');

function serverConfig(entry, name = 'server') {
  return {
    name,
    context: folder,
    mode: 'development',
    target: 'node',
    entry,
    output: {path: `${folder}/dist/${name}`},
    plugins: [createUseServer().server],
    infrastructureLogging: {level: 'none'},
  };
}

const compile = (...configs) => webpack(configs);
const one = () => compile(serverConfig('./first.js'));

const watch = (compiler) => compiler.watch({}, () => {});

/** What the server answers to one request while webpack watches. */
async function answer(entry, options, headers = {}, start = watch) {
  const compiler = compile(serverConfig(entry));
  const server = createServer(developmentServer(compiler, options)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const watching = start(compiler);
  try {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, {headers});
    return {
      status: response.status,
      type: response.headers.get('Content-Type'),
      text: await response.text(),
    };
  } finally {
    await new Promise((fulfil) => watching.close(fulfil));
    server.closeAllConnections();
    server.close();
  }
}

await runCases({
  async 'the only entry is the server'() {
    const {status, text} = await answer('./first.js');
    assert.deepEqual({status, text}, {status: 200, text: 'first'});
  },
  async 'of several entries, the option chooses the server'() {
    const entry = {first: './first.js', second: './second.js'};
    assert.equal((await answer(entry, {entry: 'second'})).text, 'second');
  },
  async 'of several entries, one has to be chosen'() {
    const {status, type, text} = await answer({first: './first.js', second: './second.js'});
    assert.deepEqual({status, type}, {status: 500, type: 'text/plain; charset=utf-8'});
    assert.match(text, /Its option "entry" must be one of: first, second\.$/);
  },
  async 'a bundle that a dev server keeps in memory is not started, nor an older one in its place'() {
    mkdirSync(`${folder}/dist/server`, {recursive: true});
    writeFileSync(`${folder}/dist/server/memory.js`, 'throw new Error("an old bundle")');
    const {status, text} = await answer({memory: './second.js'}, {}, {}, (compiler) =>
      webpackDevMiddleware(compiler, {stats: false}),
    );
    assert.equal(status, 500);
    assert.match(
      text,
      /memory\.js is not on the disk.* Add "devServer: false" to the server config/,
    );
  },
  async 'a server that ends instead of listening is an error'() {
    const {status, text} = await answer('./nothing.js');
    assert.equal(status, 500);
    assert.match(text, /^The server has ended: exit code 0\n.*listens on the port in .* PORT/s);
  },
  async 'a build that a plugin ends is an error'() {
    const {status, text} = await answer('./first.js', {}, {}, (compiler) => {
      compiler.compilers[0].hooks.emit.tap('test', () => {
        throw new Error('No space left');
      });
      return watch(compiler);
    });
    assert.equal(status, 500);
    assert.match(text, /^The build has failed\n\nError: No space left/);
  },
  async 'a browser that asks for a page gets the error as a page, with its text escaped'() {
    writeFileSync(`${folder}/failing.js`, `throw new Error('<script>alert(1)</script> & more');`);
    const {status, type, text} = await answer('./failing.js', {}, {Accept: 'text/html,*/*'});
    assert.deepEqual({status, type}, {status: 500, type: 'text/html; charset=utf-8'});
    assert.match(text, /Error: &lt;script>alert\(1\)&lt;\/script> &amp; more/);
    assert.doesNotMatch(text, /<script>alert/);
  },
  async 'arguments of Node reach the process of the server'() {
    writeFileSync(
      `${folder}/title.js`,
      `require('node:http').createServer((_, response) => response.end(process.title)).listen(process.env.PORT);`,
    );
    const {text} = await answer('./title.js', {execArgv: ['--title=chosen']});
    assert.equal(text, 'chosen');
  },
  'an option that does not exist is refused'() {
    assert.throws(() => developmentServer(one(), {entries: 'a'}), {
      name: 'TypeError',
      message:
        'developmentServer has no option "entries". There are: entry, execArgv, allowedHosts.',
    });
  },
  'options of the wrong type are refused'() {
    assert.throws(() => developmentServer(one(), {entry: 1}), /"entry" .* must be the name/);
    assert.throws(() => developmentServer(one(), {execArgv: '--inspect'}), /must be an array/);
  },
  'a compiler without a server config is refused'() {
    const {name, context, mode, entry} = serverConfig('./first.js');
    assert.throws(
      () => developmentServer(compile({name, context, mode, entry})),
      /no config has the "server" plugin/,
    );
  },
  'a compiler with two server configs is refused'() {
    assert.throws(
      () =>
        developmentServer(compile(serverConfig('./first.js'), serverConfig('./second.js', 'b'))),
      /2 configs have the "server" plugin/,
    );
  },
});
