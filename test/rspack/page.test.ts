import type {Browser} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';
import type {RunningServer} from '../support/runningServer.ts';
import {startPageApp} from '../webpack-server/support/pageApp.ts';

const APP = {
  'src/actions.js': `
    'use server';
    import {cookies} from 'use-server-webpack-plugin/server';
    export async function add(sum, form) { return sum + Number(form.get('amount')); }
    export async function remember(name) { cookies().set('name', name); return ['remembered', name]; }`,
  'src/Counter.js': `
    'use client';
    import {createElement, useActionState, useState} from 'react';
    import {add, remember} from './actions.js';
    export function Counter({reveal}) {
      const [sum, action] = useActionState(add, 1);
      const [text, setText] = useState('');
      const show = (call) => async () => setText(String(await call()));
      return createElement('main', null,
        createElement('form', {action},
          createElement('input', {name: 'amount', defaultValue: '41'}),
          createElement('button', null, 'Add'),
          createElement('output', null, 'sum ' + sum)),
        createElement('button', {onClick: show(() => remember('Ada'))}, 'Remember'),
        createElement('button', {onClick: show(() => reveal('!'))}, 'Reveal'),
        createElement('p', null, text));
    }`,
  'src/Page.js': `
    import {createElement} from 'react';
    import {Counter} from './Counter.js';
    export function Page() {
      const secret = {word: 'captured'};
      async function reveal(end) { 'use server'; return secret.word + end; }
      return createElement('html', null, createElement('body', null, createElement(Counter, {reveal})));
    }`,
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(['development', 'production'] as const)('a page that Rspack built in %s', (mode) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPageApp('rspack', 'plain Node', mode, APP, 'rspack');
  }, 120_000);
  afterAll(() => server?.stop());

  test('hydrates, calls imported and inline server functions, and posts its form', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(server.url);
    await page.getByText('Remember').click();
    await page.getByText('remembered,Ada').waitFor();
    await page.getByText('Reveal').click();
    await page.getByText('captured!').waitFor();
    await page.getByText('Add').click();
    await page.getByText('sum 42').waitFor();

    expect(await context.cookies()).toMatchObject([{name: 'name', value: 'Ada'}]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('works without JavaScript', async () => {
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByText('Add').click();
    await page.getByText('sum 42').waitFor();
    await context.close();
  });
});
