// What becomes of a multipart body, field by field.
import assert from 'node:assert/strict';
import {runCases} from '../support/cases.mjs';
import {withoutDelay} from '../support/cpuTime.mjs';
import {body} from './fixtures/app/src/dynamic.mjs';
import {assertRefused, manifest as others, origin, readResult, root} from './support/app.mjs';
import {createHandler} from './support/door.mjs';

const id = 'src/dynamic.mjs#run';
const manifest = {...others, [id]: {id: 'src/dynamic.mjs', chunks: [], name: 'run', async: true}};
const handle = createHandler({manifest, root, onError() {}});
body.run = async (form) =>
  Promise.all([...form].map(async ([name, value]) => [name, await seen(value)]));
const seen = async (value) =>
  typeof value === 'string'
    ? value
    : [value.name, value.type, new Uint8Array(await value.arrayBuffer())];

const BOUNDARY = 'boundary';
const call = (bytes, type = `multipart/form-data; boundary=${BOUNDARY}`) =>
  handle(
    new Request(`${origin}/rsc-action`, {
      method: 'POST',
      body: bytes,
      headers: {'X-Action-Id': id, 'Content-Type': type},
    }),
  );
/** A part, of header lines and what they stand for. */
const part = (lines, text = '') => [`--${BOUNDARY}\r\n${lines.join('\r\n')}\r\n\r\n`, text, '\r\n'];
const named = (name, rest = '') => `Content-Disposition: form-data; name="${name}"${rest}`;
const ARGUMENTS = part([named('0')], '["$K1"]');
const END = `--${BOUNDARY}--\r\n`;
const whole = (...parts) => new Blob([...ARGUMENTS, ...parts.flat(), END]);
const entries = async (...parts) => readResult(await call(whole(...parts)));
const assertMalformed = async (bytes, type) =>
  assertRefused(await call(bytes, type), 400, 'malformed-body');

await runCases({
  async 'a byte order mark is part of a text, a name and a file name'() {
    const form = new FormData();
    form.append('0', '["$K1"]');
    form.append('_1_\uFEFFname', '\uFEFFtext');
    form.append('_1_file', new File(['\uFEFFx'], '\uFEFFfile', {type: 'text/plain'}));
    assert.deepEqual(await readResult(await callForm(form)), [
      ['\uFEFFname', '\uFEFFtext'],
      ['file', ['\uFEFFfile', 'text/plain', new TextEncoder().encode('\uFEFFx')]],
    ]);
  },
  async 'only what browsers write is an escape in a name'() {
    const name = 'a%22b%0D%0Ac%0d%41%';
    assert.deepEqual(await entries(part([named(`_1_${name}`)], 'x')), [['a"b\r\nc%0d%41%', 'x']]);
  },
  async 'a text may hold what looks like a boundary, and ends where the line of one begins'() {
    const text = ` --${BOUNDARY}--\r\n --${BOUNDARY}\r\n\r--${BOUNDARY}\r\n\r\n-`;
    const near = [BOUNDARY, `\r\n--${BOUNDARY.slice(0, -1)}`, '\r\r\n\r', '\r', text];
    for (const value of near) {
      assert.deepEqual(await entries(part([named('_1_a')], value)), [['a', value]]);
    }
  },
  async 'the order and the case of header lines change nothing, nor do others'() {
    const lines = [
      'X-Other: y',
      'CONTENT-TYPE:  text/html \t',
      'content-disposition:form-data; name="_1_a"; filename="f"',
      'Content-Transfer-Encoding: 8BIT',
    ];
    assert.deepEqual(await entries(part(lines, '<p>')), [
      ['a', ['f', 'text/html', new TextEncoder().encode('<p>')]],
    ]);
  },
  async 'any boundary of RFC 2046 is one, in quotation marks or not'() {
    const types = ['x', "'()+_,-./:=?", 'with space', 'y'.repeat(70)].flatMap((boundary) => [
      [boundary, `multipart/form-data; boundary="${boundary}"`],
      ...(boundary.includes(' ')
        ? []
        : [[boundary, `multipart/form-data; charset=utf-8; boundary=${boundary}; x=y`]]),
    ]);
    for (const [boundary, type] of types) {
      const text = `--${boundary}\r\n${named('0')}\r\n\r\n["$K1"]\r\n--${boundary}--`;
      assert.deepEqual(await readResult(await call(text, type)), []);
    }
    const text = `--${BOUNDARY}\r\n${named('0')}\r\n\r\n[]\r\n--${BOUNDARY}--`;
    for (const boundary of ['', '""', '"x', 'y'.repeat(71), '"a\\"b"', 'a b', 'a%', '"\t"']) {
      await assertMalformed(text, `multipart/form-data; boundary=${boundary}`);
    }
  },
  async 'bytes that are not UTF-8 are refused in texts and names, and stay in files'() {
    const bytes = new Uint8Array([0x66, 0xfc, 0x72]);
    const file = part([named('_1_a', '; filename="f"')], bytes);
    assert.deepEqual(await entries(file), [['a', ['f', 'text/plain', bytes]]]);
    const response = await call(whole(part([named('_1_a')], bytes)));
    assert.match(await response.clone().text(), /charset=utf-8/);
    await assertRefused(response, 400, 'malformed-body');
    const name = [
      '--boundary\r\nContent-Disposition: form-data; name="_1_',
      bytes,
      '"\r\n\r\n\r\n',
    ];
    await assertMalformed(whole(name));
  },
  async 'a part in base64 is decoded, and one in an encoding that is none is refused'() {
    const encoded = (encoding, text) =>
      part([named('_1_a'), `Content-Transfer-Encoding: ${encoding}`], text);
    assert.deepEqual(await entries(encoded('base64', 'w7xcwqA=')), [['a', 'ü\\\u00a0']]);
    for (const [encoding, text] of [
      ['base64', '*'],
      ['quoted-printable', 'x'],
      ['', 'x'],
    ]) {
      await assertMalformed(whole(encoded(encoding, text)));
    }
  },
  async 'several files in a part of their own, as curl writes them, are refused and no text'() {
    const inner = '--in\r\nContent-Disposition: attachment; filename="a"\r\n\r\nx\r\n--in--';
    for (const type of ['multipart/mixed; boundary=in', 'Multipart/Mixed;boundary=in']) {
      const lines = [named('_1_f'), `Content-Type: ${type}`];
      await assertMalformed(whole(part(lines, inner)));
    }
  },
  async 'header lines that no browser writes are refused'() {
    const heads = [
      [],
      ['X: y'],
      ['Content-Disposition: form-data'],
      ['Content-Disposition: attachment; name="_1_a"'],
      ['Content-Disposition: form-data; name=_1_a'],
      ['Content-Disposition: form-data; name="_1_a'],
      [named('_1_a', '; filename=f')],
      [named('_1_a', '; filename="f"; x="y"')],
      [named('_1_a', "; filename*=UTF-8''f")],
      [named('_1_a'), 'without a colon'],
      [named('_1_a'), 'sp ace: x'],
      [named('_1_a'), ': x'],
      [named('_1_a'), `X: ${'y'.repeat(17_000)}`],
      [named('_1_a'), 'X: a\rb'],
      [named('_1_a'), 'X: a\nb'],
    ];
    for (const head of heads) await assertMalformed(whole(part(head, 'x')));
  },
  async 'spaces and tabs in header lines cost no more than other characters'() {
    for (const space of [' ', '\t', ' \t']) {
      const run = space.repeat(16_000 / space.length);
      const parts = (line) => Array.from({length: 60}, (_, n) => part([named(`_1_${n}`), line]));
      const accepted = whole(...parts(`X: a${run}b`).flat());
      assert.equal((await withoutDelay(() => call(accepted))).status, 200);
      for (const line of [`X:${run}\nb`, `X:${run}\rb`, `X${run}b`, `${run}X`]) {
        await withoutDelay(() => assertMalformed(whole(...parts(line).flat())));
      }
    }
  },
  async 'a body that is cut off anywhere, or goes on after its end, is refused'() {
    const text = await new Blob([...part([named('0')], '[]'), `--${BOUNDARY}--`]).text();
    for (let length = 0; length < text.length; length++)
      await assertMalformed(text.slice(0, length));
    assert.equal((await call(`\r\n${text}\r\n\r\n`)).status, 500);
    for (const more of ['x', '\r\nx', '\n', '-', `\r\n${text}`]) await assertMalformed(text + more);
    await assertMalformed(`preamble\r\n${text}`);
    await assertMalformed(text.replaceAll('\r\n', '\n'));
  },
  async 'the fields that React adds to a form are not in any FormData, wherever it stands'() {
    const given = new FormData();
    for (const name of [
      '$ACTION_REF_1',
      '$ACTION_1:0',
      '$ACTION_KEY',
      '$ACTION_',
      '$ACTION_ID_x',
    ]) {
      given.append(name, 'x');
      given.append(`own ${name}`, 'y');
    }
    given.append('$action_', 'z');
    const expected = [...given.keys()].filter((name) => !name.startsWith('$ACTION_'));
    const client = await import('react-server-dom-webpack/client.edge');
    async function* yielding() {
      yield given;
    }
    const places = {
      argument: [[given], ([form]) => form],
      member: [[{a: [given]}], ([{a}]) => a[0]],
      map: [[new Map([[given, 1]])], ([map]) => [...map.keys()][0]],
      set: [[new Set([given])], ([set]) => [...set][0]],
      promise: [[Promise.resolve({a: given})], async ([promise]) => (await promise).a],
      iterable: [[yielding()], async ([iterable]) => (await iterable.next()).value],
      stream: [[ReadableStream.from([given])], async ([s]) => (await s.getReader().read()).value],
      'behind another form': [[new FormData(), given, given], ([, form]) => form],
    };
    const {run} = body;
    try {
      for (const [place, [args, find]] of Object.entries(places)) {
        body.run = async (...received) => [...(await find(received)).keys()];
        const sent = await client.encodeReply(args);
        assert.deepEqual(await readResult(await callForm(sent)), expected, place);
      }
    } finally {
      body.run = run;
    }
  },
});

/** Sends a FormData as the platform writes it. */
function callForm(form) {
  return handle(
    new Request(`${origin}/rsc-action`, {method: 'POST', body: form, headers: {'X-Action-Id': id}}),
  );
}
