import {jest} from '@jest/globals';
import {nodeRequest} from '../../src/server/node/nodeRequest.ts';
import {
  cookies,
  headers,
  notFound,
  redirect,
  RefusalError,
  revalidatePath,
  revalidateTag,
  signal,
  type Middleware,
} from '../../src/server/shared.ts';
import {callInRequest} from '../../src/testing/index.ts';

const NOTHING = {
  result: undefined,
  redirect: undefined,
  notFound: false,
  cookies: {},
  setCookieHeaders: [],
  revalidated: {paths: [], tags: []},
};

test('the outcome has the result, whether the function is async or not', async () => {
  const add = (a: number, b: number) => a + b;
  expect(await callInRequest(add, [1, 2])).toEqual({...NOTHING, result: 3});
  expect(await callInRequest(async () => add(1, 2))).toEqual({...NOTHING, result: 3});
});

test('arguments and result are the very objects', async () => {
  const note = {text: 'milk'};
  const {result} = await callInRequest(async (given: object) => given, [note]);
  expect(result).toBe(note);
});

test('redirect() and notFound() are part of the outcome, and no errors', async () => {
  expect(await callInRequest(async () => redirect('/notes', 307))).toEqual({
    ...NOTHING,
    redirect: {url: '/notes', status: 307},
  });
  expect(await callInRequest(async () => notFound())).toEqual({...NOTHING, notFound: true});
});

test('a whole URL of the same origin is a path, that of another one needs {external: true}', async () => {
  const go = async (url: string) => redirect(url);
  const url = 'https://notes.example/login';
  const {redirect: own} = await callInRequest(go, ['https://notes.example/a'], {url});
  expect(own?.url).toBe('/a');
  await expect(callInRequest(go, ['https://other.example/'], {url})).rejects.toThrow('external');
});

test('cookies are given with what the browser gets, and those that are deleted are marked', async () => {
  const {cookies: sent, setCookieHeaders} = await callInRequest(async () => {
    cookies().set('session', 'ä;b', {maxAge: 60, sameSite: 'strict', domain: 'notes.example'});
    cookies().set('until', '1', {expires: new Date(Date.UTC(2099, 0)), httpOnly: false});
    cookies().delete('old', {path: '/notes'});
  });
  expect(sent).toEqual({
    session: {
      value: 'ä;b',
      path: '/',
      domain: 'notes.example',
      maxAge: 60,
      httpOnly: true,
      sameSite: 'strict',
    },
    until: {value: '1', path: '/', expires: new Date(Date.UTC(2099, 0)), sameSite: 'lax'},
    old: {
      value: '',
      path: '/notes',
      maxAge: 0,
      expires: new Date(0),
      httpOnly: true,
      sameSite: 'lax',
      deleted: true,
    },
  });
  expect(setCookieHeaders).toHaveLength(3);
  expect(setCookieHeaders[0]).toMatch(/^session=%C3%A4%3Bb; /);
});

test('cookies are secure on https', async () => {
  const set = async () => cookies().set('a', '1');
  const {cookies: sent} = await callInRequest(set, [], {url: 'https://notes.example/'});
  expect(sent['a']).toMatchObject({secure: true});
});

test('the function finds the cookies, headers, Node request and signal of the options', async () => {
  const client = new AbortController();
  const user = {id: 7};
  const {result} = await callInRequest(
    async () => {
      await Promise.resolve();
      client.abort(new Error('gone'));
      return [
        cookies().getAll(),
        headers().get('user-agent'),
        nodeRequest<{session: {user: object}}>().session.user,
        (signal().reason as Error).message,
      ];
    },
    [],
    {
      cookies: {a: '1', b: 'ü =;'},
      headers: {'User-Agent': 'Test'},
      nodeRequest: {session: {user}},
      signal: client.signal,
    },
  );
  const both = [
    {name: 'a', value: '1'},
    {name: 'b', value: 'ü =;'},
  ];
  expect(result).toEqual([both, 'Test', user, 'gone']);
});

test('cookies are added to those of the headers', async () => {
  const {result} = await callInRequest(async () => cookies().getAll(), [], {
    headers: {Cookie: 'a=1'},
    cookies: {b: '2'},
  });
  expect(result).toEqual([
    {name: 'a', value: '1'},
    {name: 'b', value: '2'},
  ]);
});

test('the promise rejects with what the function throws', async () => {
  const error = new Error('no');
  const call = callInRequest(async () => {
    throw error;
  });
  await expect(call).rejects.toBe(error);
});

test('with catchError the error stands beside the cookies that were set', async () => {
  const error = new Error('no');
  const outcome = await callInRequest(
    async () => {
      cookies().set('a', '1');
      throw error;
    },
    [],
    {catchError: true},
  );
  expect(outcome.error).toBe(error);
  expect(outcome.cookies['a']?.value).toBe('1');
  const fine = await callInRequest(async () => 1, [], {catchError: true});
  expect(fine).toEqual({...NOTHING, result: 1, error: undefined});
});

test('a function that swallows its redirect fails, as it does in the handler', async () => {
  async function swallow() {
    try {
      redirect('/notes');
    } catch {
      return 'saved';
    }
  }
  await expect(callInRequest(swallow)).rejects.toThrow(
    /redirect\("\/notes"\) was called in swallow, but what it throws was caught/,
  );
});

test('what is revalidated is listed, and the cache has done its work in the end', async () => {
  const done: string[] = [];
  const later = (what: string) =>
    new Promise<void>((resolve) => setImmediate(() => resolve(void done.push(what))));
  const cache = {
    revalidatePath: (path: string) => later(path),
    revalidateTag: (tag: string) => later(tag),
  };
  const {revalidated} = await callInRequest(
    async () => {
      revalidatePath('/notes');
      revalidateTag('notes');
    },
    [],
    {cache},
  );
  expect(revalidated).toEqual({paths: ['/notes'], tags: ['notes']});
  expect(done).toEqual(['/notes', 'notes']);
});

test('a cache that fails makes the call fail', async () => {
  const cache = {
    revalidatePath: () => Promise.reject(new Error('no cache')),
    revalidateTag() {},
  };
  const call = callInRequest(async () => revalidatePath('/'), [], {cache});
  await expect(call).rejects.toThrow('no cache');
});

test('cookies cannot be set after the function has returned', async () => {
  let late: unknown;
  await callInRequest(async () => {
    late = new Promise((resolve) => setImmediate(resolve)).then(() => cookies().set('a', '1'));
  });
  await expect(late).rejects.toThrow('after the server function had returned');
});

test('middleware runs around the function, with its id and the request', async () => {
  const steps: unknown[] = [];
  const requireUser: Middleware = async ({id, request}, next) => {
    steps.push(id, new URL(request.url).pathname, request.headers.get('cookie'));
    if (!cookies().get('session')) throw new RefusalError(401, 'Sign in first.');
    return next();
  };
  async function save(note: string) {
    steps.push(note);
    return 'saved';
  }
  const options = {middleware: [requireUser], url: '/notes', id: 'src/actions.js#save'};
  const {result} = await callInRequest(save, ['milk'], {...options, cookies: {session: '1'}});
  expect(result).toBe('saved');
  expect(steps).toEqual(['src/actions.js#save', '/notes', 'session=1', 'milk']);
  await expect(callInRequest(save, ['milk'], options)).rejects.toThrow('Sign in first.');
  expect(steps.slice(4)).toEqual(['src/actions.js#save', '/notes', null]);
});

test('the id is that of a compiled function, else its name', async () => {
  const ids: string[] = [];
  const middleware: Middleware[] = [({id}, next) => (ids.push(id), next())];
  async function plain() {}
  const compiled = Object.assign(async () => {}, {$$id: 'src/actions.js#save'});
  await callInRequest(plain, [], {middleware});
  await callInRequest(compiled, [], {middleware});
  expect(ids).toEqual(['plain', 'src/actions.js#save']);
});

test('a request can be given, also with what nodeRequest() shall give', async () => {
  const request = new Request('https://notes.example/', {headers: {cookie: 'a=1'}});
  const {result} = await callInRequest(
    async () => [cookies().get('a')?.value, nodeRequest<{session: number}>().session],
    [],
    {request, nodeRequest: {session: 5}},
  );
  expect(result).toEqual(['1', 5]);
});

test('calls at the same time do not see each other', async () => {
  const read = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return cookies().get('n')?.value;
  };
  const calls = ['1', '2', '3'].map((n) => callInRequest(read, [], {cookies: {n}}));
  expect((await Promise.all(calls)).map(({result}) => result)).toEqual(['1', '2', '3']);
});

test('it works with fake timers', async () => {
  jest.useFakeTimers();
  try {
    const {result} = await callInRequest(async () => signal().aborted);
    expect(result).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test.each<[mistake: string, call: () => Promise<unknown>, message: string]>([
  [
    'no function',
    () => callInRequest(undefined as never),
    'callInRequest takes a server function first, but got undefined.',
  ],
  [
    'arguments without an array',
    () => callInRequest(async () => {}, {cookies: {}} as never),
    'callInRequest takes the arguments of the function in an array',
  ],
  [
    'an unknown option',
    () => callInRequest(async () => {}, [], {cookie: 'a=1'} as never),
    'callInRequest has no option "cookie". There are: url, method, headers, cookies,',
  ],
  [
    'a request and its parts',
    () => callInRequest(async () => {}, [], {request: new Request('http://a/'), cookies: {}}),
    'the options "request" and "cookies" exclude each other',
  ],
  [
    'a request that is none',
    () => callInRequest(async () => {}, [], {request: {} as never}),
    'the option "request" must be a Request, or the request of node:http.',
  ],
])('%s is an error that says what to write', async (_, call, message) => {
  await expect(call()).rejects.toThrow(message);
});
