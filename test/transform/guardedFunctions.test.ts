import {compile} from './support/compile.ts';

const F = `async (id) => { 'use server'; return id; }`;

function found(source: string, options: Parameters<typeof compile>[1] = {}) {
  const {diagnostics} = compile(source, options);
  return diagnostics.map(({severity, code}) => `${severity} ${code}`);
}

describe('a directive in a function that a call wraps is refused where a "use server" module exports the result', () => {
  const shapes: [title: string, source: string][] = [
    ['a constant', `export const x = guard(${F});`],
    ['a let', `export let x = guard(${F});`],
    ['a later assignment', `export let x; x = guard(${F});`],
    ['an assignment in a branch', `let x; if (globalThis.y) { x = guard(${F}); } export {x};`],
    ['the default', `export default guard(${F});`],
    ['a name that is exported further down', `const x = guard(${F}); export {x as y};`],
    ['a string name', `const x = guard(${F}); export {x as 'a b'};`],
    ['the default by its name', `const x = guard(${F}); export default x;`],
    ['calls in calls', `export const x = a(b(c(${F})));`],
    ['a call of a call', `export const x = guard('admin')(${F});`],
    ['a method', `export const x = client.use(auth).action(${F});`],
    ['an argument behind others', `export const x = guard('admin', ${F});`],
    ['an optional call', `export const x = guard?.(${F});`],
    ['a spread argument', `export const x = guard(...[${F}]);`],
    ['an object of options', `export const x = action({input: 1, handler: ${F}});`],
    ['a method of options', `export const x = action({async handler() { 'use server'; }});`],
    ['a static method', `export const x = action(class { static async run() { 'use server'; } });`],
    ['a function expression', `export const x = guard(async function f() { 'use server'; });`],
    ['a generator', `export const x = guard(async function* () { 'use server'; });`],
    ['new, and a member of it', `export const x = new Guard(${F}).run;`],
    ['a tag', 'export const x = guard`${' + F + '}`;'],
    ['a condition', `export const x = globalThis.y ? guard(${F}) : other;`],
    ['a condition inside', `export const x = guard(globalThis.y ? ${F} : null);`],
    ['an alternative', `export const x = globalThis.y ?? guard(${F});`],
    ['a type', `export const x = guard((${F}) as any) as any;`],
    ['another type', `export const x = guard((${F}) satisfies unknown)!;`],
    ['parentheses', `export const x = (guard((${F})));`],
    ['a sequence', `export const x = (0, guard(${F}));`],
    ['an array', `export const [x] = guardAll([${F}]);`],
    ['a method of an array', `export const [x] = [${F}].map(guard);`],
    ['an optional method of an array', `const all = [${F}]; export const [x] = all?.map(guard);`],
    ['destructuring', `export const {a} = makeActions({a: ${F}});`],
    ['destructuring in depth', `export const {a: {b}, ...c} = makeActions({a: {b: ${F}}});`],
    ['await', `export const x = await guard(${F});`],
    ['a member of the result', `const all = makeActions({a: ${F}}); export const a = all.a;`],
    ['a part of what holds it', `const all = {a: ${F}}; export const a = guard(all.a);`],
    ['a variable in between', `const inner = ${F}; export const x = guard(inner);`],
    [
      'a declaration in between',
      `async function inner() { 'use server'; } export const x = guard(inner);`,
    ],
    [
      'variables in between',
      `const a = ${F}; const b = a; const c = guard(b); const d = c; export {d};`,
    ],
    ['a variable that is assigned', `let inner; inner = ${F}; export default guard(inner);`],
    ['a factory', `function make() { return guard(${F}); } export const x = make();`],
    ['a factory that is an arrow', `const make = () => guard(${F}); export const x = make();`],
    [
      'a factory with a variable in it',
      `function make() { const inner = ${F}; if (globalThis.y) { return guard(inner); } return null; } export const x = make();`,
    ],
    ['a function that is called at once', `export const x = (() => guard(${F}))();`],
    ['another one', `export default (function () { return guard(${F}); })();`],
    ['what a guard is given to make', `export const x = guard(() => ${F});`],
    ['what a builder is given', `export const x = action((ctx) => ctx.handler(${F}));`],
    ['a method that makes it', `export const x = action({make() { return guard(${F}); }});`],
    [
      'a factory of a factory',
      `const a = () => guard(${F}); const b = () => a(); export const x = b();`,
    ],
    ['a class in between', `class Inner { static run = guard(${F}); } export const x = Inner.run;`],
  ];

  test.each(shapes)('by %s', (_title, source) => {
    const module = `'use server';\n${source}`;
    expect(found(module)).toEqual(['error guarded-function']);
    expect(found(module, {target: 'client'})).toEqual(['error guarded-function']);
    // What the message says is all that it takes.
    expect(found(module.replace(/'use server';(?!\n)/, ''))).toEqual([]);
  });

  test.each([
    ['a member of exports', `exports.x = guard(${F});`],
    ['module.exports', `module.exports = guard(${F});`],
    ['an object', `module.exports = {x: guard(${F})};`],
    ['a chain', `exports.a = exports.b = guard(${F});`],
    ['a variable in between', `const inner = ${F}; const x = guard(inner); exports.x = x;`],
    ['a defined property', `Object.defineProperty(exports, 'x', {value: guard(${F})});`],
  ])('in CommonJS, by %s', (_title, source) => {
    const module = `'use server';\n${source}`;
    expect(found(module, {name: 'actions.cjs'})).toEqual(['error guarded-function']);
  });
});

describe('a directive is left alone', () => {
  test.each([
    ['in an exported function itself', `'use server'; export const x = ${F};`],
    ['in one of a condition', `'use server'; export const x = globalThis.y ? ${F} : ${F};`],
    ['that another tool has named', `'use server'; export const x = __name(${F}, 'x');`],
    [
      'in a function that is exported too, by wish',
      `'use server'; export const inner = ${F}; export const x = guard(inner);`,
    ],
    [
      'of which a call only gets the type',
      `'use server'; const inner = ${F}; export const x = guard(typeof inner, inner === 1);`,
    ],
    [
      'inside of a server function',
      `'use server'; export async function page() { return <form action={withLog(${F})} />; }`,
    ],
    [
      'inside of a wrapped component',
      `'use server'; export const page = layout(async () => <form action={${F}} />);`,
    ],
    ['in a list of another module', `const list = []; list.push(${F}); export default list;`],
    ['that is bound only', `export const x = (${F}).bind(null, 1);`],
    ['in a component', `export function Page() { return <form action={withLog(${F})} />; }`],
    [
      'in a hook of a component',
      `export function Page() { const save = useCallback(${F}, []); return save; }`,
    ],
    [
      'in a wrapped component of another module',
      `export const Page = memo(() => <form action={${F}} />);`,
    ],
    [
      'in a variable that is passed on in another module',
      `const inner = ${F}; export const x = withLog(inner);`,
    ],
  ])('%s', (_title, source) => {
    expect(found(source)).toEqual([]);
  });

  test.each([
    ['in another module, where only it makes a reference', `export const x = withLog(${F});`],
    [
      'in another module, in a table',
      `const all = defineActions({a: ${F}}); export const Page = () => <form action={all.a} />;`,
    ],
    [
      'in a result that is not exported',
      `'use server'; const x = guard(${F}); export async function get() { return x; }`,
    ],
  ])('with a warning %s', (_title, source) => {
    expect(found(source)).toEqual(['warning guarded-function']);
  });
});
