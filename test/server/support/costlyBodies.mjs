import {action} from './app.mjs';

/*
 * Bodies of a size, by grammar: every way to write a value, repeated at every place where values stand.
 */

/** Bytes of each body: the default of `maxBodySize`. */
const SIZE = 1_000_000;
const hex = (number) => number.toString(16);

/** Values as JSON, by what they say. Each gets a number, for those that differ from one another. */
const VALUES = {
  'temporary references': () => '"$T"',
  'escaped temporary references': () => '"\\u0024\\u0054"',
  'undefined values': () => '"$undefined"',
  'undefined values in short': () => '"$u"',
  'negative zeros': () => '"$-0"',
  infinities: () => '"$I"',
  'negative infinities': () => '"$-"',
  'values that are no numbers': () => '"$N"',
  dates: () => '"$D2020-01-01T00:00:00.000Z"',
  'short dates': () => '"$D1"',
  'empty dates': () => '"$D"',
  'slow dates': () => '"$DJan 1 2020 (((((((())))))) 00:00:00 GMT+0000"',
  'different dates': (n) => `"$D${new Date(n * 1e6).toISOString()}"`,
  'small BigInts': () => '"$n1"',
  'large BigInts': () => `"$n${'9'.repeat(299)}"`,
  'large negative BigInts': () => `"$n-${'9'.repeat(298)}"`,
  'hexadecimal BigInts': () => '"$n0xf"',
  'empty BigInts': () => '"$n"',
  'BigInts that are too large': () => `"$n${'9'.repeat(400)}"`,
  'BigInts that are none': () => '"$nx"',
  'escaped dollars': () => '"$$"',
  'long escaped texts': () => `"$$${'x'.repeat(1000)}"`,
  'unknown tags': () => '"$Z"',
  'empty references': () => '"$"',
  'references to all': () => '"$0"',
  'references to the first argument': () => '"$0:0"',
  'references to themselves by number': (n) => `"$0:0:${n}"`,
  'references to one before': (n) => `"$0:0:${Math.max(n - 1, 0)}"`,
  'references to a row': () => '"$1"',
  'references with a long path': () => `"$1${':a'.repeat(40)}"`,
  'references with a very long path': () => `"$1${':a'.repeat(1000)}"`,
  'different references with a path': (n) => `"$1:a:${n}"`,
  'references to different rows': (n) => `"$${hex(n)}"`,
  'references to rows that are not there': (n) => `"$${hex(n + 2000)}"`,
  promises: () => '"$@1"',
  'different promises': (n) => `"$@${hex(n)}"`,
  'server functions': () => '"$h2"',
  maps: () => '"$Q3"',
  sets: () => '"$W3"',
  iterators: () => '"$i3"',
  files: () => '"$B4"',
  'different forms': (n) => `"$K${hex(n)}"`,
  forms: () => '"$K1"',
  'empty numbers of forms': () => '"$K"',
  'streams of values': () => '"$R5"',
  'streams of bytes': () => '"$r6"',
  iterables: () => '"$X5"',
  'async iterators': () => '"$x5"',
  ...Object.fromEntries(['A', 'o', 'V'].map((tag) => [`bytes as ${tag}`, () => `"$${tag}4"`])),
  zeros: () => '0',
  numbers: () => '1.5e300',
  'numbers of 300 digits': () => '9'.repeat(300),
  nulls: () => 'null',
  'empty texts': () => '""',
  'short texts': (n) => `"${hex(n)}"`,
  'escaped texts': () => '"\\u0041\\u0042\\n"',
  'long texts': () => `"${'x'.repeat(1000)}"`,
  'empty arrays': () => '[]',
  'empty objects': () => '{}',
  'small objects': (n) => `{"id":${n},"name":"x"}`,
  'objects of different keys': (n) => `{"${hex(n)}":1}`,
  'objects of methods': () => '{"toString":1,"valueOf":1,"toJSON":1,"then":1}',
  'objects of a prototype': () => '{"__proto__":{}}',
  'nested arrays': () => `${'['.repeat(100)}${']'.repeat(100)}`,
  'nested objects': () => `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
  'nested temporary references': () => `${'['.repeat(100)}"$T"${']'.repeat(100)}`,
};

/** What some of the values refer to. */
const ROWS = [
  ['1', JSON.stringify(nested(45))],
  ['2', JSON.stringify({id: action('echo'), bound: null})],
  ['3', '[]'],
  ['4', new Blob(['12345678'])],
  ['S5', '1'],
  ['S5', 'C'],
  ['S6', '"$o4"'],
  ['S6', 'C'],
];
function nested(depth) {
  return depth === 0 ? {} : {a: nested(depth - 1)};
}

/** As many as fit, each with a comma and a few characters of its own. */
function fill(value, size, around = (text) => text) {
  const parts = [];
  let length = 0;
  for (let n = 0; ; n++) {
    const part = around(value(n), n);
    length += part.length + 1;
    if (length > size) return parts.join(',');
    parts.push(part);
  }
}
const ROOM = SIZE - 3000;
const list = (value, size = ROOM) => `[${fill(value, size)}]`;
const members = (value, key, size = ROOM) =>
  `{${fill(value, size, (text, n) => `"${key(n)}":${text}`)}}`;

/** Fields, from a value that is to be repeated. */
const PLACES = {
  'as elements': (value) => [['0', `[${list(value)}]`], ...ROWS],
  'as members': (value) => [['0', `[${members(value, (n) => `k${n}`)}]`], ...ROWS],
  'as numbered members': (value) => [['0', `[${members(value, (n) => n * 7)}]`], ...ROWS],
  'as one member again and again': (value) => [['0', `[${members(value, () => 'k')}]`], ...ROWS],
  'as arguments': (value) => [['0', list(value)], ...ROWS],
  'in objects inside one another': (value) => [
    ['0', `[${'{"key":'.repeat(150)}${list(value)}${'}'.repeat(150)}]`],
    ...ROWS,
  ],
  'in small arrays': (value) => [['0', `[[${fill(value, ROOM, (text) => `[${text}]`)}]]`], ...ROWS],
  'in another row': (value) => [['0', '["$7"]'], ['7', list(value)], ...ROWS],
  'in a row that nothing refers to': (value) => [['0', '[]'], ['7', list(value)], ...ROWS],
  'in a promise': (value) => [['0', '["$@7"]'], ['7', list(value)], ...ROWS],
  'in a map': (value) => [
    ['0', '["$Q7"]'],
    ['7', `[${fill(value, ROOM, (text, n) => `[${n},${text}]`)}]`],
    ...ROWS,
  ],
  'as keys of a map': (value) => [
    ['0', '["$Q7"]'],
    ['7', `[${fill(value, ROOM, (text) => `[${text},0]`)}]`],
    ...ROWS,
  ],
  'in a set': (value) => [['0', '["$W7"]'], ['7', list(value)], ...ROWS],
  'in an iterator': (value) => [['0', '["$i7"]'], ['7', list(value)], ...ROWS],
  'in rows': (value) => [
    ['0', `["$8"]`],
    ...rows(900, (n) => [
      `${n + 8}`,
      `[${fill(value, 950, undefined)}${n < 899 ? `,"$${hex(n + 9)}"` : ''}]`,
    ]),
    ...ROWS,
  ],
  'in rows that all are arguments': (value) => [
    ['0', `[[${rows(800, (n) => `"$${hex(n + 8)}"`).join(',')}]]`],
    ...rows(800, (n) => [`${n + 8}`, `{"a":[${fill(value, 1000)}]}`]),
    ...ROWS,
  ],
  'in promises': (value) => [
    ['0', `[[${rows(800, (n) => `"$@${hex(n + 8)}"`).join(',')}]]`],
    ...rows(800, (n) => [`${n + 8}`, `{"a":[${fill(value, 1000)}]}`]),
    ...ROWS,
  ],
  'in a piece of a stream': (value) => [
    ['0', '["$R7"]'],
    ['S7', list(value)],
    ['S7', 'C'],
    ...ROWS,
  ],
  'in pieces of a stream': (value) => [
    ['0', '["$R7"]'],
    ...rows(900, () => ['S7', `[${fill(value, 950)}]`]),
    ['S7', 'C'],
    ...ROWS,
  ],
  'in an iterable': (value) => [['0', '["$X7"]'], ['S7', list(value)], ['S7', 'C'], ...ROWS],
  'in streams': (value) => [
    ['0', `[[${rows(450, (n) => `"$R${hex(n + 7)}"`).join(',')}]]`],
    ...rows(450, (n) => [`S${n + 7}`, `[${fill(value, 1900)}]`]),
    ...rows(450, (n) => [`S${n + 7}`, 'C']),
    ...ROWS,
  ],
  'as bound arguments': (value) => [
    ['0', '["$h7"]'],
    ['7', JSON.stringify({id: action('echo'), bound: '$@8'})],
    ['8', list(value)],
    ...ROWS,
  ],
  'in a bound argument': (value) => [
    ['0', '["$h7"]'],
    ['7', JSON.stringify({id: action('echo'), bound: '$@8'})],
    ['8', `[${list(value)}]`],
    ...ROWS,
  ],
  'in the description of a function': (value) => [
    ['0', '["$h7"]'],
    ['7', `{"id":"${action('echo')}","bound":null,"more":${list(value)}}`],
    ...ROWS,
  ],
};
function rows(count, make) {
  return Array.from({length: count}, (_, n) => make(n));
}

/** Fields of a multipart body, or a text, or bytes with their type. */
const OTHERS = {
  'arrays without an end': () => '['.repeat(SIZE),
  'arrays inside one another': () => '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
  'objects inside one another': () => '{"a":'.repeat(SIZE / 6) + '}'.repeat(SIZE / 6),
  'JSON that is broken at its end': () => `[${list((n) => `{"id":${n}}`)}`,
  'references in JSON that is broken at its end': () => `[${list(() => '"$0:0"')}`,
  'one text': () => JSON.stringify(['x'.repeat(SIZE - 10)]),
  'one text of escapes': () => `["${'\\u0041'.repeat(SIZE / 6 - 10)}"]`,
  'one text of line ends': () => `["${'\\n'.repeat(SIZE / 2 - 10)}"]`,
  'one long key': () => JSON.stringify([{['k'.repeat(SIZE - 20)]: 1}]),
  'one long path': () => `["$0${':0'.repeat(SIZE / 2 - 10)}"]`,
  'one long path of long names': () =>
    `[{"${'k'.repeat(5e5 - 100)}":1},"$0:0:${'k'.repeat(5e5 - 100)}"]`,
  'one long reference': () => `["$${'1'.repeat(SIZE - 10)}"]`,
  'one long date': () => `["$D${'1'.repeat(SIZE - 10)}"]`,
  'one date of parentheses': () => `["$D${'('.repeat(SIZE - 10)}"]`,
  'one date of words': () => `["$D${'Jan '.repeat(SIZE / 4 - 10)}"]`,
  'one long BigInt': () => `["$n${'9'.repeat(SIZE - 10)}"]`,
  'one long number': () => `[${'9'.repeat(SIZE - 10)}]`,
  'many long keys': () => JSON.stringify([rows(900, (n) => ({[`${n}`.padEnd(1000, 'k')]: '$T'}))]),
  'text that is not UTF-8 at its end': () =>
    new Blob(['[', ' '.repeat(SIZE - 10), new Uint8Array([0xff])], {type: 'text/plain'}),
  spaces: () => `[${' '.repeat(SIZE - 10)}]`,
  'many parts': () => rows(9000, (n) => [`${n}`, '[]']),
  'many entries of a form': () => [
    ['0', '["$K1"]'],
    ...rows(990, (n) => [`_1_field${n}`, 'x'.repeat(850)]),
  ],
  'many forms': () => [
    ['0', JSON.stringify([rows(990, (n) => `$K${hex(n + 1)}`)])],
    ...rows(990, (n) => [`_${n + 1}_a`, 'x'.repeat(800)]),
  ],
  'forms that are given again and again': () => [
    ['0', JSON.stringify([rows(80_000, () => '$K1')])],
    ...rows(990, () => ['_1_a', '']),
  ],
  'forms with a long number': () => [
    ['0', JSON.stringify([rows(900, () => `$K${'1'.repeat(900)}`)])],
  ],
  'many files': () => [
    ['0', JSON.stringify([rows(990, (n) => `$B${hex(n + 1)}`)])],
    ...rows(990, (n) => [`${n + 1}`, new Blob(['x'.repeat(700)])]),
  ],
  'many typed arrays': () => [
    ['0', JSON.stringify([rows(990, (n) => `$o${hex(n + 1)}`)])],
    ...rows(990, (n) => [`${n + 1}`, new Blob(['x'.repeat(700)])]),
  ],
  'one typed array': () => [
    ['0', '["$o1"]'],
    ['1', new Blob(['x'.repeat(ROOM)])],
  ],
  'many functions': () => [
    ['0', JSON.stringify([rows(990, (n) => `$h${hex(n + 1)}`)])],
    ...rows(990, (n) => [`${n + 1}`, JSON.stringify({id: action('echo'), bound: null})]),
  ],
  'many different functions': () => [
    ['0', JSON.stringify([rows(990, (n) => `$h${hex(n + 1)}`)])],
    ...rows(990, (n) => [`${n + 1}`, JSON.stringify({id: `${'x'.repeat(700)}${n}`, bound: null})]),
  ],
  'functions that are bound to one another': () => [
    ['0', '["$h1"]'],
    ...rows(480, (n) => [
      `${2 * n + 1}`,
      JSON.stringify({id: action('echo'), bound: `$@${hex(2 * n + 2)}`}),
    ]),
    ...rows(480, (n) => [`${2 * n + 2}`, JSON.stringify([n < 479 ? `$h${hex(2 * n + 3)}` : 1])]),
  ],
  'functions that are bound to all of them': () => [
    ['0', '["$h1"]'],
    ...rows(480, (n) => [
      `${n + 1}`,
      JSON.stringify({id: action('echo'), bound: `$@${hex(n + 501)}`}),
    ]),
    ...rows(480, (n) => [
      `${n + 501}`,
      JSON.stringify([rows(200, (m) => `$h${hex(((n + m) % 480) + 1)}`)]),
    ]),
  ],
  'a chain of rows': () => [
    ['0', '["$1"]'],
    ...rows(950, (n) => [`${n + 1}`, n < 949 ? `"$${hex(n + 2)}"` : '1']),
  ],
  'a chain of rows backwards': () => [
    ['0', JSON.stringify([rows(950, (n) => `$${hex(n + 1)}`)])],
    ['1', '{}'],
    ...rows(949, (n) => [`${n + 2}`, `"$${hex(n + 1)}"`]),
  ],
  'a chain of paths': () => [['0', JSON.stringify([{a: rows(60_000, (n) => `$0:0:a:${n - 1}`)}])]],
  'a chain of paths to a promise': () => [
    ['0', JSON.stringify(['$@1', ...rows(60, () => '$1:a')])],
    ['1', JSON.stringify({a: rows(60_000, (n) => `$1:a:${n + 1}`)})],
  ],
  'pairs of rows': () => [
    ['0', '["$1"]'],
    ...rows(900, (n) => [
      `${n + 1}`,
      n < 899 ? `[${rows(150, () => `"$${hex(n + 2)}"`).join(',')}]` : '1',
    ]),
  ],
  'all rows in all rows': () => [
    ['0', JSON.stringify(rows(90, (n) => `$${hex(n + 1)}`))],
    ...rows(180, (n) => [
      `${n + 1}`,
      JSON.stringify({a: rows(700, (m) => `$@${hex((m % 180) + 1)}`)}),
    ]),
  ],
  'objects that all functions wait for': () => [
    ['0', JSON.stringify([rows(400, (n) => `$h${hex(n + 1)}`)])],
    ...rows(400, (n) => [`${n + 1}`, JSON.stringify({id: action('echo'), bound: '$@7d0'})]),
    ['2000', JSON.stringify([rows(100_000, () => '$7d1')])],
    ['2001', '{}'],
  ],
  'streams that hold one another': () => [
    ['0', '["$R1"]'],
    ...rows(450, (n) => [`S${n + 1}`, n < 449 ? `"$R${hex(n + 2)}"` : '1']),
    ...rows(450, (n) => [`S${n + 1}`, 'C']),
  ],
  'one row in all streams': () => [
    ['0', `[[${rows(400, (n) => `"$R${hex(n + 2)}"`).join(',')}]]`],
    ['1', list((n) => `"${hex(n)}"`, 900_000)],
    ...rows(400, (n) => [`S${n + 2}`, '"$1"']),
    ...rows(400, (n) => [`S${n + 2}`, 'C']),
  ],
  'late bytes after many pieces': () => [
    ['0', '["$R1"]'],
    ['2', new Blob(['x'])],
    ['S1', '"$o2"'],
    ...rows(980, () => ['S1', '[1,2,3]']),
    ['S1', 'C'],
  ],
  'field names that are long': () =>
    rows(900, (n) => [`_1_${`${n}`.padEnd(1000, 'x')}`, '']).concat([['0', '["$K1"]']]),
};

const BOUNDARY = `----costly${'x'.repeat(24)}`;
const type = `multipart/form-data; boundary=${BOUNDARY}`;
const bytesOf = (text) => new Blob([text], {type});
const part = (headers, text) => `--${BOUNDARY}\r\n${headers}\r\n\r\n${text}\r\n`;
const named = (name) => `Content-Disposition: form-data; name="${name}"`;
const END = `--${BOUNDARY}--\r\n`;
const wrapped = (text) => bytesOf(part(named('0'), '[]') + text + END);

/** Multipart bodies, written by hand. */
const FRAMINGS = {
  'parts as small as they can be': () => bytesOf(`--x\r\n${named('')}\r\n\r\n\r\n`.repeat(19_000)),
  'parts without a body': () => wrapped(part(named('1'), '').repeat(8000)),
  'many headers': () => wrapped(part(`${named('1')}${'\r\nX: y'.repeat(160_000)}`, '[]')),
  'one long header': () => wrapped(part(`${named('1')}\r\nX: ${'y'.repeat(SIZE - 1000)}`, '[]')),
  'one long name': () => wrapped(part(named('1'.repeat(SIZE - 1000)), '[]')),
  'one long name of escapes': () => wrapped(part(named('%0D%0A'.repeat(160_000)), '[]')),
  'many types': () => wrapped(part(`${named('1')}${'\r\nContent-Type: a/b'.repeat(52_000)}`, '[]')),
  'line ends': () => wrapped(part(named('1'), '\r\n'.repeat(SIZE / 2 - 500))),
  'carriage returns': () => wrapped(part(named('1'), '\r'.repeat(SIZE - 1000))),
  dashes: () => wrapped(part(named('1'), '\r\n--'.repeat(SIZE / 4 - 500))),
  'boundaries but for their last letter': () =>
    wrapped(part(named('1'), `\r\n--${BOUNDARY.slice(0, -1)}`.repeat(26_000))),
  'boundaries within a line': () => wrapped(part(named('1'), ` --${BOUNDARY}`.repeat(26_000))),
  'no boundary at all': () => bytesOf('x'.repeat(SIZE)),
  'a preamble': () => bytesOf('\r\n'.repeat(SIZE / 2)),
  'an epilogue': () => bytesOf(part(named('0'), '[]') + END + '\r\n'.repeat(SIZE / 2 - 500)),
  base64: () =>
    wrapped(
      part(`${named('1')}\r\nContent-Transfer-Encoding: base64`, 'eHh4'.repeat(SIZE / 4 - 500)),
    ),
  'bytes that are not UTF-8': () =>
    new Blob(
      [
        part(named('0'), '[]'),
        `--${BOUNDARY}\r\n${named('1')}\r\n\r\n`,
        new Uint8Array(SIZE - 1000).fill(0xff),
        `\r\n${END}`,
      ],
      {type},
    ),
};

/** Values that are tried at every place; each of the others is tried at one. */
const EVERYWHERE = ['references to a row', 'undefined values in short'];

/**
 * Every body, by its shape.
 *
 * @returns {Map<string, () => Promise<{body: Uint8Array, type: string}>>}
 */
export function costlyBodies() {
  const bodies = new Map();
  const places = Object.keys(PLACES);
  for (const [index, [what, value]] of Object.entries(VALUES).entries()) {
    const others = EVERYWHERE.includes(what) ? places : [places[index % places.length]];
    for (const where of others) {
      bodies.set(`${what} ${where}`, () => encode(PLACES[where](value)));
    }
  }
  for (const [what, make] of Object.entries({...OTHERS, ...FRAMINGS})) {
    bodies.set(what, () => encode(make()));
  }
  return bodies;
}

/** What React does not send. */
class Instance {
  member = 1;
}

/** Bodies of that size as honest clients send them, with the arguments that arrive. */
export const honestArguments = {
  'a hundred thousand plain objects': () => [rows(100_000, (n) => ({a: n % 10}))],
  'a table with dates': () => [
    rows(9000, (n) => ({id: n, name: `name ${n}`, created: new Date(n * 1e6), big: BigInt(n)})),
  ],
  'thirty thousand dates': () => [rows(30_000, (n) => new Date(n * 1e6))],
  'thirty thousand BigInts': () => [rows(30_000, (n) => BigInt(n) ** 4n)],
  'four hundred thousand digits': () => [rows(400_000, (n) => n % 10)],
  'a dictionary': () => [Object.fromEntries(rows(45_000, (n) => [`key-${n}`, n % 10]))],
  'rows that share objects': () => {
    const shared = rows(5, (n) => ({name: `category ${n}`}));
    return [rows(30_000, (n) => ({id: n, c: shared[n % 5]}))];
  },
  'a megabyte of text': () => ['text "quoted"\n'.repeat(50_000)],
  bytes: () => [new Uint8Array(900_000).fill(7)],
  'five thousand class instances that come back': () => [rows(5000, () => new Instance())],
  'a form of 900 fields': () => {
    const form = new FormData();
    for (let n = 0; n < 900; n++) form.append(`field-${n}`, `value ${n}`.repeat(50));
    return [form];
  },
  'a form of 500 files': () => {
    const form = new FormData();
    for (let n = 0; n < 500; n++) form.append('files', new File([`file ${n}`], `${n}.txt`));
    return [form];
  },
  'three hundred maps and promises': () => [rows(300, (n) => new Map([[n, Promise.resolve(n)]]))],
};

/** @returns {Promise<{body: Uint8Array, type: string}>} */
export async function encode(body) {
  const isFields = Array.isArray(body);
  const response = new Response(isFields ? formOf(body) : body);
  const contentType = response.headers.get('content-type');
  return {body: new Uint8Array(await response.arrayBuffer()), type: contentType};
}

function formOf(fields) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}
