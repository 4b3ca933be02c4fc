import {isPlainClientModule, transform, type Target} from '../../src/transform/index.ts';

function transformed(source: string, target: Target) {
  return transform(source, {filename: '/app/src/a.tsx', root: '/app', target})!;
}

describe('a module is plainly a client module', () => {
  test.each([
    `'use client';\nexport function Button() {}`,
    `"use client"\nimport a from 'a';\nexport const b = a;`,
    `'use client'\r\n\r\nexport default class {}`,
    `\uFEFF// license\n/** more ** of it */\n'use client';\nexport let a = 1;`,
    `#!/usr/bin/env node\n'use client';\nexport async function a() {}`,
    `'use client';\nexport default () => null;`,
    `'use client';\nexport type A = 1;\nexport const a = <p>it's</p>;`,
  ])('and the transform finds the same: %j', (source) => {
    expect(isPlainClientModule(source)).toBe(true);
    for (const target of ['server', 'client', 'ssr'] as const) {
      const {clientReferences, serverReferences, diagnostics} = transformed(source, target);
      expect(diagnostics).toEqual([]);
      expect(serverReferences).toEqual([]);
      expect(clientReferences).not.toEqual([]);
    }
    expect(transformed(source, 'client').code).toBe(source);
  });

  test.each([
    ['it is no directive, but an expression', `'use client'.length;\nexport const a = 1;`],
    ['its expression goes on in the next line', `'use client'\n+ 1;\nexport const a = 1;`],
    ['another statement is before it', `import a from 'a';\n'use client';\nexport const b = a;`],
    ['it is in a comment', `/* 'use client'; */ export const a = 1;`],
    ['it exports nothing', `'use client';\nconst a = 1;`],
    ['it exports types only', `'use client';\nexport default interface A {}\nexport type B = 1;`],
    [
      'it exports what another module does',
      `'use client';\nexport * from './b';export const a = 1;`,
    ],
    ['it is CommonJS', `'use client';\nexports.a = 1;`],
    ['it has a server function', `'use client';\nexport const a = async () => { 'use server' };`],
    ['it is both', `'use client';\n'use server';\nexport const a = 1;`],
    ['it is misspelt', `'use cleint';\nexport const a = 1;`],
    ['it is a server module', `'use server';\nexport async function a() {}`],
    ['something else is misspelt', `'use client';\nexport const a = () => { 'use sever' };`],
  ])('but not where %s', (_why, source) => {
    expect(isPlainClientModule(source)).toBe(false);
  });

  test('and a thousand comments take no time to tell', () => {
    const comments = '/* a */ // b\n'.repeat(1000);

    expect(isPlainClientModule(`${comments}'use client'; export const a = 1;`)).toBe(false);
    expect(isPlainClientModule(`${comments}'use client';\nexport const a = 1;`)).toBe(true);
    expect(isPlainClientModule(`${comments}/* not closed 'use client';`)).toBe(false);
  });
});
