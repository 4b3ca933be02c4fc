import {compile} from './support/compile.ts';

/** What the module gives away when it loads, and what each of its exports does. */
function handOuts(source: string, name?: string): Record<string, string[]> {
  const {serverReferences, diagnostics} = compile(`'use server';\n${source}`, {
    ...(name && {name}),
    root: '/project',
  });
  expect(diagnostics.filter(({severity}) => severity === 'error')).toEqual([]);
  const atLoad = serverReferences.filter(({isHandedOut}) => isHandedOut);
  return {
    ...(atLoad.length > 0 && {'': atLoad.map(({exportName}) => exportName)}),
    ...Object.fromEntries(
      serverReferences.flatMap(({exportName, handsOut}) =>
        handsOut ? [[exportName, handsOut]] : [],
      ),
    ),
  };
}

const MORE = 'export async function more() {} export async function other() {}';

describe('an export that the module itself gives away', () => {
  test.each([
    ['is returned', 'export async function open() { return more; }'],
    [
      'is returned with bound arguments',
      'export async function open() { return more.bind(null, 1); }',
    ],
    ['is a property of the result', 'export const open = async () => ({next: more});'],
    ['is rendered', 'export async function open() { return <Button action={more} />; }'],
    ['is passed to a call', 'export async function open() { return provide(more); }'],
    [
      'is in an object of the module',
      'const api = {more}; export async function open() { return api; }',
    ],
    [
      'is a member that is read',
      'const api = {deep: [more]}; export async function open() { return api.deep[0]; }',
    ],
    [
      'is a static member of a class',
      'class Api { static more = more; } export async function open() { return Api.more; }',
    ],
    [
      'is what a method of a class gives',
      'class Api { give() { return more; } } export async function open() { return new Api().give(); }',
    ],
    [
      'is rendered by a component of the module',
      'function Panel() { return <Button action={more} />; } export async function open() { return <Panel />; }',
    ],
    [
      'is in an element of the module',
      'const panel = <Button action={more} />; export async function open() { return panel; }',
    ],
    [
      'comes by way of two functions',
      'const a = () => b(); function b() { return more; } export async function open() { return a(); }',
    ],
    ['has another name', 'const same = more; export async function open() { return same; }'],
    [
      'is one of several by a condition',
      'export async function open(x) { return x ? more : null; }',
    ],
    ['is a default value', 'export async function open(f = more) { return f; }'],
    [
      'is destructured',
      'const {again} = {again: more}; export async function open() { return again; }',
    ],
    [
      'is given by an inline server function',
      'export async function open() { return async () => { "use server"; return more; }; }',
    ],
    ['is spread', 'export async function open() { return {...{more}}; }'],
    ['is assigned', 'let last; export async function open() { last = more; return last; }'],
    ['has a type', 'export async function open() { return more as any; }'],
  ])('when it %s', (_how, source) => {
    expect(handOuts(`${MORE} ${source}`)).toEqual({open: ['more']});
  });

  test.each([
    ['a call', 'register(more);'],
    ['a wrapper', 'export const open = cached(more);'],
    ['an assignment', 'globalThis.more = more;'],
    ['a closure', 'router.get("/", () => more);'],
    ['a static block', 'class Api { static { register(more); } }'],
    ['a decision', 'if (globalThis.x) register(more);'],
    ['a helper that is called', 'start(); function start() { register(more); }'],
    ['eval', 'export async function open() {} eval("register(more)");'],
  ])('when the module loads, by %s', (_how, source) => {
    expect(handOuts(`${MORE} ${source}`)['']).toContain('more');
  });

  test('under the name by which the function knows itself, when it is used by another', () => {
    expect(handOuts('async function more() {} export {more as first, more as second};')).toEqual({
      second: ['first'],
    });
    expect(handOuts('export async function more() {} export default more;')).toEqual({
      default: ['more'],
    });
  });

  test('in CommonJS, by its variable, by exports and by module.exports', () => {
    const open = (result: string) =>
      handOuts(
        `async function more() {}
         exports.more = more; exports.other = async () => {};
         exports.open = async () => ${result};`,
        'actions.cjs',
      );
    expect(open('more')).toEqual({open: ['more']});
    expect(open('exports.more')).toEqual({open: ['more']});
    expect(open('exports.other')).toEqual({open: ['other']});
    expect(open('module.exports.more')).toEqual({open: ['more']});
    expect(open('({...exports})')).toEqual({open: ['more', 'other']});
    expect(open('exports.more()')).toEqual({});
    expect(open('1')).toEqual({});
  });

  test('in an object of module.exports', () => {
    expect(
      handOuts(
        `async function more() {} module.exports = {more, async open() { return more; }, other: async () => {}};`,
        'actions.cjs',
      ),
    ).toEqual({open: ['more']});
  });
});

describe('an export stays inside', () => {
  test.each([
    ['it is only exported', ''],
    ['it is only called', 'export async function open() { return await more(1); }'],
    [
      'it is called by a helper',
      'const help = () => more.call(null); export async function open() { return help(); }',
    ],
    ['it has members', 'more.schema = {}; export async function open() { return more.schema; }'],
    [
      'its type is asked for',
      'export async function open() { return typeof more === "function" || more === null; }',
    ],
    ['another variable has its name', 'export async function open(more) { return more; }'],
    ['a property has its name', 'export async function open(x) { return {more: x.more}; }'],
    ['nothing uses what holds it', 'const api = {more}; export async function open() {}'],
    ['only a type mentions it', 'export async function open(): Promise<typeof more | void> {}'],
  ])('when %s', (_how, source) => {
    expect(handOuts(`${MORE} ${source}`)).toEqual({});
  });
});
