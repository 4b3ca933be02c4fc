import {compile} from './support/compile.ts';

/** A component with captured values of many kinds, around a server function with the given body. */
function warnings(body: string, helper = '', module = ''): string[] {
  const source = `${module}
  export function Page({o, list, rows, map, date, query}: any) {
    ${helper}
    return async (x: any) => { 'use server'; ${body} };
  }`;
  return compile(source).diagnostics.map(({code, message}) => `${code}: ${message}`);
}

describe('warns of a change in a captured value', () => {
  test.each([
    'o.a = 1',
    'o.a ??= 1',
    'delete o?.a',
    '[o.a] = [1]',
    '({a: o.a} = x)',
    'for (o.a of x);',
    'list.length = 0',
  ])('by an assignment: %s', expectWarning);

  test.each([
    'list.push(x)',
    'list.pop()',
    'list["push"](x)',
    'list[0].push(x)',
    'o?.a?.push(x)',
    'list.sort()',
    'list.reverse()',
    'list.splice(0, 1)',
    'list.fill(0)',
    'list.copyWithin(0, 1)',
    'map.set(x, 1)',
    'map.clear()',
    'o.tags.add(x).add(1)',
    'date.setTime(1)',
    'date.setUTCHours(1)',
    'query.append("a", x)',
    '(list as any[])!.push(x)',
    '(o.list ?? list).push(x)',
    '(x ? list : rows).push(x)',
    'Array.prototype.push.apply(list, x)',
    'const later = () => { list.push(x); }; later();',
  ])('by a method: %s', expectWarning);

  test.each([
    'Object.assign(o, {a: 1})',
    'Object.assign(o.a, {a: 1})',
    'Object.defineProperty(o, "a", {value: 1})',
    'Reflect.set(o, "a", 1)',
  ])('by a function that changes its argument: %s', expectWarning);

  test.each([
    'const part = o.part; part.n++;',
    'const {part} = o; part.n++;',
    'const {a: {b: part}} = o; part.n = 1;',
    'const [first] = list; first.n = 1;',
    'const {a, ...rest} = o; rest.b.c = a;',
    'let part; part = o; part.n = 1;',
    'let node = o; while (node.next) node = node.next; node.next = {};',
    'let found = null; for (const row of rows) if (row.id === x) found = row; found.n = 1;',
  ])('by way of a local variable: %s', expectWarning);

  test.each([
    'for (const row of rows) row.done = true;',
    'for (const {tags} of rows) tags.push(x);',
    'for (const row of [...rows]) row.done = true;',
    'for (const row of new Set(rows)) row.done = true;',
    'for (const [, row] of map) row.done = true;',
    'for (const row of map.values()) row.done = true;',
    'for (const [key, row] of Object.entries(o)) row.key = key;',
    'rows.forEach((row) => { row.done = true; });',
    'rows.filter(Boolean).map((row) => { row.done = true; return row; });',
    'rows.reduce((sum, row) => { row.sum = sum; return sum; }, 0);',
    '[o, list].forEach((one) => { one.n = 1; });',
    'const row = rows.find(({id}) => id === x); row.done = true;',
    'const copy = rows.slice(); copy[0].done = true;',
    'const copy = {...o}; copy.a.b = 1;',
    'map.get(x).push(1);',
    'function mark(row) { row.done = true; } rows.forEach(mark);',
    'const mark = (row) => { row.done = true; }; mark(rows[0]);',
    'const mark = ({tags}, tag) => { tags.push(tag); }; for (const row of rows) mark(row, x);',
    '((all) => { all.push(x); })(list);',
    'const add = (all = list) => { all.push(x); }; add();',
    'const stats = () => o.stats; stats().n++;',
    'const pick = () => { if (x) return list; return rows; }; pick().push(1);',
    'const find = (id) => rows.find((row) => row.id === id); const row = find(x); row.n = 1;',
    'const walk = (node) => { node.seen = true; node.children.forEach(walk); }; walk(o);',
    'const both = {o, n: 1}; both.o.n = 2;',
    'x.reduce((into, n) => { into.n = n; return into; }, o);',
    'x.reduce((into, n) => { into.push(n); return into; }, o.list);',
    'x.reduce((into) => into, list).push(x);',
    'x.reduceRight((into) => { into[x] = 1; return into; }, o);',
    'const add = (texts, into) => { into.push(texts[0]); }; add`a${list}`;',
    'const add = (texts, n, {tags}) => { tags.push(n); }; add`a${x}${o}`;',
    'const copy = {...o, tags: []}; copy.tags.push(x); copy.others.push(x);',
  ])('in what it is made of: %s', expectWarning);

  test('in a helper that is rebuilt for the server function', () => {
    expect(warnings('add(x)', 'const add = (value) => list.push(value);')).toHaveLength(1);
  });

  test.each([
    ['add(list, x)', 'const add = (all, value) => { all.push(value); };'],
    ['add(x, o.tags)', 'function add(value, all) { all.add(value); }'],
    ['for (const row of rows) mark(row)', 'const mark = (row) => { row.done = true; };'],
    ['mark(o)', 'function mark({tags: [first]}) { first.n++; }'],
    ['mark(o)', 'function mark(page) { const {tags} = page; for (const tag of tags) tag.n = 1; }'],
    ['both(list)', 'const both = (all) => add(all); const add = (all) => { all.push(1); };'],
    ['walk(o)', 'function walk(n) { n.seen = true; n.children.forEach(walk); walk(n.next); }'],
    ['walk(o)', 'function walk(n) { walk(n.next); other(n); } function other(n) { delete n.a; }'],
    ['all(o)', 'async function all(page) { await Promise.all([1].map(() => page.list.pop())); }'],
  ])('in a function of the module: %s with %s', (body, helper) => {
    expect(warnings(body, '', helper)).toEqual([expect.stringMatching(/, which "\w+" changes, /)]);
  });

  test('once for each place, naming the variable and what it is a part of', () => {
    const [first, second, ...others] = warnings('const {stats} = o; stats.n++; list.push(x);');
    expect(first).toMatch(/^lost-write: "stats", a part of "o", belongs to .*Return the new value/);
    expect(second).toMatch(/^lost-write: "list" belongs to the function around/);
    expect(others).toEqual([]);
  });

  function expectWarning(body: string) {
    expect(warnings(body)).toEqual([expect.stringMatching(/^lost-write: /)]);
  }
});

test.each([
  '[...list].push(x)',
  'list.slice().sort()',
  'list.filter(Boolean).sort()',
  'list.map((row) => ({...row, done: true})).reverse()',
  'rows.toSorted().reverse()',
  'Array.from(list).push(x)',
  'Object.keys(o).sort()',
  'o.name.split(",").reverse()',
  'rows.map((row) => row.id).push(x)',
  'new Map(map).set(x, 1)',
  'const copy = new Map(map); copy.set(x, 1);',
  'const copy = new Set(list); copy.delete(x);',
  'const copy = {...o}; copy.a = 1; delete copy.b;',
  'const copy = [...list]; copy.push(x);',
  'x.reduce((into, n) => { into.n = n; return into; }, {...o});',
  'const all = x.reduce((into, n) => ({...into, [n]: 1}), o); all.n = 1;',
  'list.reduce((into, n) => { into[n] = 1; return into; }, {});',
  'const add = (texts, into) => { into.push(1); }; add`a${[...list]}`; html`a${list}`;',
  'rows.reduce((into, row) => into.set(row.id, row), new Map()).delete(x);',
  'const copy = structuredClone(o); copy.a.b = 1;',
  'const copy = JSON.parse(JSON.stringify(o)); copy.a = 1;',
  'let copy = o; copy = {...copy}; copy.a = 1;',
  'const copy = {...o, tags: [...o.tags]}; copy.tags.push(x);',
  'const copy = {...o}; copy.tags = [...o.tags]; copy.tags.push(x);',
  'const {tags, ...others} = {...o, tags: [...o.tags]}; tags.push(x); return others;',
  'Object.assign({}, o).a = 1',
  'const {a, ...rest} = o; rest.b = a; delete rest.c;',
  'let {n} = o; n += 1; return n;',
  'const form = new FormData(); form.append("a", o.id); form.set("b", list[0]);',
  'const params = new URLSearchParams(query); params.delete("a");',
  'const later = new Date(date); later.setDate(1);',
  'const row = await load(o.id); row.done = true;',
  'const {rows: fresh} = await load(list); fresh.push(x);',
  'const byId: any = {}; for (const row of rows) byId[row.id] = row;',
  'const sum = rows.reduce((all, row) => { all.n += row.n; return all; }, {n: 0}); return sum;',
  'rows.map((row) => { const copy = {...row}; copy.n = 1; return copy; });',
  'const o: any = {}; o.a = 1;',
  'x.push(1)',
  'const mark = (row) => { row.done = true; }; mark({...o});',
  'const mark = (row) => { row.done = true; }; mark(o); mark({});',
  'const make = () => [...list]; make().push(x);',
  'const make = () => { if (x) return list; return []; }; make().push(x);',
  'const walk = (n) => (n > 0 ? walk(n - 1) : list.length); return walk(3);',
  'db.notes.delete(o.id)',
  'cache.set(o.id, list)',
])('does not warn of a change in what the function made, or the module has: %s', (body) => {
  expect(warnings(body)).toEqual([]);
});

test('does not take a method of a helper for one that changes it', () => {
  expect(warnings('return Store.set(x)', 'class Store { static set(v) { return v; } }')).toEqual(
    [],
  );
});

test('does not warn of changes of a variable of which there is one', () => {
  const source = `const api = (() => {
    const cache = new Map();
    return {save: async (k) => { 'use server'; cache.set(k, 1); }, make: (id) => async (k) => { 'use server'; cache.set(k, id); }};
  })();`;
  expect(compile(source).diagnostics).toEqual([]);
});

test.each([
  ['add([...list], x)', 'const add = (all, value) => { all.push(value); };'],
  ['add(x, list)', 'const add = (all, value) => { all.push(value); };'],
  ['add(list)', 'const add = (all) => { all = [...all]; all.push(1); return all; };'],
  ['add(list)', 'const add = (all) => [...all].sort().concat(all);'],
  ['add(o)', 'const add = ({...copy}) => { copy.n = 1; return copy; };'],
  [
    'add(o)',
    'function add(page) { const row = {page}; row.n = 1; seen.add(page.id); } const seen = new Set();',
  ],
  ['add(o)', 'function add(page) { return add(page.next); }'],
  ['add(o); push(list)', 'import {add} from "./add"; const push = globalThis.push;'],
  ['const add = (all) => all.length; add(list)', 'const add = (all) => { all.push(1); };'],
])('is silent on what a function of the module leaves alone: %s with %s', (body, helper) => {
  expect(warnings(body, '', helper)).toEqual([]);
});
