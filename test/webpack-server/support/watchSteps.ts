import {APP} from './bundledProject.ts';

/** New text, what replaces a part of the text that is there, or null to delete the file. */
export type Edit = string | null | {replace: [from: string, to: string][]};

export interface WatchStep {
  name: string;
  files: Record<string, Edit>;
  /** Whether the build must print an error after it. */
  fails?: true;
}

/** The app that the steps start from. */
export const STEPS_APP: Record<string, string> = {
  ...APP,
  'src/client.js': `${APP['src/client.js']}\nimport './base.css';`,
  'src/base.css': `body { margin: 1px; }`,
};

const replace = (...pairs: [from: string, to: string][]): Edit => ({replace: pairs});

const BEFORE_USE = 'export function Page({note}) {';
const USE = `createElement('form', {action: count}),`;
/** Makes Server Component `Page` import something and use it. */
const usePage = (statement: string, expression: string): Edit =>
  replace([BEFORE_USE, `${statement}\n    ${BEFORE_USE}`], [USE, `${USE} ${expression},`]);
const unusePage = (statement: string, expression: string): Edit =>
  replace([statement, ''], [` ${expression},`, '']);

const PANEL = [
  `import {Panel} from './Panel.js';`,
  `createElement('form', {action: Panel}), createElement(Panel)`,
] as const;
const BADGE = [`import {Badge} from './Badge.js';`, `createElement(Badge)`] as const;
const STYLES = [
  `import * as styles from './page.module.css';`,
  `createElement('i', {className: styles.red})`,
] as const;
const ACTION_BARREL = `'use server'; export * from './more.js'; export {count as recount} from './shared.js';`;

/** What people do in a day, one after the other, to one app. */
export const STEPS: WatchStep[] = [
  {
    name: 'the body of a server function',
    files: {'src/shared.js': replace(['++calls', '(calls += 1)'])},
  },
  {
    name: 'the body of an inline server function',
    files: {'src/Page.js': replace([`'renamed '`, `'is renamed '`])},
  },
  {
    name: 'the body of a client component',
    files: {'src/Button.js': replace([`'a button'`, `'one button'`])},
  },
  {
    name: 'the body of a Server Component',
    files: {'src/Page.js': replace([`text: 'SSR'`, `text: 'more SSR'`])},
  },
  {
    name: 'a module that makes HTML',
    files: {
      'src/ssr.js': replace([
        'createElement(Root)',
        `createElement(Root, {onError: () => 'error'})`,
      ]),
    },
  },
  {
    name: 'an export of a server module that nothing uses',
    files: {
      'src/only-in-client.js': replace([
        'export async function neverUsed',
        `export async function added() { return 'added'; }\n    export async function neverUsed`,
      ]),
    },
  },
  {
    name: 'which a client component starts to use',
    files: {'src/Button.js': replace(['{save}', '{save, added}'], ['[save()', '[added(), save()'])},
  },
  {
    name: 'which has another name everywhere',
    files: {
      'src/Button.js': replace(['{save, added}', '{save, renamed}'], ['[added()', '[renamed()']),
      'src/only-in-client.js': replace(['function added', 'function renamed']),
    },
  },
  {
    name: 'which is deleted, but still used',
    files: {
      'src/only-in-client.js': replace([`export async function renamed() { return 'added'; }`, '']),
    },
  },
  {
    name: 'which is used no longer',
    files: {
      'src/Button.js': replace(['{save, renamed}', '{save}'], ['[renamed(), save()', '[save()']),
    },
  },
  {
    name: 'another inline function, which captures a variable',
    files: {
      'src/Page.js': replace(
        [
          "return createElement('main'",
          "async function erase() { 'use server'; return note.title; }\n      return createElement('main'",
        ],
        [USE, `${USE} createElement(Button, {action: erase}),`],
      ),
    },
  },
  {
    name: 'which captures another one',
    files: {'src/Page.js': replace(['return note.title', 'return [note.title, note.text]'])},
  },
  {
    name: 'which has another name',
    files: {'src/Page.js': replace(['erase() {', 'wipe() {'], ['action: erase', 'action: wipe'])},
  },
  {
    name: 'a function above it',
    files: {
      'src/Page.js': replace([
        BEFORE_USE,
        `function unrelated() { return async () => { 'use server'; return 1; }; }\n    ${BEFORE_USE}`,
      ]),
    },
  },
  {
    name: 'no second inline function again',
    files: {
      'src/Page.js': replace(
        [
          `function unrelated() { return async () => { 'use server'; return 1; }; }\n    ${BEFORE_USE}`,
          BEFORE_USE,
        ],
        [
          "async function wipe() { 'use server'; return [note.title, note.text]; }\n      return createElement('main'",
          "return createElement('main'",
        ],
        [`${USE} createElement(Button, {action: wipe}),`, USE],
      ),
    },
  },
  {
    name: 'an import of a file that is not there',
    files: {'src/Page.js': usePage(...PANEL)},
    fails: true,
  },
  {
    name: 'the file, as a client component',
    files: {'src/Panel.js': `'use client'; export function Panel() { return 'panel'; }`},
  },
  {
    name: 'the same file without a directive',
    files: {'src/Panel.js': `export function Panel() { return 'panel'; }`},
  },
  {
    name: 'the same file as a server module',
    files: {'src/Panel.js': `'use server'; export async function Panel() { return 'panel'; }`},
  },
  {
    name: 'the same file as a client component again',
    files: {'src/Panel.js': `'use client'; export function Panel() { return 'panel 2'; }`},
  },
  {
    name: 'the directive in a comment only',
    files: {'src/Panel.js': `// 'use client';\nexport function Panel() { return 'use server'; }`},
  },
  {
    name: 'the same file with an inline function',
    files: {
      'src/Panel.js': `export function Panel() { return (async () => { 'use server'; return 5; }, 'panel'); }`,
    },
  },
  {
    name: 'the same file as a client component that imports a new one',
    files: {
      'src/Panel.js': `'use client'; import {Badge} from './Badge.js'; export function Panel() { return Badge(); }`,
      'src/Badge.js': `'use client'; export function Badge() { return 'badge'; } export const other = 1;`,
    },
  },
  {
    name: 'the new one, imported by a Server Component too',
    files: {'src/Page.js': usePage(...BADGE)},
  },
  {
    name: 'the first one, deleted with its import',
    files: {'src/Page.js': unusePage(...PANEL), 'src/Panel.js': null},
  },
  {
    name: 'a client component that is a default export',
    files: {
      'src/Page.js': replace([BADGE[0], `import Badge from './Badge.js';`]),
      'src/Badge.js': `'use client'; export default function Badge() { return 'badge'; }`,
    },
  },
  {
    name: 'and is CommonJS',
    files: {'src/Badge.js': `'use client'; module.exports = () => 'common badge';`},
  },
  {
    name: 'and is named again, in another folder',
    files: {
      'src/Page.js': replace([
        `import Badge from './Badge.js';`,
        `import {Badge} from './parts/Badge.js';`,
      ]),
      'src/Badge.js': null,
      'src/parts/Badge.js': `'use client'; export const Badge = () => 'badge in a folder';`,
    },
  },
  {
    name: 'a syntax error in a client component',
    files: {'src/parts/Badge.js': `'use client'; export const Badge = () => {`},
    fails: true,
  },
  {
    name: 'a second error, in a server module',
    files: {'src/shared.js': replace(['export async function count', 'export function count'])},
    fails: true,
  },
  {
    name: 'the first one mended',
    files: {'src/parts/Badge.js': `'use client'; export const Badge = () => 'mended';`},
    fails: true,
  },
  {
    name: 'both mended',
    files: {'src/shared.js': replace(['export function count', 'export async function count'])},
  },
  {
    name: 'a syntax error in a Server Component',
    files: {'src/Page.js': replace(["return createElement('main'", "return return('main'"])},
    fails: true,
  },
  {
    name: 'an edit elsewhere, while it is there',
    files: {'src/only-in-browser.js': replace([`'from the browser'`, `'out of the browser'`])},
    fails: true,
  },
  {
    name: 'its repair',
    files: {'src/Page.js': replace(["return return('main'", "return createElement('main'"])},
  },
  {
    name: 'a barrel that names what it exports',
    files: {
      'src/ui.js': `export {Button} from './Button.js'; export {default as Label} from './Label.js';`,
    },
  },
  {
    name: 'a barrel that leads to another barrel',
    files: {
      'src/ui.js': `export * from './parts/index.js'; export {default as Label} from './Label.js';`,
      'src/parts/index.js': `export * from '../Button.js'; export * from './Badge.js';`,
    },
  },
  {
    name: 'a server module that is a barrel',
    files: {
      'src/actions.js': ACTION_BARREL,
      'src/more.js': `export async function more() { return 'more'; }`,
      'src/Label.js': replace(
        [
          `import {createElement} from 'react';`,
          `import {createElement} from 'react'; import {more, recount} from './actions.js';`,
        ],
        [`'b', null`, `'b', {onClick: () => [more(), recount()]}`],
      ),
    },
  },
  {
    name: 'another function behind the barrel',
    files: {
      'src/more.js': `export async function more() { return 'more'; } export async function most() {}`,
    },
  },
  {
    name: 'a default export of a server module',
    files: {
      'src/actions.js': `${ACTION_BARREL} export default async function submit() {}`,
      'src/Label.js': replace(
        ['{more, recount}', 'submit, {more, recount}'],
        ['[more()', '[submit(), more()'],
      ),
    },
  },
  {
    name: 'which is named',
    files: {
      'src/actions.js': `${ACTION_BARREL} export async function submit() {}`,
      'src/Label.js': replace(['submit, {more, recount}', '{submit, more, recount}']),
    },
  },
  {
    name: 'a stylesheet of a client component',
    files: {
      'src/Button.js': replace([
        `import {createElement`,
        `import './button.css'; import {createElement`,
      ]),
      'src/button.css': `button { color: red; }`,
    },
  },
  {name: 'another style', files: {'src/button.css': `button { color: blue; }`}},
  {
    name: 'a CSS module of a Server Component',
    files: {'src/Page.js': usePage(...STYLES), 'src/page.module.css': `.red { color: red; }`},
  },
  {
    name: 'no stylesheet of a client component',
    files: {
      'src/Button.js': replace([
        `import './button.css'; import {createElement`,
        `import {createElement`,
      ]),
      'src/button.css': null,
    },
  },
  {
    name: 'code for the server only, in a server module',
    files: {'src/shared.js': replace([`'use server';`, `'use server'; import 'server-only';`])},
  },
  {
    name: 'code for the browser only, in a client component',
    files: {'src/Label.js': replace([`'use client';`, `'use client'; import 'client-only';`])},
  },
  {
    name: 'code for the server only, in a module of both sides',
    files: {
      'src/both.js': `import 'server-only'; export const both = 'both';`,
      'src/Page.js': usePage(`import {both} from './both.js';`, 'both'),
    },
  },
  {
    name: 'which is a module of the server alone no longer',
    files: {'src/both.js': `export const both = 'for all';`},
  },
  {
    name: 'a new version of a package, with another function',
    files: {
      'node_modules/packaged/package.json': replace(['1.0.0', '1.1.0']),
      'node_modules/packaged/actions.js': replace([
        'inPackage() {',
        `another() { return 'another'; }\n    export async function inPackage() {`,
      ]),
      'node_modules/packaged/index.js': replace(
        ['{inPackage}', '{another, inPackage}'],
        ['action: inPackage', 'action: another'],
      ),
    },
  },
  {
    name: 'a package that is deleted with its import',
    files: {
      'src/Page.js': replace(
        [`import {Packaged} from 'packaged';`, ''],
        ['createElement(Packaged),', ''],
      ),
      'node_modules/packaged/package.json': null,
      'node_modules/packaged/index.js': null,
      'node_modules/packaged/actions.js': null,
    },
  },
  {
    name: 'a top-level await in a server module',
    files: {
      'src/more.js': `const word = await Promise.resolve('late'); export async function more() { return word; }`,
    },
  },
  {
    name: 'a client component that loads another one later',
    files: {
      'src/Label.js': replace([
        'export default',
        `export const later = () => import('./parts/Later.js');\n    export default`,
      ]),
      'src/parts/Later.js': `'use client'; import {soon} from './soon.js'; export const Later = () => soon();`,
      'src/parts/soon.js': `'use server'; export async function soon() { return 'later'; }`,
    },
  },
  {
    name: 'a server module that the browser alone reaches, with another file name',
    files: {
      'src/only-in-browser.js': null,
      'src/browser-actions.js': APP['src/only-in-browser.js']!,
      'src/client.js': replace(['./only-in-browser.js', './browser-actions.js']),
    },
  },
  {
    name: 'everything at once, as it was',
    files: {
      ...STEPS_APP,
      'src/browser-actions.js': null,
      'src/both.js': null,
      'src/actions.js': null,
      'src/more.js': null,
      'src/page.module.css': null,
      'src/parts/index.js': null,
      'src/parts/Badge.js': null,
      'src/parts/Later.js': null,
      'src/parts/soon.js': null,
    },
  },
];
