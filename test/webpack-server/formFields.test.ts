import type {Browser, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import {hydrated} from '../support/hydrated.ts';
import type {RunningServer} from '../support/runningServer.ts';
import {startPageApp, type ServerKind} from './support/pageApp.ts';

/** Each form is named for the way in which its function comes to it. */
const FORMS = ['imported', 'server', 'captured', 'bound', 'button', 'called', 'nested'];

const APP = {
  'src/actions.js': `
    'use server';
    export async function list(previous, form) { return names(form); }
    export async function listBound(bound, previous, form) { return bound + ' ' + names(form); }
    export async function listNested(previous, {forms: [form]}) { return names(await form); }
    let last = '';
    export async function remember(form) { last = names(form); }
    export async function recall() { return last; }
    const names = (form) => JSON.stringify([...form]);`,
  'src/forms.js': `
    'use client';
    import {createElement as h, useActionState} from 'react';
    import {list, listBound, listNested, recall, remember} from './actions.js';
    const form = (id, state, action, ...buttons) => h('form', {id, action},
      h('input', {name: 'a', defaultValue: '1'}), h('input', {name: 'b', defaultValue: '2'}),
      buttons.length > 0 ? buttons : h('button', null, 'Send'), h('output', null, state));
    function Stateful({id, action: given}) {
      const [state, action] = useActionState(given, '');
      return form(id, state, action);
    }
    function Plain({id, action}) {
      const [state, show] = useActionState(recall, '');
      return [form(id, state, action), h('form', {key: 1, action: show, id: id + '-show'}, h('button', null, 'Show'), h('output', null, state))];
    }
    function Button() {
      const [state, action] = useActionState(list, '');
      return form('button', state, undefined, h('button', {key: 0, formAction: action}, 'Send'));
    }
    /** Without JavaScript its action is the same function, which takes the form as it is. */
    function Nested() {
      const [state, action] = useActionState((previous, data) => listNested(previous, {forms: [Promise.resolve(data)]}), '');
      const [, plain] = useActionState(list, '');
      return form('nested', state, undefined, h('button', {key: 0, formAction: action}, 'Send'), h('button', {key: 1, formAction: plain}, 'Other'));
    }
    export const Forms = ({server, captured}) => [
      h(Stateful, {key: 0, id: 'imported', action: list}),
      h(Stateful, {key: 1, id: 'server', action: server}),
      h(Stateful, {key: 2, id: 'captured', action: captured}),
      h(Stateful, {key: 3, id: 'bound', action: listBound.bind(null, 'bound')}),
      h(Button, {key: 4}),
      h(Plain, {key: 5, id: 'called', action: remember}),
      h(Nested, {key: 6}),
    ];`,
  'src/Page.js': `
    import {createElement as h} from 'react';
    import {list} from './actions.js';
    import {Forms} from './forms.js';
    export function Page({secret = 'captured'}) {
      async function captured(previous, form) { 'use server'; return secret + ' ' + JSON.stringify([...form]); }
      return h('html', null, h('head', null, h('meta', {charSet: 'utf-8'})), h('body', null, h(Forms, {server: list, captured})));
    }`,
};
const FIELDS = '[["a","1"],["b","2"]]';
const PREFIXES: Record<string, string> = {captured: 'captured ', bound: 'bound '};

const PAGES = (['bundled', 'plain Node'] as ServerKind[]).flatMap((kind) =>
  (['production', 'development'] as const).map((mode) => ({kind, mode})),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser?.close());

describe.each(PAGES)('forms of a $kind server in $mode', ({kind, mode}) => {
  let app: RunningServer;
  beforeAll(async () => {
    app = await startPageApp('form-fields', kind, mode, APP);
  }, 240_000);
  afterAll(() => app?.stop());

  test.each([
    {way: 'with JavaScript', javaScriptEnabled: true},
    {way: 'without JavaScript', javaScriptEnabled: false},
  ])(
    'give a function the fields of the app and none of React $way',
    async ({javaScriptEnabled}) => {
      const context = await browser.newContext({javaScriptEnabled});
      const page = await context.newPage();
      // React's own function cannot be sent without JavaScript.
      const forms = javaScriptEnabled ? FORMS : FORMS.filter((id) => id !== 'nested');
      await page.goto(app.url);
      if (javaScriptEnabled) await hydrated(page);
      for (const id of forms) {
        if (!javaScriptEnabled) await page.goto(app.url);
        expect(await hiddenFields(page, id)).toBeGreaterThan(0);
        await page.click(`#${id} button`);
        if (id === 'called') await page.click(`#called-show button`);
        const shown = page.locator(`#${id}${id === 'called' ? '-show' : ''} output`);
        await shown.filter({hasText: '['}).waitFor();
        expect([id, await shown.textContent()]).toEqual([id, `${PREFIXES[id] ?? ''}${FIELDS}`]);
      }
      await context.close();
    },
    120_000,
  );
});

/** How many fields React has put into the HTML of a form, and left there. */
function hiddenFields(page: Page, id: string): Promise<number> {
  return page.locator(`#${id} [name^="$ACTION_"]`).count();
}
