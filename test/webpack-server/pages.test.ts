import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {hydrated} from '../support/hydrated.ts';
import type {RunningServer} from '../support/runningServer.ts';
import {startPageApp, type ServerKind} from './support/pageApp.ts';

/** Each form is named for the way in which its function comes to the component and is bound there. */
const FORMS = {
  imported: {prop: 'undefined', bind: 'save', shows: 'initial/x'},
  bound: {prop: 'undefined', bind: `save.bind(null, 'a')`, shows: 'a/initial/x'},
  'bound-twice': {
    prop: 'undefined',
    bind: `save.bind(null, 'a').bind(null, 'b')`,
    shows: 'a/b/initial/x',
  },
  memo: {prop: 'undefined', bind: `useMemo(() => save.bind(null, 'a'), [])`, shows: 'a/initial/x'},
  promise: {prop: 'undefined', bind: `save.bind(null, later())`, shows: 'late/initial/x'},
  given: {prop: 'save', bind: `given`, shows: 'initial/x'},
  'given-bound': {prop: 'save', bind: `given.bind(null, 'a')`, shows: 'a/initial/x'},
  'server-bound': {prop: `save.bind(null, 's')`, bind: `given`, shows: 's/initial/x'},
  'server-bound-twice': {
    prop: `save.bind(null, 's')`,
    bind: `given.bind(null, 'a')`,
    shows: 's/a/initial/x',
  },
  captured: {prop: 'inline', bind: `given`, shows: 'secret/initial/x'},
  'captured-bound': {prop: 'inline', bind: `given.bind(null, 'a')`, shows: 'secret/a/initial/x'},
  'captured-bound-twice': {
    prop: `inline.bind(null, 's')`,
    bind: `given.bind(null, later())`,
    shows: 'secret/s/late/initial/x',
  },
};

const APP = {
  'src/actions.js': `
    'use server';
    export async function save(...args) {
      const form = args.pop();
      return [...(await Promise.all(args)), form.get('v')].join('/');
    }`,
  'src/forms.js': `
    'use client';
    import {createElement, useActionState, useMemo, useState} from 'react';
    import {save} from './actions.js';
    const later = () => new Promise((resolve) => setTimeout(resolve, 5, 'late'));
    function Form({name, action: bound}) {
      const [state, action] = useActionState(bound, 'initial');
      return show(name, state, action);
    }
    function show(name, state, action) {
      return createElement('form', {action, id: name},
        createElement('input', {name: 'v', defaultValue: 'x'}),
        createElement('button', null, 'Save'),
        createElement('output', null, state));
    }
    ${Object.entries(FORMS)
      .map(
        ([name, {bind}], index) => `
    function Form${index}({given}) {
      const [state, action] = useActionState(${bind}, 'initial');
      return show('${name}', state, action);
    }`,
      )
      .join('')}
    export const Forms = ({givens}) => [${Object.keys(FORMS)
      .map((_, index) => `createElement(Form${index}, {key: ${index}, given: givens[${index}]})`)
      .join(', ')}];`,
  'src/common.cjs': `
    'use client';
    const {createElement, useState} = require('react');
    exports.Common = function Common() {
      const [count, setCount] = useState(0);
      return createElement('button', {id: 'common', onClick: () => setCount(count + 1)}, 'common ' + count);
    };`,
  'src/whole.cjs': `
    'use client';
    const {createElement, useState} = require('react');
    module.exports = function Whole() {
      const [count, setCount] = useState(0);
      return createElement('button', {id: 'whole', onClick: () => setCount(count + 1)}, 'whole ' + count);
    };`,
  'src/promised.cjs': `
    'use client';
    module.exports = import('./counter.js').then(({counter}) => counter('promised'));`,
  'src/thenable.cjs': `
    'use client';
    const {createElement, useState} = require('react');
    function Thenable() {
      const [count, setCount] = useState(0);
      return createElement('button', {id: 'thenable', onClick: () => setCount(count + 1)}, 'thenable ' + count);
    }
    // What the build and Node cannot see.
    module.exports = Object.fromEntries([['then', () => {}], ['Thenable', Thenable]]);`,
  'src/counter.js': `
    import {createElement, useState} from 'react';
    export const counter = (id) => function Counter() {
      const [count, setCount] = useState(0);
      return createElement('button', {id, onClick: () => setCount(count + 1)}, id + ' ' + count);
    };`,
  'src/esm.js': `
    'use client';
    import {counter} from './counter.js';
    export const Esm = counter('esm');`,
  'src/waiting.js': `
    'use client';
    const {counter} = await import('./counter.js');
    export const Waiting = counter('waiting');
    export default counter('waiting-default');`,
  'src/dependent.js': `
    'use client';
    import WaitingDefault from './waiting.js';
    import {counter} from './counter.js';
    export const Dependent = counter('dependent');
    export const Again = WaitingDefault;`,
  'src/Page.js': `
    import {createElement} from 'react';
    import {save} from './actions.js';
    import {Forms} from './forms.js';
    import {Esm} from './esm.js';
    import {Waiting} from './waiting.js';
    import {Again, Dependent} from './dependent.js';
    import common from './common.cjs';
    import Whole from './whole.cjs';
    import promised from './promised.cjs';
    import thenable from './thenable.cjs';
    const {Common} = await common;
    const Promised = await promised;
    export function Page() {
      const secret = 'secret';
      async function inline(...args) {
        'use server';
        return secret + '/' + (await save(...args));
      }
      const givens = [${Object.values(FORMS)
        .map(({prop}) => prop)
        .join(', ')}];
      return createElement('html', {lang: 'en'}, createElement('body', null,
        createElement(Forms, {givens}),
        createElement(Esm), createElement(Waiting), createElement(Dependent), createElement(Again),
        createElement(Common), createElement(Whole), createElement(Promised), createElement(thenable.Thenable)));
    }`,
};

const COUNTERS = [
  'esm',
  'waiting',
  'dependent',
  'waiting-default',
  'common',
  'whole',
  'promised',
  'thenable',
];

const kinds: ServerKind[] = ['bundled', 'plain Node'];
const modes = ['development', 'production'] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(kinds.flatMap((kind) => modes.map((mode) => [kind, mode] as const)))(
  'a page of a server that is %s, in %s',
  (kind, mode) => {
    let server: RunningServer;
    let complaints: string[] = [];

    beforeAll(async () => {
      server = await startPageApp('forms', kind, mode, APP);
    }, 180_000);
    afterAll(() => server?.stop());

    async function openPage(javaScriptEnabled: boolean): Promise<Page> {
      complaints = [];
      const context = await browser.newContext({javaScriptEnabled});
      const page = await context.newPage();
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(server.url);
      return page;
    }

    async function submit(page: Page, name: string, shows: string): Promise<void> {
      await page.locator(`#${name} button`).click();
      const output = page.locator(`#${name} output`);
      await output.getByText(shows, {exact: true}).waitFor();
    }

    async function states(page: Page): Promise<Record<string, string | null>> {
      const names = Object.keys(FORMS);
      const texts = names.map((name) => page.locator(`#${name} output`).textContent());
      return Object.fromEntries((await Promise.all(texts)).map((text, i) => [names[i], text]));
    }

    const allInitial = Object.fromEntries(Object.keys(FORMS).map((name) => [name, 'initial']));

    test('a form that is posted without JavaScript shows its own state, however its function is bound', async () => {
      const page = await openPage(false);
      for (const [name, {shows}] of Object.entries(FORMS)) {
        await submit(page, name, shows);

        expect(await states(page)).toEqual({...allInitial, [name]: shows});
      }
      await page.context().close();
    });

    test('a form that is posted before its script has loaded keeps its state when the page hydrates', async () => {
      const page = await openPage(true);
      for (const [name, {shows}] of Object.entries(FORMS)) {
        await page.route('**/client.js', (route) => route.abort());
        await page.goto(server.url);
        await page.unroute('**/client.js');
        complaints = [];
        await submit(page, name, shows);
        await hydrated(page);

        expect(await states(page)).toEqual({...allInitial, [name]: shows});
        await submit(page, name, shows.replace('initial/x', `${shows}/x`));
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test('every form works with JavaScript', async () => {
      const page = await openPage(true);
      await hydrated(page);
      await page.evaluate('globalThis.isSamePage = true');
      for (const [name, {shows}] of Object.entries(FORMS)) await submit(page, name, shows);

      expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test('client components of ES modules and of CommonJS, at once there, awaited, and with a top-level await, hydrate in one page', async () => {
      const plain = await openPage(false);
      for (const name of COUNTERS) {
        expect(await plain.locator(`#${name}`).textContent()).toBe(`${name} 0`);
      }
      await plain.context().close();
      const page = await openPage(true);
      await hydrated(page);
      for (const name of COUNTERS) {
        await page.locator(`#${name}`).click();
        await page.getByText(`${name} 1`).waitFor();
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  },
);
