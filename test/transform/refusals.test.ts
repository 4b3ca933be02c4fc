import {compile} from './support/compile.ts';

interface Refusal {
  title: string;
  source: string;
  code: string;
  /** A part of the message that tells the reader what to do. */
  says: RegExp;
  /** Line and column of the frame, and what stands there. */
  at: string;
  name?: string;
}

const refusals: Refusal[] = [
  {
    title: 'an inline server function that is not async',
    source: `function Page() {\n  function save() { 'use server'; }\n}`,
    code: 'not-async',
    says: /"save" is not async.*Write "async"/,
    at: `2:20 'use server'`,
  },
  {
    title: 'a generator that is not async',
    source: `function Page() {\n  function* save() { 'use server'; }\n}`,
    code: 'not-async',
    says: /not async/,
    at: `2:21 'use server'`,
  },
  {
    title: '"this" in an inline server function',
    source: `const o = {\n  async save() { 'use server'; return this.x; }\n};`,
    code: 'this',
    says: /Pass what is needed as an argument/,
    at: '2:38 this',
  },
  {
    title: '"this" of the outside in an arrow inside the server function',
    source: `async function save() { 'use server'; return () => this; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:51 this',
  },
  {
    title: '"super" in a method',
    source: `const o = {async save() { 'use server'; return super.save(); }};`,
    code: 'super',
    says: /Call a function of the module/,
    at: '1:47 super',
  },
  {
    title: 'the "arguments" of the function around an arrow',
    source: `function Page() {\n  return async () => { 'use server'; return arguments[0]; };\n}`,
    code: 'arguments',
    says: /named parameters/,
    at: '2:44 arguments',
  },
  {
    title: 'direct eval',
    source: `async function save(x) { 'use server'; return eval(x); }`,
    code: 'eval',
    says: /variables that nobody can see/,
    at: '1:46 eval(x)',
  },
  {
    title: 'a private name of the class around it',
    source: `class A { #x = 1; static async save(a) { 'use server'; return a.#x; } }`,
    code: 'private-name',
    says: /Read the member outside/,
    at: '1:64 #x',
  },
  {
    title: 'an instance method',
    source: `class A {\n  async save() { 'use server'; }\n}`,
    code: 'instance-method',
    says: /static method or a function/,
    at: `2:17 'use server'`,
  },
  {
    title: 'a private method',
    source: `class A {\n  static async #save() { 'use server'; }\n}`,
    code: 'instance-method',
    says: /cannot be a server function/,
    at: `2:25 'use server'`,
  },
  {
    title: 'a getter',
    source: `const o = {\n  get save() { 'use server'; return 1; }\n};`,
    code: 'not-a-function',
    says: /getter cannot be a server function/,
    at: `2:15 'use server'`,
  },
  {
    title: 'a constructor',
    source: `class A {\n  constructor() { 'use server'; }\n}`,
    code: 'not-a-function',
    says: /constructor cannot be/,
    at: `2:18 'use server'`,
  },
  {
    title: 'a helper that uses the "this" of the outside, named by the way it was reached',
    source: `function Page() {\n  const helper = () => this.x;\n  async function save() { 'use server'; return helper(); }\n}`,
    code: 'this',
    says: /used by way of save → helper/,
    at: '2:23 this',
  },
  {
    title: 'two variables of one name that would meet beside the function',
    source: `function Page(x) {\n  const helper = () => x;\n  { const x = 2; return async () => { 'use server'; return [helper(), x]; }; }\n}`,
    code: 'ambiguous-capture',
    says: /Rename one of the two/,
    at: '2:23 x',
  },
  {
    title: 'a variable that is hidden where the function stands',
    source: `function Page(x) {\n  const helper = () => x;\n  { const x = 2; return async () => { 'use server'; return helper(); }; }\n}`,
    code: 'ambiguous-capture',
    says: /hidden by another variable/,
    at: '2:23 x',
  },
  {
    title: 'a directive after the first statement of a function',
    source: `async function save() {\n  await 0;\n  'use server';\n}`,
    code: 'misplaced-directive',
    says: /first statement of the function body/,
    at: `3:2 'use server';`,
  },
  {
    title: 'a module directive after an import',
    source: `import db from './db';\n'use server';\nexport async function save() {}`,
    code: 'misplaced-directive',
    says: /before every other statement/,
    at: `2:0 'use server';`,
  },
  {
    title: 'a directive in parentheses',
    source: `('use server');\nexport async function save() {}`,
    code: 'misplaced-directive',
    says: /Remove the parentheses/,
    at: `1:0 ('use server');`,
  },
  {
    title: 'a directive as a template',
    source: 'async function save() {\n  `use server`;\n}',
    code: 'misplaced-directive',
    says: /in quotes/,
    at: '2:2 `use server`;',
  },
  {
    title: 'a directive in a block',
    source: `async function save() {\n  if (true) {\n    'use server';\n  }\n}`,
    code: 'misplaced-directive',
    says: /no effect here/,
    at: `3:4 'use server';`,
  },
  {
    title: '"use client" in a function',
    source: `function Button() {\n  'use client';\n}`,
    code: 'misplaced-directive',
    says: /marks a whole module/,
    at: `2:2 'use client'`,
  },
  {
    title: 'both module directives',
    source: `'use client';\n'use server';\nexport async function save() {}`,
    code: 'both-directives',
    says: /either "use server" or "use client"/,
    at: `2:0 'use server'`,
  },
  {
    title: 'an inline server function in a client module',
    source: `'use client';\nexport function Button() {\n  return async () => { 'use server'; };\n}`,
    code: 'server-function-in-client-module',
    says: /pass it as a prop from a Server Component/,
    at: `3:23 'use server'`,
  },
  {
    title: 'an exported function of a "use server" module that is not async',
    source: `'use server';\nexport function save() {}`,
    code: 'not-async',
    says: /"save" .* not async.*write "async"/,
    at: '2:16 save',
  },
  {
    title: 'an exported class',
    source: `'use server';\nexport class Store {}`,
    code: 'not-async',
    says: /"Store" .* is a class.*without the directive/,
    at: '2:13 Store',
  },
  {
    title: 'an exported enum',
    source: `'use server';\nexport enum Color { Red }`,
    code: 'not-async',
    says: /an enum/,
    at: '2:12 Color',
  },
  {
    title: 'an exported object',
    source: `'use server';\nexport const options = {a: 1};`,
    code: 'not-async',
    says: /an object/,
    at: '2:13 options',
  },
  {
    title: 'a default export that is a number',
    source: `'use server';\nexport default 42;`,
    code: 'not-async',
    says: /The default export .* a number/,
    at: '2:15 42',
  },
  {
    title: 'a namespace export',
    source: `'use server';\nexport * as notes from './notes';`,
    code: 'not-async',
    says: /a namespace/,
    at: '2:7 * as notes',
  },
  {
    title: 'an export * whose names nobody found out',
    source: `'use server';\nexport * from './notes';`,
    code: 'unknown-star-export',
    says: /export \{name\} from "\.\/notes"/,
    at: `2:0 export * from './notes';`,
  },
  {
    title: 'module.exports beside import',
    source: `'use server';\nimport db from './db';\nmodule.exports = {save: async () => {}};`,
    code: 'commonjs-exports',
    says: /Write "export"/,
    at: '3:18 save',
    name: 'actions.js',
  },
  {
    title: 'a decorated method, whose decorator a request would not run',
    source: `class A {\n  @auth static async save() { 'use server'; }\n}`,
    code: 'decorated-method',
    says: /Call what it does inside the function/,
    at: '2:2 @auth',
  },
  {
    title: 'a server function in a "with" statement',
    source: `with (table) {\n  module.exports = async () => { 'use server'; return x; };\n}`,
    code: 'with',
    says: /Move it out/,
    at: `2:33 'use server'`,
    name: 'page.cjs',
  },
  {
    title: 'a class that can only be built by waiting',
    source: `async function Page(x) {\n  class A extends (await x) {}\n  return async () => { 'use server'; return new A(); };\n}`,
    code: 'await',
    says: /used by way of .* → A.*variable before the class/,
    at: '2:19 await x',
  },
  {
    title: 'a function whose members are assigned',
    source: `function Page() {\n  const format = (x) => format.cache.get(x);\n  format.cache = new Map();\n  return async (x) => { 'use server'; return format(x); };\n}`,
    code: 'unserializable-capture',
    says: /"format" is a function to which members are assigned.*top level/,
    at: '4:45 format',
  },
  {
    title: 'a class whose members are assigned, reached by way of a helper',
    source: `function Page() {\n  class A {}\n  A.prototype.x = 1;\n  const make = () => new A();\n  return async () => { 'use server'; return make().x; };\n}`,
    code: 'unserializable-capture',
    says: /"A" \(used by way of .* → make\) is a class/,
    at: '4:25 A',
  },
  {
    title: 'a pattern that keeps its position',
    source: `function Page() {\n  const word = /w/g;\n  return async (x) => { 'use server'; return word.exec(x); };\n}`,
    code: 'unserializable-capture',
    says: /keeps its position/,
    at: '3:45 word',
  },
  {
    title: '"this" in the computed name of a member',
    source: `async function save() { 'use server'; return {[this.name]() {}}; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:47 this',
  },
  {
    title: '"this" in the computed name of a field',
    source: `async function save() { 'use server'; return class { [this.name] = 1; }; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:54 this',
  },
  {
    title: '"this" in a default value',
    source: `async function save(x = this) { 'use server'; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:24 this',
  },
  {
    title: '"this" as a JSX tag',
    source: `async function Save() { 'use server'; return <this.Row />; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:46 this.Row',
  },
  {
    title: '"this" of an instance in a field',
    source: `class A { save = async () => { 'use server'; return this.x; }; }`,
    code: 'this',
    says: /Pass what is needed/,
    at: '1:52 this.x',
  },
  {
    title: '"super" in an arrow of a static block',
    source: `class A extends B { static { x(async () => { 'use server'; return super.y; }); } }`,
    code: 'super',
    says: /Call a function of the module/,
    at: '1:66 super.y',
  },
  {
    title: '"new.target" of the function around it',
    source: `function Page() { return async () => { 'use server'; return new.target; }; }`,
    code: 'new-target',
    says: /never called with "new"/,
    at: '1:60 new.target',
  },
  {
    title: 'a private name that a class inside the function has too, outside of that class',
    source: `class A { #x; static async save(a) { 'use server'; class B { #x; } return a.#x; } }`,
    code: 'private-name',
    says: /Read the member outside/,
    at: '1:76 #x',
  },
  {
    title: 'a private name in a check with "in"',
    source: `class A { #x; static async save(a) { 'use server'; return #x in a; } }`,
    code: 'private-name',
    says: /Read the member outside/,
    at: '1:58 #x in a',
  },
  {
    title: 'a static method whose name is computed',
    source: `class A {\n  static async [name]() { 'use server'; }\n}`,
    code: 'computed-static-method',
    says: /plain name/,
    at: `2:26 'use server'`,
  },
  {
    title: 'a setter',
    source: `class A {\n  static set save(x) { 'use server'; }\n}`,
    code: 'not-a-function',
    says: /setter cannot be a server function/,
    at: `2:23 'use server'`,
  },
  {
    title: 'a private field',
    source: `class A {\n  static #save = async () => { 'use server'; };\n}`,
    code: 'instance-method',
    says: /out of the class/,
    at: `2:31 'use server'`,
  },
  {
    title: 'a default export that is not async, in parentheses',
    source: `'use server';\nexport default (() => {});`,
    code: 'not-async',
    says: /The default export .* not async/,
    at: '2:16 () => {}',
  },
  {
    title: 'an exported variable that is renamed to default',
    source: `'use server';\nconst options = [];\nexport {options as default};`,
    code: 'not-async',
    says: /an array/,
    at: '3:8 options as default',
  },
  {
    title: 'a TypeScript namespace',
    source: `'use server';\nexport namespace Notes { export const a = 1; }`,
    code: 'not-async',
    says: /a namespace/,
    at: '2:17 Notes',
  },
  {
    title: 'a CommonJS export that is not async',
    source: `'use server';\nexports.save = function () {};`,
    code: 'not-async',
    says: /"save" .* not async/,
    at: '2:0 exports.save',
    name: 'actions.cjs',
  },
  {
    title: 'a CommonJS export by Object.defineProperty that is not a function',
    source: `'use server';\nObject.defineProperty(exports, 'limit', {value: 10});`,
    code: 'not-async',
    says: /"limit" .* a number/,
    at: `2:31 'limit'`,
    name: 'actions.cjs',
  },
  {
    title: '"use client" after an import',
    source: `import './x.css';\n'use client';\nexport function Button() {}`,
    code: 'misplaced-directive',
    says: /before every other statement/,
    at: `2:0 'use client';`,
  },
  {
    title: 'a module directive as a template',
    source: '`use server`;\nexport async function save() {}',
    code: 'misplaced-directive',
    says: /in quotes/,
    at: '1:0 `use server`;',
  },
  {
    title: 'a directive in the body of a class',
    source: `class A {\n  static {\n    'use server';\n  }\n}`,
    code: 'misplaced-directive',
    says: /no effect here/,
    at: `3:4 'use server';`,
  },
  {
    title: 'a directive at the top of a block',
    source: `{\n  'use server';\n}`,
    code: 'misplaced-directive',
    says: /no effect here/,
    at: `2:2 'use server';`,
  },
  {
    title: 'CommonJS exports whose names nobody can see',
    source: `'use server';\nmodule.exports = {save: async () => {}, ...others};`,
    code: 'hidden-export',
    says: /Write each down/,
    at: '2:40 ...others',
    name: 'actions.cjs',
  },
  {
    title: '"export =" of TypeScript',
    source: `'use server';\nexport = {save: async () => {}};`,
    code: 'hidden-export',
    says: /Write "export" in front of each function/,
    at: '2:0 export =',
    name: 'actions.cts',
  },
  {
    title: 'a syntax error',
    source: `'use server';\nexport async function save( {}`,
    code: 'syntax-error',
    says: /./,
    at: '2:30 ',
  },
  {
    title: 'an assignment to a constant of the code around it',
    source: `function Page() {\n  const count = 0;\n  return async () => { 'use server'; count++; };\n}`,
    code: 'constant-assignment',
    says: /always throws/,
    at: '3:37 count',
  },
];

describe.each(refusals)('refuses $title', ({source, code, says, at, name}) => {
  const {diagnostics} = compile(source, name === undefined ? {} : {name});
  const [diagnostic] = diagnostics;

  test('with one error of a stable code that says what to do', () => {
    expect(diagnostics.map(({severity, code: found}) => [severity, found])).toEqual([
      ['error', code],
    ]);
    expect(diagnostic!.message).toMatch(says);
  });

  test('at the place where it stands, with a frame', () => {
    const {line, column} = diagnostic!.loc.start;
    const [position, text] = [at.slice(0, at.indexOf(' ')), at.slice(at.indexOf(' ') + 1)];
    expect(`${line}:${column}`).toBe(position);
    expect(source.split('\n')[line - 1]!.slice(column)).toContain(text);
    expect(diagnostic!.frame).toContain(`> ${line} | `);
  });
});

test('reports every error of a file at once, in the order of the source', () => {
  const source = `'use server';\nexport class A {}\nexport const b = 1;\nexport function c() {}`;
  expect(compile(source).diagnostics.map(({loc}) => loc.start.line)).toEqual([2, 3, 4]);
});

test('reports every syntax error that the parser can find', () => {
  const {diagnostics} = compile(`'use server';\nlet a, a;\nconst b;\nexport async function c() {}`);
  expect(diagnostics.map(({code, loc}) => [code, loc.start.line])).toEqual([
    ['syntax-error', 2],
    ['syntax-error', 3],
  ]);
});

test.each([
  ['use sever', 'use server'],
  ['use servr', 'use server'],
  ['use serevr', 'use server'],
  ['ues server', 'use server'],
  ['us server', 'use server'],
  ['usee server', 'use server'],
  ['user server', 'use server'],
  ['use-server', 'use server'],
  ['use_server', 'use server'],
  ['useserver', 'use server'],
  ['use  server', 'use server'],
  ['use server ', 'use server'],
  [' use server', 'use server'],
  ['use servers', 'use server'],
  ['Use Server', 'use server'],
  ['USE SERVER', 'use server'],
  ['use cleint', 'use client'],
  ['use-client', 'use client'],
])('suggests the directive that %p should be, at the top and in a function', (typo, meant) => {
  for (const [source, line] of [
    [`'use strict';\n"${typo}";\nexport async function save() {}`, 2],
    [`export async function save() {\n  /* … */ '${typo}'\n}`, 2],
    [`const table = {\n  save: async () => { '${typo}'; return 1 } };`, 2],
    [`'use server';\nexport async function save() {}\nasync () => { '${typo}' }`, 3],
  ] as const) {
    const [diagnostic, ...others] = compile(source).diagnostics;
    expect(others).toEqual([]);
    expect(diagnostic!.code).toBe('misspelt-directive');
    expect(diagnostic!.message).toContain(`Did you mean "${meant}"?`);
    expect(diagnostic!.loc.start.line).toBe(line);
  }
});

test.each([
  'use strict',
  'use cache',
  'use memo',
  'use no memo',
  'use asm',
  'use workflow',
  'use step',
  'use worker',
  'use forget',
  'use babel',
  'user clicked',
])('takes %p for what it is', (text) => {
  const source = `'${text}';\nexport async function save() { '${text}'; }`;
  expect(() => compile(source)).toThrow('holds no directive');
});

test('a misspelt directive is a string like any other where no directive can stand', () => {
  expect(() => compile(`const a = ['use sever', {'use-server': 1}];\nf('use servr');`)).toThrow(
    'holds no directive',
  );
});

test('warns of a write to a captured variable, which is lost over the wire', () => {
  const source = `function Page({note}) {\n  let count = 0;\n  return async () => { 'use server'; count++; note.title = 'x'; };\n}`;
  expect(compile(source).diagnostics.map(({severity, code}) => [severity, code])).toEqual([
    ['warning', 'lost-write'],
    ['warning', 'lost-write'],
  ]);
});

test('refuses an inline server function when its module is compiled for the browser', () => {
  const source = `export function Page() { async function save() { 'use server'; } }`;
  const [diagnostic] = compile(source, {target: 'client'}).diagnostics;
  expect(diagnostic!.code).toBe('server-function-in-client-module');
  expect(diagnostic!.message).toMatch(/imported by code that runs in the browser/);
});

test('reports exports that are no server functions in every graph', () => {
  for (const target of ['server', 'client', 'ssr'] as const) {
    const [diagnostic] = compile(`'use server';\nexport const a = 1;`, {target}).diagnostics;
    expect(diagnostic!.code).toBe('not-async');
  }
});

test('a package may hold directives in a place or spelling without effect', () => {
  const filename = '/project/node_modules/ui/index.js';
  const bundle = `import React from 'react';\n'use client';\nfunction f() { g();\n'use sever'; }\nexport {f};`;
  expect(() => compile(bundle, {filename})).toThrow('no directive');
  expect(compile(bundle).diagnostics.map(({code}) => code)).toContain('misplaced-directive');
});
