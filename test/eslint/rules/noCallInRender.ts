import {join} from 'node:path';
import {testRule} from '../support/lint.ts';
import {writeProject} from '../support/project.ts';

const cwd = writeProject('render', {
  'src/notes.js': `#!/usr/bin/env node\n// Notes.\n'use strict';\n"use server" /* for the browser */\nexport async function list() {}\nexport default async function count() {}`,
  'src/helpers.js': `export async function list() {}`,
  'src/later.js': `export async function list() {}\n'use server';`,
  'tsconfig.json': '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
});

const IMPORTS = `import {use, useEffect, useMemo, useReducer, useState, memo} from 'react';
import count, {list} from './notes.js';
import * as notes from './notes.js';
import {list as listHere} from './helpers.js';
import {list as listLater} from './later.js';
`;
const client = (code: string) => `'use client';\n${IMPORTS}${code}`;
const inNotes = (code: string) => client(`function Notes({id}) {\n${code}\nreturn <ul />;\n}`);

export function testNoCallInRender(): void {
  testRule(
    'no-call-in-render',
    {
      valid: {
        'a call in an event handler': inNotes('const show = async () => set(await list());'),
        'a call in an effect': inNotes('useEffect(() => { list().then(set); }, []);'),
        'a call outside of components': client(
          `const first = list(); const Notes = () => <p>{use(first)}</p>;`,
        ),
        'a call in a helper': client(`function readNotes() { return list(); }`),
        'a promise that is kept by an assignment': inNotes(
          'const promise = (cache[id] ??= list(id));',
        ),
        'a promise that is kept by a condition': inNotes(
          'if (!cache.has(id)) cache.set(id, list(id));',
        ),
        'a promise that is kept by an operator': inNotes(
          'const promise = cache.get(id) ?? list(id);',
        ),
        'a promise that is kept by an early return': client(
          `function useNotes(id) { if (cache.has(id)) return cache.get(id); return keep(id, list(id)); }`,
        ),
        'a function of a module without the directive': inNotes('listHere(); listLater();'),
        'a function of the module itself': client(
          `function list2() {} function Notes() { list2(); return <p />; }`,
        ),
        'a function that hides the import': client(
          `function Notes({list}) { const all = list(); return <p>{all}</p>; }`,
        ),
        'a function that is no component for all its name': client(
          `function Notes() { return list(); }`,
        ),
        'a Server Component, where it is an ordinary call': `import {list} from './notes.js';
export async function Notes() { return <ul>{await list()}</ul>; }
export function Others() { return <ul>{use(list())}</ul>; }`,
        'an initializer that is called for another purpose': inNotes(
          'useLater(list); useState(() => () => list());',
        ),
      },
      invalid: {
        'a call in a component': [inNotes('const promise = list();'), 'list'],
        'a call in an argument of use()': [inNotes('const all = use(list());'), 'list'],
        'a call in JSX': [client(`const Notes = () => <ul>{list()}</ul>;`), 'list'],
        'a call in a hook': [client(`export function useNotes() { return list(); }`), 'list'],
        'a call in a component that memo() wraps': [
          client(`const Notes = memo(() => <ul>{list()}</ul>);`),
          'list',
        ],
        'a call in the initializers of state': [
          inNotes(
            'useState(() => list()); useMemo(() => list(), []); useReducer(reduce, 0, () => list());',
          ),
          'list',
          'list',
          'list',
        ],
        'a server function as the initializer of state': [
          inNotes('useState(list); useMemo(count, [])'),
          'list',
          'count',
        ],
        'a default export and a namespace': [
          inNotes('count(); notes.list();'),
          'count',
          'notes.list',
        ],
        'a call in the condition of a statement': [inNotes('if (list()) show();'), 'list'],
        'a component of a module that only hooks show to be a client module': [
          `${IMPORTS}function Notes() { list(); return <ul />; }`,
          'list',
        ],
        'an import by the paths of tsconfig.json': [
          `'use client'; import {list} from '@/notes'; const Notes = () => <ul>{list()}</ul>;`,
          'list',
        ],
      },
    },
    {cwd, filename: join(cwd, 'src/Notes.jsx')},
  );
}
