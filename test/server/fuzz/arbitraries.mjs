// Requests: some as React's client writes them, some nearly so, some not at all.
import * as fc from 'fast-check';
import {methodNames, refusedNames} from '../support/methodNames.mjs';
import {carefulIds, carelessIds, inlineId, passedIds, token} from './app.mjs';

/** Of multipart bodies; the parser of Node takes none shorter than 27 characters. */
export const BOUNDARY = 'boundary-of-the-fuzzed-requests';

/**
 * Mostly the first, sometimes anything.
 *
 * @returns {fc.Arbitrary<any>}
 */
const mostly = (usual, ...others) => unless(60, usual, others);
/**
 * For what is there many times in each request.
 *
 * @returns {fc.Arbitrary<any>}
 */
const nearlyAlways = (usual, ...others) => unless(600, usual, others);
const unless = (weight, usual, others) =>
  fc.oneof({weight, arbitrary: usual}, ...others.map((arbitrary) => ({weight: 1, arbitrary})));

const listedId = fc.oneof(
  fc.constantFrom(...carefulIds),
  fc.constantFrom(...carelessIds),
  fc.constantFrom(...passedIds),
  fc.constant(inlineId),
);

/** @type {fc.Arbitrary<string>} */
export const id = mostly(
  listedId,
  fc.constantFrom(
    'src/actions.mjs#Secret',
    'src/actions.mjs#*',
    'src/actions.mjs',
    'src/unlisted.mjs#hidden',
    'src/broken.mjs#run',
    'src/actions.mjs#plain',
    'node:fs#writeFileSync',
    'file:///etc/passwd',
    '../app/src/unlisted.mjs#hidden',
    '__proto__',
    'constructor',
    'then',
    'toString#call',
    '%5F%5Fproto%5F%5F',
    '%zz',
    '',
    '#',
    '$1',
  ),
  fc.string({maxLength: 40}),
);

const key = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '0',
    '1',
    'id',
    'bound',
    'then',
    '__proto__',
    'constructor',
    'prototype',
    'status',
    'value',
    'reason',
    'toJSON',
    'length',
    '$$id',
    '$$typeof',
    '$$bound',
    '$$promise',
    '$$consumed',
    'a:b',
    '',
  ),
  fc.constantFrom(...methodNames, ...refusedNames),
  fc.string({maxLength: 6}),
);
const method = nearlyAlways(fc.constantFrom(...methodNames), fc.constantFrom(...refusedNames));

/*
 * Where things mostly are: rows 1 to 5 are values, 6 describes a function, 7 and 8 are files, 9 and a are
 * streams. Some references go astray.
 */
const row = mostly(
  fc.integer({min: 0, max: 8}).map(String),
  fc.constantFrom('', 'zz', '-1', '00', '0x1', '1 ', 'ffffffff', '1e3', '__proto__', 'then'),
);
const path = mostly(
  fc.constant(''),
  fc.array(key, {minLength: 1, maxLength: 4}).map((keys) => `:${keys.join(':')}`),
);
const tag = fc.constantFrom(
  ...'@ h Q W i A O o U S s L l G g M m V B R r X x K'.split(' '),
  ...['', 'T', 'D', 'n', '$', 'I', '-', 'N', 'u', 'P', 'F', 'E', 'Z', 'Y', 'j', '?'],
);
const to = (tags, ...rows) =>
  fc.tuple(fc.constantFrom(...tags), fc.constantFrom(...rows)).map((parts) => `$${parts.join('')}`);
const reference = nearlyAlways(
  fc.oneof(
    to(['', '', '@', '@', 'Q', 'W', 'i'], '1', '2', '3', '4', '5'),
    to(['h'], '6'),
    to('A O o U S s L l G g M m V B'.split(' '), '7', '8'),
    to('R r X x'.split(' '), '9', 'a'),
    to(['K'], '1', '2'),
    to([''], '0', '0:0', '0:0:a', '1:a', '1:0', '2:a:b', '1:__proto__', '1:constructor', '2:then'),
    fc.tuple(row, path).map((parts) => `$${parts.join('')}`),
  ),
  fc.tuple(tag, row, path).map((parts) => `$${parts.join('')}`),
);

const TEXT = Symbol('text');

const leaf = nearlyAlways(
  fc.oneof(
    {weight: 5, arbitrary: reference},
    {weight: 3, arbitrary: fc.oneof(fc.integer(), fc.string({maxLength: 10}))},
    fc.constantFrom(
      null,
      true,
      0,
      -0,
      1e308,
      '$$',
      '$T',
      '$D2020-01-01',
      '$n12',
      '$NaN',
      '$undefined',
      token,
    ),
  ),
  fc.constantFrom('$', '$K', '$D', '$n', '$Infinity', '$-0', '$Tx', '$Dx', '$n-', '$n0x1f'),
  fc.string({maxLength: 10}).map((word) => `$${word}`),
  fc.integer({min: 1, max: 400}).map((digits) => `$n${'9'.repeat(digits)}`),
);

export const {model} = fc.letrec((tie) => ({
  model: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    leaf,
    fc.array(tie('model'), {maxLength: 5}),
    fc.array(fc.tuple(key, tie('model')), {maxLength: 4}).map(objectText),
    // Functions where an app expects data.
    fc
      .array(fc.tuple(method, mostly(fc.constant('$h6'), tie('model'))), {maxLength: 4})
      .map(objectText),
  ),
}));

/** An object as JSON, with keys that an object literal does not give. */
function objectText(entries) {
  const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${json(value)}`);
  return {[TEXT]: `{${members.join(',')}}`};
}
/** @returns {string} */
export function json(value) {
  if (typeof value?.[TEXT] === 'string') return value[TEXT];
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  return JSON.stringify(value) ?? 'null';
}

const description = fc
  .tuple(
    id,
    mostly(fc.constantFrom('$@1', '$@2', '$@3', null), leaf),
    mostly(fc.constant(null), model),
  )
  .map(([name, bound, extra]) =>
    json(objectText([['id', name], ['bound', bound], ...(extra ? [['$$promise', extra]] : [])])),
  );

/** Made a `File` where one is needed. */
const blob = fc
  .tuple(fc.uint8Array({maxLength: 20}), fc.constantFrom('', 'text/html', 'a/b'))
  .map(([bytes, type]) => ({file: bytes, type}));

const text = fc.oneof(
  {weight: 6, arbitrary: model.map(json)},
  {weight: 3, arbitrary: fc.array(model, {maxLength: 4}).map(json)},
  {weight: 3, arbitrary: description},
  {weight: 1, arbitrary: fc.string({maxLength: 20})},
  {weight: 1, arbitrary: model.map((value) => `C${json(value)}`)},
);

const list = fc
  .tuple(fc.array(model, {maxLength: 4}), mostly(fc.constant([]), fc.constant([token])))
  .map(([items, first]) => json([...first, ...items]));
const pairs = fc.array(fc.tuple(model, model), {maxLength: 3}).map(json);
const piece = mostly(model.map(json), text);
const stream = fc
  .tuple(fc.array(piece, {maxLength: 3}), mostly(fc.constantFrom('C', 'C"end"'), piece))
  .map(([pieces, end]) => [...pieces, end]);

/** Fields of a reply, prefixed as those of a form are. */
const replyFields = (prefix) =>
  fc
    .tuple(
      mostly(list, text),
      fc.array(mostly(fc.oneof(list, pairs, model.map(json), description), text, blob), {
        minLength: 5,
        maxLength: 5,
      }),
      mostly(description, text, blob),
      fc.array(mostly(blob, text), {minLength: 2, maxLength: 2}),
      fc.tuple(stream, fc.oneof(fc.constant(['"$o7"', 'C']), stream)),
      fc.array(
        fc.tuple(
          mostly(fc.constantFrom('_1_', '_2_', '_3_'), fc.constant('_')),
          key,
          mostly(text, blob),
        ),
        {
          maxLength: 3,
        },
      ),
      mostly(
        fc.constant([]),
        fc.array(
          fc.tuple(fc.oneof(key, fc.constantFrom('00', 'S', 'Sx', '-1', '1e1', '1')), text),
          {
            maxLength: 2,
          },
        ),
      ),
    )
    .map(([first, rows, described, files, [ninth, tenth], entries, odd]) =>
      [
        ['0', first],
        ...[...rows, described, ...files].map((value, index) => [`${index + 1}`, value]),
        ...ninth.map((value) => ['S9', value]),
        ...tenth.map((value) => ['S10', value]),
        ...entries.map(([start, name, value]) => [start + name, value]),
        ...odd,
      ].map(([name, value]) => [prefix + name, value]),
    );

export const grammarFields = replyFields('');

/** Data with functions where an app expects more data: row 6 is plain, 7 is bound, 8 has captures. */
const {hooked} = fc.letrec((tie) => ({
  hooked: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.constantFrom('text', 1, null, '$h6', '$h7', '$h8', '$Q1', '$W2', '$@3', '$R4', '$x5', '$i2'),
    fc.array(tie('hooked'), {maxLength: 3}),
    fc
      .array(fc.tuple(method, fc.constantFrom('$h6', '$h7', '$h8')), {maxLength: 3})
      .map(objectText),
    fc.array(fc.tuple(key, tie('hooked')), {maxLength: 3}).map(objectText),
  ),
}));
const plainHooked = fc
  .array(fc.tuple(method, fc.constantFrom('$h6', 'text')), {maxLength: 3})
  .map(objectText);
const described = (name, bound) => json(objectText(Object.entries({id: name, bound})));
const passedId = fc.oneof(
  {weight: 4, arbitrary: fc.constantFrom(...passedIds)},
  {weight: 1, arbitrary: fc.constantFrom(...carelessIds, ...carefulIds)},
);

/** Fields that are well-formed, for functions that use their arguments carelessly. */
export const carelessCall = fc
  .record({
    id: fc.oneof(
      {weight: 6, arbitrary: fc.constantFrom(...carelessIds)},
      {weight: 1, arbitrary: fc.constantFrom(...passedIds, ...carefulIds)},
    ),
    args: fc.array(hooked, {minLength: 1, maxLength: 3}),
    entries: fc.array(fc.tuple(hooked, hooked), {maxLength: 2}),
    items: fc.array(hooked, {maxLength: 2}),
    later: hooked,
    pieces: fc.array(plainHooked, {maxLength: 2}),
    passed: passedId,
    bound: fc.tuple(passedId, fc.array(plainHooked, {maxLength: 2})),
  })
  .map(({id: own, args, entries, items, later, pieces, passed, bound: [boundId, bound]}) => ({
    id: own,
    fields: [
      ['0', json(args)],
      ['1', json(entries)],
      ['2', json(items)],
      ['3', json(later)],
      ['6', described(passed, null)],
      ['7', described(boundId, '$@9')],
      ['8', described(inlineId, '$@a')],
      ['9', json(bound)],
      ['10', json([token])],
      ...['S4', 'S5'].flatMap((name) => [
        ...pieces.map((value) => [name, json(value)]),
        [name, 'C'],
      ]),
    ],
  }));

const serverFunction = mostly(
  fc
    .constantFrom(...carefulIds, ...carelessIds, ...passedIds)
    .map((name) => ({make: 'function', name})),
  fc.constant({make: 'inline'}),
  fc.constant({make: 'unsealed'}),
);

/** What `encodeReply` is given. */
export const {argument} = fc.letrec((tie) => ({
  argument: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.oneof(
      fc.jsonValue({maxDepth: 2}),
      fc.date(),
      fc.bigInt({min: -(2n ** 64n), max: 2n ** 64n}),
      fc.constantFrom(undefined, NaN, Infinity, -0, '$1', '$$', '$h1'),
      fc.uint8Array({maxLength: 8}),
      fc.float64Array({maxLength: 4}),
      blob,
      serverFunction,
    ),
    fc.array(tie('argument'), {maxLength: 3}),
    fc.dictionary(fc.string({maxLength: 4}), tie('argument'), {maxKeys: 3}),
    fc.dictionary(fc.constantFrom(...methodNames), serverFunction, {minKeys: 1, maxKeys: 5}),
    fc
      .array(fc.tuple(tie('argument'), tie('argument')), {maxLength: 3})
      .map((entries) => new Map(entries)),
    fc.array(tie('argument'), {maxLength: 3}).map((items) => new Set(items)),
    fc
      .tuple(fc.constantFrom('promise', 'form', 'bound'), fc.array(tie('argument'), {maxLength: 2}))
      .map(([make, own]) => ({make, own})),
    fc
      .tuple(
        fc.constantFrom('stream', 'bytes', 'iterable', 'iterator'),
        fc.array(fc.oneof(fc.jsonValue({maxDepth: 1}), fc.uint8Array({maxLength: 4})), {
          maxLength: 3,
        }),
      )
      .map(([make, own]) => ({make, own})),
  ),
}));

/** Changes of fields, as numbers to choose by. */
export const fieldChanges = fc.array(
  fc.tuple(
    fc.constantFrom('drop', 'repeat', 'swap', 'rename', 'retarget', 'retag', 'splice', 'replace'),
    fc.nat(1000),
    fc.nat(1000),
    mostly(fc.oneof(row, tag), fc.string({maxLength: 4})),
  ),
  {maxLength: 4},
);

/** Changes of bytes. */
export const byteChanges = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'cut', 'insert', 'repeat'),
    fc.nat(100_000),
    fc.integer({min: 0, max: 40}),
    fc.nat(255),
  ),
  {maxLength: 2},
);

const header = (...lines) => fc.constantFrom(...lines);
const disposition = fc
  .tuple(
    header('0', '1', '2', '3', '4', '5', 'S9', '_1_a', ''),
    header('', '', '; filename="f"', "; filename*=UTF-8''f", '; filename="a\\"b"', '; name="1"'),
  )
  .map(([name, rest]) => `Content-Disposition: form-data; name="${name}"${rest}`);
const oddLine = header(
  'Content-Type: text/plain; charset=utf-16',
  'Content-Type: multipart/mixed; boundary=inner',
  'Content-Type: application/octet-stream',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Transfer-Encoding: 7bit',
  'Content-Disposition: attachment; filename="f"',
  'Content-Disposition: form-data; name=0',
  'Content-Disposition: form-data; name="0',
  'CONTENT-DISPOSITION:form-data;name="0"',
  'X: '.padEnd(5000, 'x'),
  ': ',
  'x',
);
const part = fc
  .record({
    first: mostly(disposition, oddLine, fc.string({maxLength: 20})),
    others: fc.array(mostly(oddLine, fc.string({maxLength: 20})), {maxLength: 1}),
    body: mostly(
      text,
      fc.constantFrom(
        `--${BOUNDARY}\r\n`,
        `\r\n--${BOUNDARY}`,
        `\r\n--${BOUNDARY}--\r\n`,
        'Zm9v',
        '',
      ),
    ),
  })
  .map(({first, others, body}) => ({lines: [first, ...others], body}));

/** Multipart written by hand, with that boundary. */
export const multipartText = fc
  .record({
    parts: fc.array(part, {maxLength: 5}),
    line: mostly(fc.constant('\r\n'), fc.constantFrom('\n', '\r', '')),
    start: mostly(fc.constant(''), fc.constantFrom('preamble\r\n', '\r\n', '--')),
    end: mostly(
      fc.constant(`--${BOUNDARY}--\r\n`),
      fc.constantFrom(
        `--${BOUNDARY}--`,
        `--${BOUNDARY}`,
        '',
        `--${BOUNDARY}--\r\nepilogue`,
        `--${BOUNDARY}\r\n`,
      ),
    ),
  })
  .map(({parts, line, start, end}) => {
    const written = parts.map(
      ({lines, body}) => `--${BOUNDARY}${line}${lines.join(line)}${line}${line}${body}${line}`,
    );
    return start + written.join('') + end;
  });

/** Form posts without JavaScript. */
export const formFields = fc
  .tuple(
    fc.array(
      mostly(
        fc.oneof(
          fc.constant('$ACTION_REF_1'),
          listedId.map((name) => `$ACTION_ID_${name}`),
        ),
        fc.constantFrom('$ACTION_REF_', '$ACTION_REF_:_1_'),
        id.map((name) => `$ACTION_ID_${name}`),
        key.map((name) => `$ACTION_REF_${name}`),
        key.map((name) => `$ACTION_${name}`),
      ).map((name) => [name, '']),
      {minLength: 1, maxLength: 2},
    ),
    fc.tuple(description, mostly(fc.constant('1'), fc.constantFrom('', ':_1_', '2'))),
    replyFields('$ACTION_1:'),
    fc.array(fc.tuple(key, mostly(text, blob)), {maxLength: 2}),
    fc.option(fc.string({maxLength: 5})),
  )
  .map(([pressed, [described, number], rows, own, stateKey]) => [
    ...pressed,
    [`$ACTION_${number}:0`, described],
    ...rows.filter(([name]) => name !== '$ACTION_1:0'),
    ...own,
    ...(stateKey === null ? [] : [['$ACTION_KEY', stateKey]]),
  ]);

/** Headers beside the id; most requests have honest ones. */
export const headers = mostly(
  fc.constant({}),
  fc.dictionary(
    fc.constantFrom(
      'Content-Type',
      'Content-Length',
      'Content-Encoding',
      'Origin',
      'Sec-Fetch-Site',
      'X-Forwarded-Host',
      'X-Action-Page',
      'X-Action-Id',
      'Cookie',
      'X-HTTP-Method-Override',
    ),
    fc.oneof(
      fc.constantFrom(
        'cross-site',
        'same-site',
        'none',
        'null',
        'http://app.test',
        'http://evil.test',
        'http://app.test, http://evil.test',
        'text/plain',
        'text/plain; charset=utf-7',
        'text/plain;charset=UTF-8;charset=utf-16',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        `multipart/form-data; boundary="${BOUNDARY}"`,
        'multipart/form-data; boundary=short',
        `multipart/form-data; boundary=${'y'.repeat(80)}`,
        'application/json',
        '0',
        '-1',
        '1e9',
        '99999999999999999999',
        'NaN',
        'gzip',
        '/notes?a=b',
        '//evil.test/',
        '/\\evil.test',
        'a=b; __proto__=c; =; ;;',
        'PUT',
      ),
      fc.string({maxLength: 30}),
    ),
    {minKeys: 1, maxKeys: 3},
  ),
);

export const verb = mostly(
  fc.constant('POST'),
  fc.constantFrom('GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
);
