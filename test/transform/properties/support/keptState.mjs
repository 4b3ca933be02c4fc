/**
 * Writes a random program in which something may be kept on a local function, class, pattern, object of
 * functions or server function: put there in some way, under some name, before or while a server function
 * runs that reads it.
 *
 * @param {Uint8Array} bytes as for `randomProgram`
 * @returns {{source: string, isForOneProcess: boolean, isKept: boolean}} a module that exports `Page`, and
 *   whether anything is put
 */
export function keptState(bytes) {
  const next = reader(bytes);
  const pick = (list) => list[next(list.length)];
  const target = pick(TARGETS);
  const isKept = next(4) < 3;
  const isInside = next(3) === 2;
  const doing = isKept ? pick(WAYS_TO_PUT) : pick(HARMLESS);
  let steps = (expression) => doing(expression);
  for (let i = next(4); i > 0; i--) {
    const around = pick(OTHER_NAMES);
    const inner = steps;
    steps = (expression) => around(expression, inner, i);
  }
  const statements = steps(target.name);
  const source = [
    'const same = (value) => value;',
    'const put = (value) => { value.n = 5; };',
    'function pass(value, then) { then(value); }',
    'export function Page() {',
    target.declaration,
    isInside ? '' : statements,
    `const read = async () => { 'use server'; ${isInside ? statements : ''} return ${target.read}; };`,
    'use(read); use(read);',
    '}',
  ].join('\n');
  return {source, isForOneProcess: false, isKept};
}

function reader(bytes) {
  let position = 0;
  return (n) => (bytes[position++] ?? 0) % n;
}

const TARGETS = [
  {name: 'h', declaration: 'function h() { return h.n ?? 0; }', read: 'h()'},
  {name: 'h', declaration: 'const h = () => h.n ?? 0;', read: 'h()'},
  {name: 'h', declaration: 'const h = () => 1;', read: '[h(), h.n]'},
  {name: 'h', declaration: 'const h = function self() { return self.n ?? 0; };', read: 'h()'},
  {name: 'h', declaration: 'var h = () => h.n ?? 0;', read: 'h()'},
  {name: 'other', declaration: 'const h = () => h.n ?? 0; const other = h;', read: 'h()'},
  {
    name: 'H',
    declaration: 'class H { static n = 0; static read() { return this.n; } }',
    read: 'H.read()',
  },
  {name: 'H', declaration: 'class H { get n() { return H.n; } }', read: 'new H().n'},
  {
    name: 'H',
    declaration: 'const H = class Inner { static read = () => Inner.n; };',
    read: 'H.read()',
  },
  {name: 'B', declaration: 'class A { static n = 0; } class B extends A {}', read: 'B.n'},
  {name: 'h', declaration: 'const h = /a/;', read: `[h.test('a'), h.n]`},
  {name: 'h', declaration: 'const h = {n: 0, read: () => h.n};', read: 'h.read()'},
  {name: 'h.read', declaration: 'const h = {read: () => h.read.n};', read: 'h.read()'},
  {
    name: 'h',
    declaration: `async function h() { 'use server'; return h.n ?? 0; } use(h);`,
    read: 'await h()',
  },
  {
    name: 'h',
    declaration: `async function h() { 'use server'; return 1; }`,
    read: '[await h(), h.n]',
  },
];

const WAYS_TO_PUT = [
  (e) => `${e}.n = 1;`,
  (e) => `${e}['n'] = 1;`,
  (e) => `${e}.n ??= 4;`,
  (e) => `${e}.n ||= 4;`,
  (e) => `${e}.n = (${e}.n ?? 0) + 1;`,
  (e) => `[${e}.n] = [2];`,
  (e) => `({x: ${e}.n} = {x: 2});`,
  (e) => `for (${e}.n of [3]);`,
  (e) => `Object.assign(${e}, {n: 3});`,
  (e) => `Object['assign']?.(${e}, {n: 3});`,
  (e) => `Object.assign.call(Object, ${e}, {n: 3});`,
  (e) => `globalThis.Object.assign(${e}, {n: 3});`,
  (e) => `{ const {assign} = Object; assign(${e}, {n: 3}); }`,
  (e) => `Object.defineProperty(${e}, 'n', {value: 3, configurable: true});`,
  (e) => `Object.defineProperties(${e}, {n: {value: 3, configurable: true}});`,
  (e) => `Reflect.set(${e}, 'n', 3);`,
  (e) => `Reflect.apply(Object.assign, Object, [${e}, {n: 3}]);`,
  (e) => `put(${e});`,
  (e) => `pass(${e}, (value) => { value.n = 6; });`,
  (e) => `same(${e}).n = 7;`,
  (e) => `{ const key = 'n'; ${e}[key] = 8; }`,
];

const HARMLESS = [
  (e) => `typeof ${e};`,
  (e) => `void ${e}.n;`,
  (e) => `same(${e});`,
  (e) => `pass(${e}, (value) => value);`,
  (e) => `[${e}].map(String);`,
  (e) => `({fn: ${e}});`,
  (e) => `trace(typeof ${e}.n);`,
];

/** Statements in which the value has another name, with more of them inside. */
const OTHER_NAMES = [
  (e, inner, i) => `const a${i} = ${e}; ${inner(`a${i}`)}`,
  (e, inner, i) => `let a${i}; a${i} = ${e}; ${inner(`a${i}`)}`,
  (e, inner, i) => `const {k: a${i}} = {k: ${e}}; ${inner(`a${i}`)}`,
  (e, inner, i) => `const [a${i}] = [${e}]; ${inner(`a${i}`)}`,
  (e, inner, i) => `const o${i} = {k: ${e}}; ${inner(`o${i}.k`)}`,
  (e, inner, i) => `const o${i} = {}; o${i}.k = ${e}; ${inner(`o${i}.k`)}`,
  (e, inner, i) => `const o${i} = {...{k: ${e}}}; ${inner(`o${i}.k`)}`,
  (e, inner, i) => `const l${i} = [1, ${e}]; ${inner(`l${i}[1]`)}`,
  (e, inner, i) => `const l${i} = []; l${i}.push(${e}); ${inner(`l${i}[0]`)}`,
  (e, inner, i) => `const a${i} = num(1) ? ${e} : null; ${inner(`a${i}`)}`,
  (e, inner, i) => `const a${i} = null ?? ${e}; ${inner(`a${i}`)}`,
  (e, inner, i) => `const a${i} = same(${e}); ${inner(`a${i}`)}`,
  (e, inner, i) => `for (const a${i} of [${e}]) { ${inner(`a${i}`)} }`,
  (e, inner, i) => `[${e}].forEach((a${i}) => { ${inner(`a${i}`)} });`,
  (e, inner, i) => `(function (a${i}) { ${inner(`a${i}`)} })(${e});`,
  (e, inner, i) => `pass(${e}, (a${i}) => { ${inner(`a${i}`)} });`,
  (e, inner, i) => `const f${i} = ({k: a${i}}) => { ${inner(`a${i}`)} }; f${i}({k: ${e}});`,
  (e, inner, i) => `const get${i} = () => ${e}; ${inner(`get${i}()`)}`,
];
