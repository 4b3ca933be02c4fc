import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {createServerFunctionHandler, RefusalError} from 'use-server-webpack-plugin/server';
import {runCases} from '../support/cases.mjs';
import {callRequest, origin, silenced} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const root = fileURLToPath(new URL('./fixtures/errors', import.meta.url));
process.chdir(root);
const names = 'sign register submit throwText query load rows hostile wrap secret'.split(' ');
const manifest = Object.fromEntries(
  names.map((name) => [
    `src/actions.mjs#${name}`,
    {id: 'src/actions.mjs', chunks: [], name, async: true},
  ]),
);
const id = (name) => `src/actions.mjs#${name}`;
const handle = createServerFunctionHandler({manifest, root, maxBodySize: 2000});

/** What the terminal shows for a call. */
async function logOf(request, handler = handle) {
  const lines = await silenced(async () => {
    const response = await handler(await request);
    await response.text();
  });
  assert.equal(lines.length, 1, JSON.stringify(lines));
  assert.equal(lines[0].length, 1);
  return lines[0][0];
}
const call = (name, args, headers) => callRequest(id(name), args, {headers});

function assertHas(text, ...parts) {
  for (const part of parts) assert.ok(text.includes(part), `${part}\n\nis not in\n\n${text}`);
}

// What tells of errors is loaded by the time when a request has been refused.
await silenced(async () => void (await handle(await callRequest('gone', []))));

await runCases({
  async 'a failed call shows function, message, place, source and arguments, and no line of the package'() {
    const text = await logOf(call('sign', [undefined, {age: 7}]));
    assert.match(text, /^Server function src\/actions\.mjs#sign failed \(digest \d{10}\):\n/);
    assertHas(
      text,
      "TypeError: Cannot read properties of undefined (reading 'trim')",
      'at trimmed (src/actions.mjs:10:15)',
      '> 10 |   return name.trim();',
      'at sign (src/actions.mjs:14:',
      'name: undefined',
      'options: { age: 7 }',
    );
    for (const inner of ['entry.js', 'runFunction', 'node:', 'currentScope']) {
      assert.ok(!text.includes(inner), text);
    }
  },
  async 'what a schema refuses is told by argument and path, with what stands there'() {
    const text = await logOf(
      call('register', [7, {name: '', address: {zip: 'x'}, tags: ['a', 1]}]),
    );
    assertHas(
      text,
      'ZodError: 3 values are wrong',
      "- guest.name: Too small: expected string to have >=1 characters (it is '')",
      "- guest.address.zip: Invalid string: must match pattern /^\\d+$/ (it is 'x')",
      '- guest.tags[1]: Invalid input: expected string, received number (it is 1)',
    );
    assert.ok(!text.includes('"code"'), text);
  },
  async 'the fields of a form are arguments, too'() {
    const form = new FormData();
    form.append('name', '');
    form.append('age', '36');
    form.append('photo', new File(['12345'], 'a.png'));
    const text = await logOf(call('submit', [form]));
    assertHas(
      text,
      "- form.name: Too small: expected string to have >=1 characters (it is '')",
      `form: FormData { name: '', age: '36', photo: File("a.png", 5 bytes) }`,
    );
  },
  async 'causes follow, each with its source, and members that libraries add'() {
    const text = await logOf(call('load', [7]));
    const [first, cause] = text.split('Caused by');
    assertHas(first, 'Error: Note 7 could not be loaded', 'throw new Error(`Note');
    assertHas(cause, 'connect ECONNREFUSED', "code: 'ECONNREFUSED'", 'at query (src/actions.mjs:');
  },
  async 'what cannot be sent is told with what to return instead'() {
    assertHas(
      await logOf(call('rows', [])),
      'Only plain objects, and a few built-ins, can be passed',
      'Return plain data: {...row}',
    );
  },
  async 'what is thrown and no Error is said to be none'() {
    assertHas(await logOf(call('throwText', [])), "'a text'", 'throw new Error(text)');
  },
  async 'there are colours where the terminal has some, and none with NO_COLOR'() {
    const {NO_COLOR} = process.env;
    // oxlint-disable-next-line no-control-regex -- This is what is looked for.
    const coloured = /\u001b\[\d+m/;
    assert.ok(!coloured.test(await logOf(call('throwText', []))));
    delete process.env.NO_COLOR;
    assert.ok(!coloured.test(await logOf(call('throwText', []))), 'this is no terminal');
    process.env.FORCE_COLOR = '1';
    assert.ok(coloured.test(await logOf(call('throwText', []))));
    delete process.env.FORCE_COLOR;
    process.env.NO_COLOR = NO_COLOR;
  },
  async 'passwords and tokens are not shown'() {
    const text = await logOf(call('secret', [{user: 'Ada', password: 'hunter2', apiKey: 'k-1'}]));
    assertHas(text, "user: 'Ada'", 'password: •••', 'apiKey: •••');
    assert.ok(!/hunter2|k-1/.test(text), text);
  },
  async 'no byte of a request is a command for the terminal, or makes a line of a stack'() {
    const attack =
      '\u001b[2Jevil\u0007\n    at read (/etc/hostname.js:1:1)\n    at read (/etc/passwd:1:1)';
    const text = await logOf(call('hostile', [attack]));
    // oxlint-disable-next-line no-control-regex -- This is what is looked for.
    assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text), JSON.stringify(text));
    assert.ok(!/root:|> 1 \|/.test(text), text);
    assertHas(text, 'at hostile (src/actions.mjs:');
  },
  async 'an error that fails when it is looked at is told all the same'() {
    assertHas(await logOf(call('wrap', [])), 'Server function src/actions.mjs#wrap failed');
  },
  async 'an onError of the app takes the place of all of it, and is not given the arguments'() {
    const told = [];
    const own = createServerFunctionHandler({
      manifest,
      root,
      onError: (...args) => void told.push(args),
    });
    assert.deepEqual(await silenced(async () => void (await own(await call('sign', [])))), []);
    assert.deepEqual(
      told.map(({length}) => length),
      [2],
    );
  },
  async 'a refusal says which check refused, of which call, and what makes it pass'() {
    const large = await logOf(call('sign', ['x'.repeat(3000)]));
    assertHas(
      large,
      'Refused a call of src/actions.mjs#sign: 413 body-too-large',
      'it is larger than 2000 bytes ("maxBodySize")',
      'maxBodySize: 10_000_000',
      'docs/errors.md#body-too-large',
    );
    assert.equal(
      await logOf(call('sign', ['x'.repeat(3000)])),
      'Refused a call of src/actions.mjs#sign: 413 body-too-large',
    );
    assertHas(
      await logOf(callRequest(encodeURIComponent('src/gone.mjs#\u001b[31mgone'))),
      'Refused a call of src/gone.mjs#gone: 404 unknown-function',
    );
  },
  async 'the text of a refusal goes to the client with what makes it pass, for developers'() {
    await silenced(async () => {
      const response = await handle(await call('sign', [], {'Sec-Fetch-Site': 'cross-site'}));
      const [text, advice] = (await response.text()).split('\n\n');
      assert.match(text, /comes from another site/);
      assert.match(advice, /allowedOrigins: \['http:\/\/localhost:8080'\]/);
      assert.equal(response.headers.get('x-action-mode'), 'development');
    });
  },
  async "a refusal of the app's own is told as it is"() {
    const own = createServerFunctionHandler({
      manifest,
      root,
      middleware: [
        () => {
          throw new RefusalError(429, 'Too many calls.', {code: 'rate-limited'});
        },
      ],
    });
    const text = await logOf(call('sign', []), own);
    assertHas(text, 'Refused a call of src/actions.mjs#sign: 429 rate-limited\n  Too many calls.');
    assert.ok(!text.includes('docs/'));
  },
  async 'a form without JavaScript that fails gets a page with all of it'() {
    const response = await postForm({Accept: 'text/html', Host: 'localhost:3000'});
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('content-type'), 'text/html;charset=utf-8');
    const page = await response.text();
    assertHas(page, '<!doctype html>', 'src/actions.mjs#submit', '&lt;b>', 'const {name}');
    assert.ok(!page.includes('<b>'), page);
  },
  async 'a program, and a name that another site could have made lead here, get a text without the source'() {
    for (const headers of [
      {Accept: '*/*', Host: 'localhost:3000'},
      {Accept: 'text/html', Host: 'rebound.example'},
    ]) {
      const response = await postForm(headers);
      assert.equal(response.headers.get('content-type'), 'text/plain;charset=utf-8');
      assert.ok(!(await response.text()).includes('const {name}'));
    }
    const allowed = createHandler({manifest, root, allowedHosts: ['app.example']});
    const response = await postForm({Accept: 'text/html', Host: 'app.example'}, allowed);
    assert.match(response.headers.get('content-type'), /html/);
  },
  async 'the page of the app is shown where it has one'() {
    const own = createServerFunctionHandler({
      manifest,
      root,
      renderError: () => new Response('own page', {headers: {'Content-Type': 'text/html'}}),
    });
    const response = await postForm({Accept: 'text/html', Host: 'localhost'}, own);
    assert.equal(await response.text(), 'own page');
  },
});

async function postForm(headers, handler = handle) {
  const body = new FormData();
  body.append(`$ACTION_ID_${id('submit')}`, '');
  body.append('name', '');
  body.append('age', '<b>');
  let response;
  await silenced(async () => {
    response = await handler(
      new Request(`${origin}/`, {
        method: 'POST',
        body,
        headers: {'Sec-Fetch-Site': 'same-origin', ...headers},
      }),
    );
  });
  return response;
}
