import {compile} from './support/compile.ts';
import {refusals} from './support/refusals.ts';

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
  ['use server!', 'use server'],
  ['use server.', 'use server'],
  ['use server;', 'use server'],
  ['sue server', 'use server'],
  ['se client', 'use client'],
  ['use action', 'use server'],
  ['use actions', 'use server'],
  ['use-action', 'use server'],
  ['use server action', 'use server'],
  ['Use Server Actions', 'use server'],
  ['use server-function', 'use server'],
  ['use server only', 'use server'],
  ['use client component', 'use client'],
  ['use client-only', 'use client'],
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
  'use static',
  'use agent',
  'use query',
  'use dom',
  'use function',
  'use component',
  'use service worker',
  'use cache: private',
  'use cache: remote',
  'user clicked',
  'select server',
])('takes %p for what it is', (text) => {
  const source = `'${text}';\nexport async function save() { '${text}'; }`;
  expect(() => compile(source)).toThrow('holds no directive');
});

test('a misspelt directive is a string like any other where no directive can stand', () => {
  expect(() => compile(`const a = ['use sever', {'use-server': 1}];\nf('use servr');`)).toThrow(
    'holds no directive',
  );
});

test.each([
  `export const tools = {weather: {execute: async () => { 'use client'; return 1; }}};`,
  `'use server';\nexport async function save() { const f = () => { 'use client'; }; }`,
  `'use client';\nexport function Button() { 'use client'; }`,
])('warns of "use client" in a function, which another compiler may read: %p', (source) => {
  const {diagnostics} = compile(source);
  expect(diagnostics.map(({severity, code}) => [severity, code])).toEqual([
    ['warning', 'misplaced-directive'],
  ]);
  expect(diagnostics[0]!.message).toContain('unless another compiler reads it');
});

test.each([
  `'use server';\n"use server"\nexport async function save() {}`,
  `'use server'\n'use strict'\n'use server'\n;export async function save() { 'use server'; 'use server' }`,
  `function Page(x) { return async () => { 'use server'; 'use memo'; "use server"\nreturn x; } }`,
  `function Page(x) { return {async save() { 'use server'; 'use server'; return x; }}; }`,
])('leaves no "use server" behind, however often it is written: %p', (source) => {
  const {code, diagnostics} = compile(source);
  expect(diagnostics).toEqual([]);
  expect(code).not.toMatch(/['"]use server['"]/);
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
