import {connect} from 'node:net';
import {stopBuilding} from '../webpack/support/project.ts';
import {buildWorkers, FOR_WORKERS, type BuiltWorkers} from './support/edgeProject.ts';
import {startWorkers, type RunningWorkers} from './support/workerd.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

const built: Record<string, BuiltWorkers> = {};

beforeAll(async () => {
  for (const mode of ['development', 'production']) {
    built[mode] = await buildWorkers(mode, `shared: {mode: '${mode}', ${FOR_WORKERS}}`);
  }
}, 120_000);

afterAll(stopBuilding);

test.each(['development', 'production'])('the %s bundle imports nothing of Node', (mode) => {
  expect(built[mode]!.code).not.toMatch(/(\bfrom|\bimport|\brequire\()\s*['"]node:/);
});

const WITH_STORAGE = {storage: 'with AsyncLocalStorage', flags: ['nodejs_compat']};
const WITHOUT_STORAGE = {storage: 'with web APIs only', flags: ['no_nodejs_compat']};

describe.each([
  {mode: 'development', ...WITH_STORAGE},
  {mode: 'development', ...WITHOUT_STORAGE},
  {mode: 'production', ...WITH_STORAGE},
  {mode: 'production', ...WITHOUT_STORAGE},
])('in $mode, in a runtime $storage', ({mode, storage, flags}) => {
  let workers: RunningWorkers;
  let url: string;

  beforeAll(async () => {
    const {folder, server, client} = built[mode]!;
    workers = await startWorkers(folder, {
      server: {folder: server, main: 'main.js', compatibilityFlags: flags, bindings: {KEY}},
      client: {folder: client, main: 'main.js', compatibilityFlags: flags, outbound: 'server'},
    });
    url = workers.urls['server']!;
  });

  afterAll(() => workers.stop());

  /** What the worker with the client's bundle gets from a call of this name. */
  async function fromClient(name: string): Promise<{value?: unknown; error?: unknown}> {
    const response = await fetch(`${workers.urls['client']}/${name}`);
    return (await response.json()) as {value?: unknown; error?: unknown};
  }

  function call(name: string, headers: Record<string, string> = {}, body = '[]') {
    return fetch(`${url}/rsc-action`, {
      method: 'POST',
      headers: {
        'X-Action-Id': `src/actions.js#${name}`,
        'Content-Type': 'text/plain;charset=utf-8',
        ...headers,
      },
      body,
    });
  }

  async function submit(fields: Iterable<[string, string]>, origin = url): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    const headers = {Origin: origin};
    return fetch(url, {method: 'POST', headers, body: form, redirect: 'manual'});
  }

  test('a page becomes HTML', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('<h1>On the edge</h1>');
    expect(html).toContain('<output>sum 1</output>');
  });

  test('a call takes its arguments along and brings a result back', async () => {
    expect(await fromClient('describe')).toEqual({
      value: {
        date: '1970-01-01T00:00:00.000Z',
        map: [['key', {nested: true}]],
        field: 'value',
        file: 'text of the file',
        bytes: [1, 2, 3],
        promise: 'resolved',
      },
    });
  });

  test('an inline function gets its captures, which the client cannot read', async () => {
    const flight = await (await fetch(url, {headers: {Accept: 'text/x-component'}})).text();
    expect(flight).toContain('$$Page$reveal');
    expect(flight).not.toContain('the secret of the page');
    expect(await fromClient('reveal')).toEqual({value: 'the secret of the page, 44 letters'});
  });

  test('an inline function with captures knows its request', async () => {
    expect(await fromClient('revealToUser')).toEqual({
      value: 'Grace knows the secret of the page',
    });
  });

  test('a form works without JavaScript', async () => {
    const [first] = (await (await fetch(url)).text()).split('</form>');
    const response = await submit([...hiddenFields(first!), ['amount', '41']]);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<output>sum 42</output>');
  });

  test('a function sets a cookie and redirects', async () => {
    const [, second] = (await (await fetch(url)).text()).split('</form>');
    const response = await submit([...hiddenFields(second!), ['name', 'Ada']]);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/welcome');
    expect(response.headers.get('Set-Cookie')).toMatch(/^user=Ada;.* HttpOnly/);
    expect(await fromClient('logIn')).toEqual({
      error: {name: 'ServerFunctionRedirect', code: 'redirect', url: 'https://app.test/welcome'},
    });
  });

  test('an error reaches the client with its digest', async () => {
    expect(await fromClient('fail')).toEqual({error: {name: 'Error', digest: 'Error: it failed'}});
  });

  test.each([
    ['403 to another site', 403, () => call('whoAmI', {Origin: 'https://evil.test'})],
    [
      '403 to a form of another site',
      403,
      () => submit([['$ACTION_ID_x', '']], 'https://evil.test'),
    ],
    ['404 for a function that is not listed', 404, () => call('notThere')],
    ['404 for one that nothing uses', 404, () => call('neverUsed')],
    ['405 for another method', 405, () => fetch(`${url}/rsc-action`, {method: 'PUT'})],
    ['413 for a body that is too large', 413, () => call('whoAmI', {}, `["${'x'.repeat(2e6)}"]`)],
    ['415 for another content type', 415, () => call('whoAmI', {'Content-Type': 'text/html'})],
  ])('%s', async (_, status, send) => {
    expect((await send()).status).toBe(status);
  });

  test('a result that is not read to its end is ended, and its function told', async () => {
    const controller = new AbortController();
    const headers = {'X-Action-Id': 'src/actions.js#endless', 'Content-Type': 'text/plain'};
    const {signal} = controller;
    const response = await fetch(`${url}/rsc-action`, {
      method: 'POST',
      headers,
      body: '[]',
      signal,
    });
    await response.body!.getReader().read();
    controller.abort();

    let ended: unknown[] = [];
    while (ended.length < 2) ended = (await fromClient('whatEnded')).value as unknown[];
    expect(ended).toEqual(['aborted', 'cancelled']);
  });

  test('a request that breaks off disturbs no other', async () => {
    const {port, hostname} = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /rsc-action HTTP/1.1\r\nHost: ${hostname}\r\nX-Action-Id: src/actions.js#whoAmI\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n["`,
      () => socket.destroy(),
    );
    expect(await fromClient('whoAmI')).toEqual({value: 'Grace'});
  });

  test('a function that captures an object which holds it can be sent', async () => {
    expect(await fromClient('captureItself')).toEqual({value: {}});
  });

  test('requests at the same time keep their cookies apart', async () => {
    const users = Array.from({length: 20}, (_, i) => `user${i}`);
    const answers = await Promise.all(
      users.map(async (user) => resultOf(await call('whoAmI', {Cookie: `user=${user}`}))),
    );
    expect(answers).toEqual(users.map((user) => JSON.stringify(user)));
  });

  test('what a function took before its first await stays good', async () => {
    const answer = await call('agentLater', {'X-Agent': '007'});
    expect(await resultOf(answer)).toBe('"007"');
  });

  if (storage === WITH_STORAGE.storage) {
    test('requests at the same time keep their cookies apart behind an await', async () => {
      const users = Array.from({length: 20}, (_, i) => `user${i}`);
      const answers = await Promise.all(
        users.map(async (user) => resultOf(await call('whoAmILater', {Cookie: `user=${user}`}))),
      );
      expect(answers).toEqual(users.map((user) => JSON.stringify(user)));
    });

    test('Server Components know their request and its cache behind an await', async () => {
      const response = await fetch(`${url}/late`, {headers: {Cookie: 'user=Ada'}});
      expect(await response.text()).toMatch(
        /^<main><i>computation (\d+)<\/i><i>computation \1<\/i><b>user Ada<\/b><\/main>$/,
      );
    });

    test('cached results depend on each other', async () => {
      expect(await fromClient('useCache')).toEqual({value: {kept: true, isRevalidated: true}});
    });
  } else {
    test('cookies() behind an await, and in a Server Component, says how to make it work', async () => {
      const message = expect.stringMatching(
        /cookies\(\) was called .*after an await.*AsyncLocalStorage.*nodejs_compat/,
      );
      expect(await fromClient('whoAmILater')).toEqual({error: {name: 'Error', digest: message}});
      expect(await fromClient('logInLater')).toEqual({error: {name: 'Error', digest: message}});
      for (const path of ['/early', '/late']) {
        expect(await (await fetch(url + path)).text()).toEqual(message);
      }
    });

    test('a memory cache, which could keep what is stale, is refused', async () => {
      expect(await fromClient('useCache')).toEqual({
        error: {
          name: 'Error',
          digest: expect.stringMatching(/^Error: createMemoryCache needs AsyncLocalStorage/),
        },
      });
    });
  }
});

/** The row of the result itself, in what React sends. */
async function resultOf(response: Response): Promise<string> {
  return /^0:(.*)$/m.exec(await response.text())![1]!;
}

function* hiddenFields(html: string): Iterable<[string, string]> {
  for (const [tag] of html.matchAll(/<input type="hidden"[^>]*>/g)) {
    const [, name] = /name="([^"]*)"/.exec(tag)!;
    const [, value] = /value="([^"]*)"/.exec(tag) ?? ['', ''];
    yield [name!, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')];
  }
}
