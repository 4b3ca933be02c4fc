// Captures of kinds that JSON and Flight change.
import {registerClientReference} from 'react-server-dom-webpack/server';

const Button = registerClientReference(() => {}, 'src/Button.js', 'Button');
const KEY = Symbol.for('key');

function errors(state) {
  return [
    async () => {
      'use server';
      const {error} = state;
      return [error.message, String(error), error.code, error instanceof RangeError];
    },
    async () => {
      'use server';
      const {all} = state;
      return [all.errors.map(String), all.cause.message, Object.keys(all.cause), all.name];
    },
    async () => {
      'use server';
      const {abort} = state;
      return [abort.name, abort.message, abort instanceof DOMException, typeof state.error.stack];
    },
  ];
}

function collections({index, keyed, list, tree}) {
  return [
    async () => {
      'use server';
      const map = index;
      return [map.get('root').index === map, map.size, [...map.keys()]];
    },
    async () => {
      'use server';
      const objects = keyed;
      return objects.list.map((item) => objects.map.get(item));
    },
    async () => {
      'use server';
      const all = list;
      return [1 in all, all.length, all.map(() => 0).length, all.at(-1), Object.keys(all)];
    },
    async () => {
      'use server';
      const set = tree;
      return [set.size, [...set].every((node) => node.all === set)];
    },
  ];
}

function objects({date, frozen, bare, odd, match, boxed, holder}) {
  return [
    async () => {
      'use server';
      const dates = date;
      dates.from.setTime(5);
      return [dates.to.getTime(), Number.isNaN(dates.invalid.getTime())];
    },
    async () => {
      'use server';
      const all = frozen;
      return [Object.isFrozen(all), Object.isFrozen(all.list), Object.isSealed(all.sealed)];
    },
    async () => {
      'use server';
      return [typeof bare.hasOwnProperty, bare.valueOf === undefined, bare.a, typeof odd.toString];
    },
    async () => {
      'use server';
      const all = odd;
      return ['b' in all, Object.keys(all), all[KEY], Object.hasOwn(all, '__proto__'), Object.entries(all)];
    },
    async () => {
      'use server';
      const found = match;
      return [found[0], found.index, found.input, found.groups.year, found.length];
    },
    async () => {
      'use server';
      const all = boxed;
      return [typeof all.number, all.number + 1, all.text.length, Object.is(all.zero, -0), all.big];
    },
    async () => {
      'use server';
      const {pattern} = holder;
      return [pattern.lastIndex, pattern.exec('aXbX').index, pattern.flags];
    },
  ];
}

function platform({file, form, params, url, headers, buffer, bytes, promise}) {
  return [
    async () => {
      'use server';
      const it = file;
      return [it.name, it.type, await it.text(), it.lastModified, it instanceof File];
    },
    async () => {
      'use server';
      const it = form;
      return [it.get('a'), it.getAll('b'), it.get('file').name, await it.get('file').text()];
    },
    async () => {
      'use server';
      return [params.get('q'), [...params], url.href, url.searchParams.get('x'), url instanceof URL];
    },
    async () => {
      'use server';
      const it = headers;
      return [it.get('a'), it.getSetCookie()];
    },
    async () => {
      'use server';
      const it = buffer;
      return [it.toString('utf8'), it.length, Buffer.isBuffer(it)];
    },
    async () => {
      'use server';
      const it = bytes;
      it.whole[1] = 9;
      return [[...it.part], it.part.buffer === it.whole.buffer, it.part.byteOffset];
    },
    async () => {
      'use server';
      return [await promise.then(({a}) => a + 1).finally(() => {}), await promise];
    },
  ];
}

function elements(element, typed) {
  return [
    async () => {
      'use server';
      return [element.type === Button, element.key, element.props.a];
    },
    async () => {
      'use server';
      const {type, props} = typed;
      return [type, props.className, props.children.map((child) => child.type === Button), props.style];
    },
  ];
}

export async function scenario(call) {
  const results = [];
  const run = async (fns) => {
    for (const fn of fns) results.push(await call(fn));
  };
  const cause = Object.assign(new TypeError('cause'), {detail: {id: 1}});
  await run(
    errors({
      error: Object.assign(new RangeError('limit is 5'), {code: 'E_LIMIT'}),
      all: new AggregateError([new Error('one'), new SyntaxError('two')], 'all', {cause}),
      abort: new DOMException('stopped', 'AbortError'),
    }),
  );
  const index = new Map();
  index.set('root', {index});
  const keys = [{k: 1}, {k: 2}];
  const tree = new Set();
  tree.add({all: tree}).add({all: tree});
  await run(
    collections({
      index,
      keyed: {list: keys, map: new Map([[keys[1], 'second'], [keys[0], 'first']])},
      list: [1, , 3],
      tree,
    }),
  );
  const day = new Date(0);
  const pattern = /X/g;
  pattern.exec('aX');
  await run(
    objects({
      date: {from: day, to: day, invalid: new Date(NaN)},
      frozen: Object.freeze({list: Object.freeze([1]), sealed: Object.seal({a: 1})}),
      bare: Object.assign(Object.create(null), {a: 1}),
      odd: Object.defineProperty({b: undefined, [KEY]: 1, c: 1}, '__proto__', {value: 2, enumerable: true}),
      match: /(?<year>\d+)/.exec('a2020'),
      boxed: {number: new Number(1), text: new String('ab'), zero: -0, big: 10n ** 30n},
      holder: {pattern},
    }),
  );
  const form = new FormData();
  form.append('a', '1');
  form.append('b', '2');
  form.append('b', '3');
  form.append('file', new File(['in the form'], 'form.txt'));
  const whole = new Uint8Array([1, 2, 3, 4]);
  await run(
    platform({
      file: new File(['x'], 'a.txt', {type: 'text/plain', lastModified: 1000}),
      form,
      params: new URLSearchParams('q=1&q=2'),
      url: new URL('https://example.org/?x=1'),
      headers: new Headers([['a', '1'], ['set-cookie', 'x=1'], ['set-cookie', 'y=2']]),
      buffer: Buffer.from('hi'),
      bytes: {whole, part: whole.subarray(1, 3)},
      promise: Promise.resolve({a: 1}),
    }),
  );
  await run(
    elements(
      <Button a="1" key="k" />,
      <ul className="list" style={{color: 'red'}}>
        <li />
        <Button />
      </ul>,
    ),
  );
  return results;
}
