import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {mayHaveDirective} from '../../src/webpack/sourceFiles.ts';

const require = createRequire(import.meta.url);

describe('mayHaveDirective', () => {
  test.each([
    `'use server'`,
    `"use client";`,
    `\uFEFF'use server';`,
    `#!/usr/bin/env node\n'use server'`,
    `/* license */ 'use server'`,
    `// license\r\n  "use server"`,
    `'use strict';'use server'`,
    `async function f() {'use server'}`,
    `async function f() { /* c */\t"use server" }`,
    `const f = async () => {\n\n    'use server';`,
    `async function f() {\u2028'use server'`,
    `('use server')`,
    `{ (( "use server" )) }`,
    '{ `use server` }',
    `if (x) 'use server'`,
    `async () => 'use server'`,
    `async function f() { 'use sever' }`,
    `"use-client"`,
    `say('use server'); async function f() { 'use server' }`,
  ])('is true for %j', (source) => {
    expect(mayHaveDirective(Buffer.from(source))).toBe(true);
  });

  test.each([
    '',
    `const a = 1;`,
    `// Put 'use server' here`,
    `throw Error('mark it with "use server".')`,
    `throw Error("mark it with \\"use server\\".")`,
    `say('use server')`,
    `const text = 'use client'`,
    `f(a, 'use client')`,
    `'use server side rendering'`,
  ])('is false for %j', (source) => {
    expect(mayHaveDirective(Buffer.from(source))).toBe(false);
  });

  test.each([
    'react-server-dom-webpack/cjs/react-server-dom-webpack-client.browser.development.js',
    'react-dom/cjs/react-dom-client.development.js',
  ])('spares %s, which speaks of directives, a parse', (file) => {
    const path = `${require.resolve(`${file.split('/')[0]}/package.json`)}/../${file.split('/').slice(1).join('/')}`;
    const source = readFileSync(require('node:path').normalize(path));

    expect(source.includes('use server') || source.includes('use client')).toBe(true);
    expect(mayHaveDirective(source)).toBe(false);
  });
});
