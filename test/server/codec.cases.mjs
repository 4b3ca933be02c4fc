// What comes back of captures is what was captured, or nothing is sent.
import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runInNewContext} from 'node:vm';
import {createElement, Fragment, isValidElement} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {array, asyncProperty, check, nat} from 'fast-check';
import {
  createClientModuleProxy,
  pickMembers,
  registerClientReference,
  registerInlineFunction,
} from 'use-server-webpack-plugin/runtime';
import {loadServerManifest} from 'use-server-webpack-plugin/server';
import {decryptCaptures, encryptCaptures} from '../../dist/src/server/captures/encryption.js';
import {runCases} from '../support/cases.mjs';
import {manifest, root} from './support/app.mjs';
import {id as inlineId, state} from './fixtures/app/src/inline.mjs';
import {randomValue} from './support/randomValue.mjs';
import {assertSame} from './support/sameValue.mjs';
import {unsendableValues} from './support/unsendableValues.mjs';
import {testSeed as seed} from '../support/seed.mjs';

const inlineEntry = {id: 'src/inline.mjs', chunks: [], name: '$$Page$save', async: true};
loadServerManifest({...manifest, [inlineId]: inlineEntry}, {root});
const actions = await import('./fixtures/app/src/actions.mjs');
const Button = registerClientReference(() => {}, 'src/Button.js', 'Button');
const Cjs = createClientModuleProxy('src/Cjs.cjs');
const id = 'src/Page.jsx#$$Page$save';
const functions = [actions.echo, actions.echo, Button, Cjs.Row];

const encode = async (values, names = '') => encryptCaptures(id, values, undefined, names);
const roundTrip = async (values) => decryptCaptures(id, await encode(values));
const refusal = async (values, names) =>
  encode(values, names).then(
    () => assert.fail('nothing was refused'),
    (error) => error,
  );
const flight = async (value) =>
  new Response(renderToReadableStream(value, {}, {filterStackFrame: () => false})).text();
/** An inline server function with captures, as compiled code registers it. */
const inline = (captures, names) =>
  registerInlineFunction(async () => {}, inlineId, null, 'save', captures, undefined, names);

const numRuns = Number(process.env['TEST_RUNS'] ?? 150);
const numbers = array(nat(2 ** 20), {minLength: 5, maxLength: 150, size: 'max'});
const AsyncFunction = (async () => {}).constructor;

/** Numbers of fast-check, and zeros when they are used up. */
function chooser(chosen) {
  let next = 0;
  return (count) => (chosen[next++] ?? 0) % count;
}

async function forAll(property) {
  const result = await check(asyncProperty(numbers, property), {seed, numRuns});
  if (result.failed) {
    assert.fail(`seed ${seed}: ${String(result.counterexample)}\n${result.errorInstance?.stack}`);
  }
}

/** Puts a value somewhere into one of these objects. */
function hide(value, objects, choose) {
  const holder = objects[choose(objects.length)];
  const ways = [
    () => void (holder.hidden = value),
    () => void objects.push({list: [1, value]}),
    () => void objects.push(new Map([['key', {value}]])),
    () => void objects.push(new Map([[{}, value]])),
    () => void objects.push(new Set([[value]])),
    () => void objects.push(Promise.resolve({value})),
    () => void objects.push(actions.echo.bind(null, 'first', value)),
    () => void objects.push(createElement('p', {'data-value': value})),
    () => void objects.push({[Symbol.for('key')]: value}),
    () => void objects.push(Object.assign(new Error('e', {cause: value}))),
  ];
  const canHold = Object.isExtensible(holder) && !('$$typeof' in holder);
  ways[canHold && !('hidden' in holder) && holder.constructor === Object ? 0 : 1 + choose(9)]();
}

await runCases({
  async 'values of every kind, holding each other at random, come back equal'() {
    await forAll(async (chosen) => {
      const value = randomValue(chooser(chosen), functions);
      await assertSame(await roundTrip(value), value);
    });
  },
  async 'what cannot come back equal is refused wherever it is, and the error says how to write it'() {
    await forAll(async (chosen) => {
      const choose = chooser(chosen);
      const values = randomValue(choose, functions).filter(
        (value) => typeof value === 'object' && value !== null,
      );
      const [value, what] = unsendableValues[choose(unsendableValues.length)];
      hide(value, values, choose);
      const names = values.map((_, index) => `v${index}`);
      const {name, message} = await refusal(values, names.join());
      assert.equal(name, 'UnserializableCapturesError');
      assert.match(message, what);
      const [, path] = /captures `(.*?)`, which/.exec(message);
      const found = await new AsyncFunction(...names, `return [${path}]`)(...values);
      assert.ok(Object.is(found[0], value), message);
    });
  },
  async 'each of these values is refused, with what it is'() {
    for (const [value, what] of unsendableValues) {
      const {message} = await refusal([{file: value}], 'note');
      assert.match(message, what);
      assert.match(message, /captures `note\.file`/);
    }
  },
  async 'what is lost of a member, or computed by a getter, is refused with the name of the member'() {
    /** @type {[unknown, string, RegExp][]} */
    const cases = [
      [Object.defineProperty({}, 'x', {get: () => 1, enumerable: true}), 'v.x', /a getter/],
      [Object.defineProperty([], 'x', {get: () => 1}), 'v.x', /a getter/],
      [Object.assign(new URL('https://a.b/'), {x: 1}), 'v', /members of its own/],
      [Object.assign(new Uint8Array(2), {x: 1}), 'v', /members of its own/],
      [Object.assign(Buffer.from('x'), {x: 1}), 'v', /members of its own/],
      [Object.assign(new ArrayBuffer(1), {x: 1}), 'v', /members of its own/],
      [Object.assign(new File([], 'x'), {x: 1}), 'v', /members of its own/],
      [{then() {}}, 'v.then', /a function/],
      [Object.assign(/a/, {exec: () => null}), 'v.exec', /a function/],
    ];
    for (const [value, path, what] of cases) {
      const {message} = await refusal([value], 'v');
      assert.ok(message.includes(`\`${path}\``), message);
      assert.match(message, what);
    }
  },
  async 'the error names the function, what to capture instead, and what is captured by a captured function'() {
    class Note {
      id = 7;
    }
    const {message} = await refusal([{file: new Note()}], 'note');
    assert.equal(
      message,
      `The server function ${id} captures \`note.file\`, which is an instance of the class Note, and would not come back as it is. Capture \`note.file.id\` instead, or get it inside the function.`,
    );
    const save = inline(() => [1, {n: new Note()}], 'first,second');
    assert.match((await refusal([{save}], 'props')).message, /captures `second in props\.save\.n`/);
  },
  async 'the error tells a member that says something, or a method that gives a string'() {
    class AppError extends Error {}
    class User {
      password = 'secret';
      id = 1;
    }
    class Decimal {
      s = 1;
      toString() {
        return '1.5';
      }
    }
    class Session {
      password = 'secret';
    }
    const advice = async (value) =>
      /Capture (.*) instead/.exec((await refusal([value], 'v')).message)[1];
    assert.equal(await advice(new AppError('no rows')), '`v.message`');
    assert.equal(await advice(new User()), '`v.id`');
    assert.equal(await advice({price: new Decimal()}), 'the value of `v.price.toString()`');
    assert.equal(await advice(new Session()), 'plain data');
    assert.equal(await advice(new Proxy({id: 1}, {})), 'plain data');
  },
  async 'the error names what memory a view has, the key of a member, and what is nested too deeply'() {
    const names = async (value) =>
      /captures `(.*?)`, which/.exec((await refusal([value], 'v')).message)[1];
    assert.equal(await names([new Uint8Array(new SharedArrayBuffer(4))]), 'v[0].buffer');
    assert.equal(await names({a: {[Symbol('own')]: 1}}), 'Object.getOwnPropertySymbols(v.a)[0]');
    let deep = {};
    for (let depth = 0; depth < 20_000; depth++) deep = {deep};
    const path = await names({nothing: undefined, deep});
    assert.match(path, /^v(?:\.deep){30,}/);
    assert.ok(path.length < 250);
  },
  async 'a file that cannot be read any more is refused with its name'() {
    const {openAsBlob} = await import('node:fs');
    const folder = await mkdtemp(join(tmpdir(), 'captures-'));
    const path = join(folder, 'file.txt');
    await writeFile(path, 'before');
    const file = await openAsBlob(path);
    await writeFile(path, 'after, and longer');
    const {message} = await refusal([{file}], 'v');
    assert.match(
      message,
      /captures `v\.file`, which is an instance of the class (Transferable)?Blob, which cannot be read/,
    );
    await rm(folder, {recursive: true});
  },
  async 'what only looks like an element, or like a lazy one, is an object with all its members'() {
    const values = ['react.transitional.element', 'react.lazy', 'react.memo'].map((name) => ({
      ...{$$typeof: Symbol.for(name), type: 'a', key: null, props: {}, _payload: {}, extra: 1},
    }));
    await assertSame(await roundTrip(values), values);
    const [element] = values;
    element.extra = () => {};
    assert.match((await refusal([element], 'v')).message, /`v\.extra`, which is a function/);
  },
  async 'a bound function and a promise are not sent without the members that they have been given'() {
    const withMember = (value) => Object.assign(value, {schema: {}});
    const bound = withMember(actions.echo.bind(null, 1));
    assert.match((await refusal([bound], 'v')).message, /a member of its own \(schema\)/);
    const closure = withMember(inline(() => [1], 'a'));
    assert.match((await refusal([closure], 'v')).message, /a member of its own \(schema\)/);
    withMember(actions.echo);
    assert.equal((await roundTrip([actions.echo]))[0], actions.echo);
    delete actions.echo.schema;
    // React keeps the state of a promise on it.
    const used = Object.assign(Promise.resolve(1), {status: 'fulfilled', value: 1});
    assert.equal(await (await roundTrip([used]))[0], 1);
  },
  async 'hundreds of thousands of items are sent, of a list, a map, and what a function captures'() {
    const list = Array.from({length: 200_000}, (_, index) => index);
    const map = new Map(list.map((index) => [index, index]));
    const save = inline(() => [list], 'list');
    const [first, second] = await roundTrip(pickMembers([list, map, save], [null, null, null]));
    assert.equal(first.length, list.length);
    assert.equal(second.size, list.length);
  },
  async 'members that were picked fail one by one in what captured functions capture'() {
    const helper = {format() {}};
    const rows = Array.from({length: 500}, (_, row) => ({
      row,
      helper,
      own() {},
      list: [() => {}, () => {}],
    }));
    const paths = [['row'], ['helper'], ['own'], ['list']];
    const actionsOfRows = rows.map((row) => inline(() => pickMembers([row], [paths]), 'row'));
    const started = performance.now();
    const [back] = await roundTrip(pickMembers([actionsOfRows], [null]));
    // One attempt for each member would take minutes.
    assert.ok(performance.now() - started < 20_000);
    state.calls.splice(0);
    state.end = async () => {};
    await back[7]();
    const [row] = state.calls[0];
    assert.equal(row.row, 7);
    assert.throws(() => row.own, /`row in list\[7\]\.own`|captures\[0\]\[7\]/);
    assert.throws(() => row.helper, /format`, which is a function/);
    assert.throws(() => row.list, /list\[0\]`, which is a function/);
  },
  async 'a member that was picked fails when it is read, if it cannot be sent or throws'() {
    class Db {
      name = 'main';
    }
    const failure = new RangeError('no title');
    const props = {id: 1, format() {}, db: new Db(), deep: {list: [{run() {}}]}};
    Object.defineProperty(props, 'title', {
      get() {
        throw failure;
      },
    });
    const paths = [['id'], ['format'], ['db'], ['deep', 'list'], ['title']];
    const [picked] = await roundTrip(pickMembers([props], [paths]));
    assert.equal(picked.id, 1);
    assert.throws(() => picked.format, {
      name: 'UnserializableCapturesError',
      message: /`captures\[0\]\.format`, which is a function/,
    });
    assert.throws(() => picked.db, /`captures\[0\]\.db`, which is an instance of the class Db/);
    assert.throws(
      () => picked.deep.list,
      /`captures\[0\]\.deep\.list\[0\]\.run`, which is a function/,
    );
    assert.throws(() => picked.title, {name: 'RangeError', message: 'no title'});
    // What has come back can be sent again.
    const [again] = await roundTrip([picked]);
    assert.throws(() => again.title, {name: 'RangeError', message: 'no title'});
    await assert.rejects(
      encode(pickMembers([props, props.deep], [paths, null])),
      /deep|captures\[1\]/,
    );
  },
  async 'picked members are those that the object shows, of a Proxy and of one without prototype too'() {
    const proxy = new Proxy({}, {get: (_, key) => `t(${String(key)})`, has: () => false});
    const bare = Object.assign(Object.create(null), {a: 1});
    const values = [proxy, bare, {}, [1, 2]];
    const names = ['hasOwnProperty', 'valueOf', 'a', 'missing', '__proto__'];
    const every = names.map((name) => [name]);
    const picked = await roundTrip(
      pickMembers(values, [[['hello']], every, every, [['length'], ['0']]]),
    );
    assert.equal(picked[0].hello, 't(hello)');
    for (const name of names) {
      assert.equal(picked[1][name], bare[name], name);
      assert.equal(picked[2][name], {}[name], name);
    }
    assert.deepEqual([picked[3].length, picked[3][0]], [2, 1]);
  },
  async 'a function, and what it is bound to, share their objects with the other captures'() {
    const note = {id: 7, tags: ['a']};
    note.save = actions.echo.bind(null, note);
    const [save, part] = await roundTrip(
      pickMembers([note.save, note], [null, [['id'], ['tags']]]),
    );
    const [first] = await save();
    assert.equal(first, part);
    assert.equal(first.save, save);
    assert.deepEqual(part.tags, ['a']);
    const rows = [1, 2].map((number) => ({number}));
    const buttons = rows.map((row) => ({row, remove: actions.echo.bind(null, row)}));
    const [back] = await roundTrip([buttons]);
    for (const {row, remove} of back) assert.equal((await remove())[0], row);
  },
  async 'inline functions share their captures with what is captured beside them, and may be in them'() {
    const note = {id: 7, child: {}};
    const table = {note};
    table.save = inline(() => pickMembers([note, table], [[['id']], null]), 'note,table');
    table.later = table.save.bind(null, 'bound', note);
    const [back] = await roundTrip([table]);
    assert.equal(back.save.name, 'save');
    state.calls.splice(0);
    state.end = async () => {};
    await back.save('x');
    await back.later();
    // The function of this file takes one capture and one argument.
    assert.equal(state.calls[0][0], back.note);
    assert.equal(state.calls[0][1], 'x');
    assert.equal(state.calls[1][1], 'bound');
    assert.equal(await back.later.$$bound.at(-1), back.note);
    assert.ok(back.save instanceof AsyncFunction);
    const [token] = back.save.$$bound;
    assert.match(await token, /^[\w-]{60,}$/);
    assert.match(await flight([back.later]), /"bound"/);
  },
  async 'a function of captures that this build does not have says so when it is called'() {
    const save = registerInlineFunction(
      async () => {},
      inlineId,
      null,
      'save',
      () => [1],
      'abcdef01',
    );
    const [back] = await roundTrip([save]);
    await assert.rejects(back(), {name: 'RequestError', code: 'other-build'});
  },
  async 'references are the functions and components of their modules'() {
    const values = [actions.echo, Button, Cjs, Cjs.Row, new Set([actions.echo, actions.echo])];
    const [echo, button, cjs, row, set] = await roundTrip(values);
    assert.deepEqual(
      [echo === actions.echo, button === Button, cjs === Cjs, row === Cjs.Row, set.size],
      [true, true, true, true, 1],
    );
    const labels = new Map([[actions.echo, 'Echo']]);
    assert.equal(labels.get((await roundTrip([actions.echo]))[0]), 'Echo');
    const bytes = await encode([registerLater('src/Late.js#Late')]);
    const [late] = await decryptCaptures(id, bytes);
    assert.equal(
      registerClientReference(() => {}, 'src/Late.js', 'Late'),
      late,
    );
  },
  async 'elements keep type, key and props; functions in them can be called'() {
    const element = createElement(
      'form',
      {action: actions.echo.bind(null, 1), key: 'k'},
      createElement(Button, {a: 1}),
      createElement(Fragment, null, 'text'),
    );
    const [back, same] = await roundTrip([element, [element]]);
    assert.ok(isValidElement(back));
    assert.equal(same[0], back);
    assert.equal(back.key, 'k');
    assert.deepEqual(await back.props.action(2), [1, 2]);
    assert.equal(back.props.children[0].type, Button);
    assert.equal(back.props.children[1].type, Fragment);
    const text = (value) => flight(value).then((all) => all.replace(/^:N.*\n/, ''));
    if (process.env.NODE_ENV === 'production') {
      const plain = createElement('p', {title: 't'}, 'text', createElement('b', null, 1));
      assert.equal(await text((await roundTrip([plain]))[0]), await text(plain));
    }
  },
  async 'an element of a Server Component renders the same, and does not show what it was'() {
    async function Row({id: number}) {
      await Promise.resolve();
      return createElement('li', null, number, createElement('b'));
    }
    const [back, [list]] = await roundTrip([
      createElement(Row, {id: 1}),
      [createElement('ul', null, createElement(Row, {id: 2}))],
    ]);
    assert.match(await flight(back), /"li"/);
    assert.match(await flight(list), /"li"/);
    for (const key of ['type', 'props', 'key', 'ref']) {
      assert.throws(() => back[key], /of a Server Component: it travels as what it renders/);
    }
    assert.match(await flight((await roundTrip([back]))[0]), /"li"/);
    const Broken = () => {
      throw new Error('no rows');
    };
    const {message} = await refusal([{slot: createElement(Broken)}], 'props');
    assert.match(message, /`props\.slot`, which is an element of a Server Component.*no rows/);
  },
  async 'an element that does not come to its end is refused, and so is one with a promise that does not'() {
    const never = new Promise(() => {});
    const Slow = () => never;
    const Row = ({value}) => createElement('p', null, value);
    for (const slot of [createElement(Slow), createElement(Row, {value: never})]) {
      const started = Date.now();
      const {message} = await refusal([{slot}], 'props');
      assert.ok(Date.now() - started < 6000);
      assert.match(message, /`props\.slot`.* \(it had not been rendered 3 seconds later\)/);
    }
  },
  async 'a function that captures an element which renders it fails to be sent, and does not hang'() {
    const Row = ({save}) => createElement('form', {action: save});
    const props = {};
    props.save = inline(() => [props.slot], 'slot');
    props.slot = createElement(Row, {save: props.save});
    await assert.rejects(Promise.all(props.save.$$bound), /is given this very function/);
  },
  async 'promises arrive as promises; one that fails, or does not settle, fails where it is awaited'() {
    class DbError extends Error {}
    const failed = Promise.reject(new DbError('connection lost'));
    failed.catch(() => {});
    const started = Date.now();
    const [value, pending, [other]] = await decryptCaptures(
      id,
      await encode([Promise.resolve({a: 1}), new Promise(() => {}), [failed]], 'a,later,list'),
    );
    assert.ok(Date.now() - started < 6000);
    assert.equal(await value.then(({a}) => a + 1).finally(() => {}), 2);
    await assert.rejects(pending, {
      name: 'UnserializableCapturesError',
      message: /`later` was captured .* as a promise that had not settled 3 seconds later/,
    });
    await assert.rejects(other, /The promise `list\[0\]` has failed .*: connection lost/);
    const inner = Promise.reject(() => {});
    const outer = Promise.reject({inner});
    for (const promise of [inner, outer]) promise.catch(() => {});
    const {inner: back} = await (await roundTrip([outer]))[0].catch((reason) => reason);
    await assert.rejects(back, /^\w+: A captured promise has failed .*: a function$/);
  },
  async 'the time of a promise begins when all else has been written'() {
    const busy = inline(() => {
      const end = Date.now() + 3100;
      while (Date.now() < end);
      return [1];
    }, 'a');
    const soon = new Promise((resolve) => {
      setImmediate(resolve, 'there');
    });
    assert.equal(await (await roundTrip([soon, busy]))[0], 'there');
  },
  async 'promises inside of promises have no more time than one'() {
    const later = (depth) =>
      new Promise((resolve) => {
        setTimeout(() => resolve(depth === 0 ? 1 : {next: later(depth - 1)}), 2000);
      });
    const started = Date.now();
    const [value] = await roundTrip([later(3)]);
    assert.ok(Date.now() - started < 5000);
    await assert.rejects((await value).next, /had not settled 3 seconds later/);
  },
  async 'memory that views share is shared, and nothing of the memory that Node shares is sent'() {
    const bytes = new Uint8Array([1, 2, 3, 4]);
    const [whole, part] = await roundTrip([bytes, bytes.subarray(1, 3)]);
    whole[1] = 9;
    assert.deepEqual([...part], [9, 3]);
    const token = await encode([Buffer.from('hi')]);
    assert.ok(token.length < 400, `${token.length}`);
  },
  async 'a URL and its parameters stay one, whichever comes first'() {
    const link = new URL('https://example.org/?page=1&q=a%20b');
    const [params, back, other] = await roundTrip([
      link.searchParams,
      link,
      new URLSearchParams('a=1'),
    ]);
    assert.equal(back.searchParams, params);
    params.set('page', '2');
    assert.equal(back.href, 'https://example.org/?page=2&q=a+b');
    assert.equal(String(other), 'a=1');
    assert.equal(String((await roundTrip([new URL(link).searchParams]))[0]), 'page=1&q=a+b');
  },
  async 'values of another realm arrive as those of this one'() {
    const foreign = runInNewContext(
      '({list: [1, new Map([[1, new Date(5)]])], error: new TypeError("t")})',
    );
    const [{list, error}] = await roundTrip([foreign]);
    assert.deepEqual(list, [1, new Map([[1, new Date(5)]])]);
    assert.ok(error instanceof TypeError);
    const [subclass] = runInNewContext('class A extends Array {} [new A()]');
    assert.match((await refusal([subclass], 'a')).message, /the class A/);
  },
  async 'later changes of what was captured are not sent'() {
    const note = {title: 'before', list: [1]};
    const token = encode([note, Promise.resolve(1)]);
    note.title = 'after';
    note.list.push(2);
    assert.deepEqual((await decryptCaptures(id, await token))[0], {title: 'before', list: [1]});
  },
  async 'what is nested too deeply is refused'() {
    let deep = {};
    for (let depth = 0; depth < 100_000; depth++) deep = {deep};
    assert.match((await refusal([deep])).message, /nested too deeply/);
    let late = Promise.resolve(1);
    for (let depth = 0; depth < 3000; depth++) late = Promise.resolve({late});
    assert.match((await refusal([late])).message, /nested too deeply/);
    const list = Array.from({length: 1000}, (_, index) => Promise.resolve(index));
    assert.equal(await (await roundTrip([list]))[0][999], 999);
  },
});
process.exit();

/** A reference of a module that has not run here. */
function registerLater(full) {
  return Object.defineProperties(() => {}, {
    $$typeof: {value: Symbol.for('react.client.reference')},
    $$id: {value: full},
    $$async: {value: false},
  });
}
