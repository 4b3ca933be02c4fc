import {compile} from './support/compile.ts';

const inline = `function Page(id) {\n  return async () => { 'use server'; return id; };\n}\n`;

test('comments before the first statement stay the first thing in the file, where TypeScript reads them', () => {
  const pragmas = `// @ts-nocheck\n/** @jsxImportSource preact */\n/// <reference types="x" />\n`;
  expect(compile(`${pragmas}${inline}`).code.startsWith(pragmas)).toBe(true);
  expect(compile(`${pragmas}'use strict';\n${inline}`).code.startsWith(pragmas)).toBe(true);
});

test('a byte order mark and a hashbang stay in front', () => {
  for (const start of ['\uFEFF', '#!/usr/bin/env node\n', '#!/usr/bin/env node\r\n']) {
    expect(compile(start + inline).code.startsWith(start)).toBe(true);
    const module = `${start}'use server';\nexport async function save() {}`;
    expect(compile(module).code.startsWith(start)).toBe(true);
  }
});

test('statements keep their lines, so that a stack trace without a source map still fits', () => {
  const source = `// comment\nimport a from 'a';\n\n${inline}\nexport const last = new Error();\n`;
  const lineOf = (text: string) =>
    text.split('\n').findIndex((line) => line.includes('export const last'));
  expect(lineOf(compile(source).code)).toBe(lineOf(source));
});

test('a static method of a BigInt key is found by it', () => {
  const {code} = compile(`class A { static async 0x14n() { 'use server'; } }`);
  expect(code).toContain('this["20"]');
});

test('Flow annotations are read where the file says so', () => {
  const source = `// @flow\n'use server';\nexport async function save(x: number, y: ?string): Promise<void> {}\nexport type T = {| a: 1 |};\n`;
  const {diagnostics, serverReferences} = compile(source, {name: 'actions.js'});
  expect(diagnostics).toEqual([]);
  expect(serverReferences.map(({exportName}) => exportName)).toEqual(['save']);
});
