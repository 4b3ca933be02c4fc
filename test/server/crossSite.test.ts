import {fork, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from '@jest/globals';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {launchBrowser} from '../support/browser.ts';

/** A request that reached the handler of the app, and what became of it. */
interface Arrival {
  request: string;
  status: number | string;
  code: string | null;
  ran: unknown[];
  site: string | null;
  origin: string | null;
  cookie: string | null;
}

/** What an attack is given in the page that it starts from. */
interface Target {
  app: string;
  endpoint: string;
  other: string;
  /** Of the server function, and the name of the field by which a form names it. */
  id: string;
  field: string;
}

interface Attack {
  run: (target: Target) => unknown;
  /** Methods, paths and statuses of what arrives. */
  arrives: string[];
}

const REFUSED_CALL = ['POST /rsc-action 403 cross-site'];
const REFUSED_FORM = ['POST / 403 cross-site'];

/** Each runs in a page of another origin, whose user is logged in to the app. */
const attacks: Record<string, Attack> = {
  'a form as React writes it': {
    run: ({app, field}) => postForm(`${app}/`, 'multipart/form-data', {[field]: '', note: 'evil'}),
    arrives: REFUSED_FORM,
  },
  'such a form to the endpoint of calls': {
    run: ({endpoint, field}) => postForm(endpoint, 'multipart/form-data', {[field]: ''}),
    arrives: REFUSED_CALL,
  },
  'a form whose fields are those of a call': {
    run: ({endpoint}) => postForm(endpoint, 'multipart/form-data', {0: '["evil"]'}),
    arrives: REFUSED_CALL,
  },
  'a form that nobody may know the referrer of': {
    run: ({app, field}) =>
      postForm(`${app}/`, 'multipart/form-data', {[field]: ''}, {referrer: 'no-referrer'}),
    arrives: REFUSED_FORM,
  },
  'a form in a new window': {
    run: ({app, field}) =>
      postForm(`${app}/`, 'multipart/form-data', {[field]: ''}, {target: '_blank'}),
    arrives: REFUSED_FORM,
  },
  'a form whose text is that of a call': {
    run: ({endpoint}) => postForm(endpoint, 'text/plain', {'["evil"] ': ''}),
    arrives: REFUSED_CALL,
  },
  'a form in the usual encoding': {
    run: ({endpoint, field}) =>
      postForm(endpoint, 'application/x-www-form-urlencoded', {[field]: ''}),
    arrives: REFUSED_CALL,
  },
  'a form in the usual encoding, to a page': {
    run: ({app, field}) => postForm(`${app}/`, 'application/x-www-form-urlencoded', {[field]: ''}),
    arrives: ['POST / left to the app'],
  },
  'a form that the other site redirects, with its body': {
    run: ({app, other, field}) =>
      postForm(`${other}/?to=${app}/`, 'multipart/form-data', {[field]: ''}),
    arrives: REFUSED_FORM,
  },
  'a form that an open redirect of the app passes on': {
    run: ({app, field}) =>
      postForm(`${app}/open-redirect?to=${app}/`, 'multipart/form-data', {[field]: ''}),
    arrives: REFUSED_FORM,
  },
  'fetch with the id, which needs a grant': {
    run: ({endpoint, id}) =>
      quietly(fetch(endpoint, {...credentials(), headers: {'X-Action-Id': id}, body: '[]'})),
    arrives: ['OPTIONS /rsc-action 405 method-not-allowed'],
  },
  'fetch with the id, that asks for no grant': {
    run: ({endpoint, id}) =>
      quietly(
        fetch(endpoint, {
          ...credentials(),
          mode: 'no-cors',
          headers: {'X-Action-Id': id},
          body: '[]',
        }),
      ),
    arrives: REFUSED_CALL,
  },
  'fetch of text': {
    run: ({endpoint}) => quietly(fetch(endpoint, {...credentials(), body: '["evil"]'})),
    arrives: REFUSED_CALL,
  },
  'fetch of a form': {
    run: ({app, field}) =>
      quietly(fetch(`${app}/`, {...credentials(), body: formData({[field]: ''})})),
    arrives: REFUSED_FORM,
  },
  'fetch of a form, that asks for no grant': {
    run: ({app, field}) =>
      quietly(fetch(`${app}/`, {...credentials(), mode: 'no-cors', body: formData({[field]: ''})})),
    arrives: REFUSED_FORM,
  },
  'fetch through an open redirect of the app': {
    run: ({app, field}) =>
      quietly(
        fetch(`${app}/open-redirect?to=${app}/`, {
          ...credentials(),
          mode: 'no-cors',
          body: formData({[field]: ''}),
        }),
      ),
    arrives: REFUSED_FORM,
  },
  'XMLHttpRequest of a form': {
    run: ({app, field}) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${app}/`);
      request.withCredentials = true;
      request.send(formData({[field]: ''}));
    },
    arrives: REFUSED_FORM,
  },
  'a beacon of text': {
    run: ({endpoint}) => navigator.sendBeacon(endpoint, '["evil"]'),
    arrives: REFUSED_CALL,
  },
  'a beacon of a form': {
    run: ({app, field}) => navigator.sendBeacon(`${app}/`, formData({[field]: ''})),
    arrives: REFUSED_FORM,
  },
  'a form in a sandboxed frame': {
    run: ({app, field}) => frame(formHtml(`${app}/`, field), 'allow-scripts allow-forms'),
    arrives: REFUSED_FORM,
  },
  'fetch in a sandboxed frame': {
    run: ({endpoint}) =>
      frame(
        `<script>fetch(${JSON.stringify(endpoint)}, {method: 'POST', mode: 'no-cors', credentials: 'include', body: '[]'})</script>`,
        'allow-scripts',
      ),
    arrives: REFUSED_CALL,
  },
  'a form in a frame made of a data URL': {
    run: ({app, field}) => {
      const element = document.createElement('iframe');
      element.src = `data:text/html,${encodeURIComponent(formHtml(`${app}/`, field))}`;
      document.body.append(element);
    },
    arrives: REFUSED_FORM,
  },
  'a picture, a script, a style and a link to the endpoint': {
    run: async ({endpoint}) => {
      const load = (name: string, attributes: Record<string, string>) =>
        document.body.append(Object.assign(document.createElement(name), attributes));
      const url = (number: number) => `${endpoint}?${number}`;
      load('img', {src: url(1)});
      load('script', {src: url(2)});
      load('link', {rel: 'stylesheet', href: url(3)});
      await quietly(fetch(url(4), {mode: 'no-cors', credentials: 'include'}));
      location.href = url(5);
    },
    arrives: Array.from({length: 5}, () => 'GET /rsc-action 405 method-not-allowed'),
  },
  'a form with GET': {
    run: ({endpoint, field}) => postForm(endpoint, '', {[field]: ''}, {method: 'get'}),
    arrives: ['GET /rsc-action 405 method-not-allowed'],
  },
};

/** What the attacks use; it is put into every page. */
declare const postForm: (
  action: string,
  enctype: string,
  fields: Record<string, string>,
  options?: {target?: string; referrer?: string; method?: string},
) => void;
declare const formData: (fields: Record<string, string>) => FormData;
declare const formHtml: (action: string, field: string) => string;
declare const frame: (html: string, sandbox: string) => void;
declare const credentials: () => RequestInit;
declare const quietly: (response: Promise<Response>) => Promise<unknown>;
const helpers = `Object.assign(window, {
  credentials: () => ({method: 'POST', credentials: 'include'}),
  quietly: (response) => response.catch(() => {}),
  formData(fields) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return form;
  },
  postForm(action, enctype, fields, {target = '', referrer = '', method = 'post'} = {}) {
    const form = Object.assign(document.createElement('form'), {action, method, enctype, target});
    if (referrer) form.rel = 'noreferrer';
    for (const [name, value] of Object.entries(fields)) {
      form.append(Object.assign(document.createElement('input'), {name, value}));
    }
    document.body.append(form);
    form.submit();
  },
  formHtml: (action, field) =>
    '<form method=post enctype=multipart/form-data action="' + action + '"><input name="' + field + '"></form>' +
    '<script>document.forms[0].submit()</script>',
  frame(html, sandbox) {
    const element = document.createElement('iframe');
    element.sandbox = sandbox;
    element.srcdoc = html;
    document.body.append(element);
  },
})`;

const functionId = 'src/actions.mjs#submit';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser(['--host-resolver-rules=MAP *.example 127.0.0.1']);
});
afterAll(() => browser?.close());

/** Browsers tell where a request comes from only to URLs that are safe from listeners, as `localhost` is. */
describe.each([
  ['a browser that says which site a request comes from', 'localhost'],
  ['a browser that says nothing but the origin', 'example'],
])('against %s', (_, top) => {
  let server: ChildProcess;
  let ports: {ownPort: number; otherPort: number};
  let arrivals: Arrival[];
  let context: BrowserContext;
  let target: Target;

  beforeAll(async () => {
    server = fork(fileURLToPath(new URL('support/crossSiteServer.mjs', import.meta.url)), [top], {
      execArgv: ['--conditions', 'react-server'],
      env: {...process.env, NODE_OPTIONS: undefined},
    });
    ports = await new Promise((resolve) => {
      server.once('message', (message) => resolve(message as typeof ports));
    });
    server.on('message', (message) => arrivals.push(message as Arrival));
    const app = `http://app.${top}:${ports.ownPort}`;
    target = {
      app,
      endpoint: `${app}/rsc-action`,
      other: `http://evil.${top}:${ports.otherPort}`,
      id: functionId,
      field: `$ACTION_ID_${functionId}`,
    };
  });
  afterAll(() => void server?.kill());
  beforeEach(async () => {
    await context?.close();
    arrivals = [];
    context = await browser.newContext();
    await context.addInitScript({content: helpers});
    await (await context.newPage()).goto(`${target.app}/log-in`);
  });

  async function open(url: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  async function arrived(count: number): Promise<string[]> {
    const deadline = Date.now() + 30_000;
    while (arrivals.length < count && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return arrivals.map(({request, status, code}) => [request, status, code].join(' ').trim());
  }

  /** The page of the app itself: its form, and a call. */
  async function expectOwnPageToWork(): Promise<void> {
    arrivals = [];
    const page = await open(`${target.app}/`);
    await page.click('button');
    expect(await arrived(1)).toEqual(['POST / 303']);
    await page.evaluate(
      ({endpoint, id}) =>
        fetch(endpoint, {method: 'POST', headers: {'X-Action-Id': id}, body: '["$K1"]'}),
      {...target, id: 'src/actions.mjs#echo'},
    );
    expect(await arrived(2)).toEqual(['POST / 303', 'POST /rsc-action 200']);
    expect(arrivals.map(({ran}) => ran)).toEqual([[['submit', {note: 'own'}]], ['echo']]);
  }

  const origins: Record<string, () => string> = {
    'another site': () => target.other,
    'a subdomain': () => `http://sub.app.${top}:${ports.ownPort}`,
    'another port': () => `http://app.${top}:${ports.otherPort}`,
  };
  for (const [from, origin] of Object.entries(origins)) {
    test.each(Object.entries(attacks))(`${from}: %s runs nothing`, async (_name, attack) => {
      const page = await open(origin());
      await page.evaluate(attack.run, {...target, other: origin()});
      expect(await arrived(attack.arrives.length)).toEqual(attack.arrives);
      expect(arrivals.flatMap(({ran}) => ran)).toEqual([]);
      for (const {site} of arrivals) {
        if (top === 'example') expect(site).toBeNull();
        else expect(site).toMatch(/^(cross|same)-site$/);
      }
    });
  }

  test('the cookie of the user comes with such requests, so that the refusal is what stops them', async () => {
    const page = await open(origins['another port']!());
    await page.evaluate(attacks['fetch of text']!.run, target);
    await arrived(1);
    expect(arrivals[0]!.cookie).toBe('session=1');
    if (top === 'example') return;
    const foreign = await open(target.other);
    await foreign.evaluate(attacks['a form as React writes it']!.run, target);
    await arrived(2);
    expect(arrivals[1]).toMatchObject({cookie: 'session=1', site: 'cross-site'});
  });

  test('a page of the app itself can send its forms and call', expectOwnPageToWork);

  test('an origin that is allowed can send forms, and call as far as the app grants it', async () => {
    const page = await open(`http://friend.${top}:${ports.otherPort}`);
    await page.evaluate(attacks['a form as React writes it']!.run, target);
    expect(await arrived(1)).toEqual(['POST / 303']);
    // Another one: this one is on its way to the answer of its form.
    const next = await open(`http://friend.${top}:${ports.otherPort}`);
    const echo = {...target, id: 'src/actions.mjs#echo'};
    await next.evaluate(attacks['fetch with the id, which needs a grant']!.run, echo);
    const call = ['OPTIONS /rsc-action 405 method-not-allowed', 'POST /rsc-action 200'];
    expect(await arrived(3)).toEqual(['POST / 303', ...call]);
    expect(arrivals.flatMap(({ran}) => ran)).toHaveLength(2);
  });

  test('after all of this the app still works', expectOwnPageToWork);
});
