import {action} from './app.mjs';

const hex = (number) => number.toString(16);
const describe = (bound) => JSON.stringify({id: action('echo'), bound});
const count = (length, make) => Array.from({length}, (_, index) => make(index));
/** Row after row, each of which refers to the next one twice. */
const doubled = (write) => [
  ['0', '["$1"]'],
  ...count(40, (row) => [`${row + 1}`, JSON.stringify(write(`$${hex(row + 2)}`))]),
  ['41', '"end"'],
];

/** Bodies that are complete and small, by what is wrong with them: fields of a multipart body. */
export const replies = {
  emptyBytes: [
    ['0', '["$r1"]'],
    ['2', new Blob([])],
    ['S1', '"$o2"'],
    ['S1', 'C'],
  ],
  /** Whoever cancels it at once is told of the bytes all the same. */
  lateBytes: [
    ['0', '["$@3"]'],
    ['3', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['S1', '"$o2"'],
    ['S1', 'C'],
  ],
  lateFunction: [
    ['0', '["$@3"]'],
    ['3', '["$R1"]'],
    ['2', describe('$@4')],
    ['4', '[1]'],
    ['S1', '"$h2"'],
    ['S1', 'C'],
  ],
  lateFunctionBehindRows: [
    ['0', '["$@3"]'],
    ['3', '["$R1"]'],
    ['2', describe('$@4')],
    ['4', '[1]'],
    ['5', '["$Q6"]'],
    ['6', '[["key","$h2"]]'],
    ['S1', '"$5"'],
    ['S1', 'C'],
  ],
  /** The reader waits for the piece that cannot be decoded. */
  lateRow: [
    ['0', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['3', '{}'],
    ['S1', '"$o2"'],
    ['S1', '"$3:nothing"'],
    ['S1', 'C'],
  ],
  lateNumber: [
    ['0', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['S1', '["$o2"]'],
    ['S1', '["$nine"]'],
    ['S1', 'C'],
  ],
  lateRest: [
    ['0', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['S1', '"$S2"'],
    ['S1', 'C'],
  ],
  lateAgain: [
    ['0', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['S1', '"$o2"'],
    ['S1', '"$o2"'],
    ['S1', 'C'],
  ],
  lateBehindRows: [
    ['0', '["$R1"]'],
    ['2', new Blob(['bytes'])],
    ['3', '["$4"]'],
    ['4', '{"bytes":"$o2"}'],
    ['5', '{}'],
    ['S1', '"$3:0:bytes"'],
    ['S1', '"$5:nothing"'],
    ['S1', 'C'],
  ],
  boundToItself: [
    ['0', '["$h1"]'],
    ['1', describe('$@2')],
    ['2', '[{"own":"$h1"}]'],
  ],
  boundToEachOther: [
    ['0', '["$h1"]'],
    ['1', describe('$@2')],
    ['2', '["$h3"]'],
    ['3', describe('$@4')],
    ['4', '["$W5"]'],
    ['5', '["$h1"]'],
  ],
  /** Sent back, these keep the process busy for ever. */
  promiseOfItself: [
    ['0', '["$1"]'],
    ['1', '"$@1"'],
  ],
  promiseOfAnother: [
    ['0', '["$1"]'],
    ['1', '"$@2"'],
    ['2', '"$@1"'],
  ],
  promiseOfItselfByPath: [
    ['0', '[["$@1"]]'],
    ['1', '"$0:0:0"'],
  ],
  promiseOfItselfBehindRows: [
    ['0', '["$3"]'],
    ['1', '"$@3"'],
    ['2', '"$1"'],
    ['3', '"$2"'],
  ],
  doubledObjects: doubled((next) => ({a: next, b: next})),
  doubledMaps: doubled((next) => ({a: [next], b: [next]})),
  doubledPromises: doubled((next) => ({a: `$@${next.slice(1)}`, b: `$@${next.slice(1)}`})),
  repeatedText: [
    ['0', JSON.stringify([Object.fromEntries(count(30_000, (key) => [key, '$1']))])],
    ['1', JSON.stringify('x'.repeat(400_000))],
  ],
  repeatedTextByOtherNames: [
    ['0', JSON.stringify([Object.fromEntries(count(900, (key) => [key, `$${hex(key + 2)}`]))])],
    ['1', JSON.stringify('x'.repeat(400_000))],
    ...count(900, (row) => [`${row + 2}`, '"$1"']),
  ],
  repeatedFile: [
    ['0', JSON.stringify([Object.fromEntries(count(30_000, (key) => [key, '$B1']))])],
    ['1', new Blob(['x'.repeat(400_000)])],
  ],
  repeatedBytes: [
    ['0', JSON.stringify([Object.fromEntries(count(30_000, (key) => [key, '$2']))])],
    ['1', new Blob(['x'.repeat(400_000)])],
    ['2', '"$o1"'],
  ],
  repeatedForm: [
    ['0', JSON.stringify([Object.fromEntries(count(30_000, (key) => [key, '$1']))])],
    ['1', '"$K2"'],
    ['_2_text', 'x'.repeat(400_000)],
  ],
  /** Each goes back as the whole path to it. */
  repeatedPaths: [['0', JSON.stringify([{['k'.repeat(300_000)]: count(50_000, () => '$T')}])]],
  deepRows: [
    ['0', '["$1"]'],
    ...count(900, (row) => [`${row + 1}`, `${'['.repeat(5)}"$${hex(row + 2)}"${']'.repeat(5)}`]),
    ['901', '1'],
  ],
  deepPromises: [
    ['0', '["$@1"]'],
    ...count(900, (row) => [`${row + 1}`, `[["$@${hex(row + 2)}"]]`]),
    ['901', '1'],
  ],
  deepPaths: [
    ['0', '["$1:a"]'],
    ...count(900, (row) => [`${row + 1}`, JSON.stringify({a: `$${hex(row + 2)}:a`})]),
    ['901', '{"a":1}'],
  ],
  endlessPath: [
    ['0', '["$1:a"]'],
    ['1', '"$1"'],
  ],
};

/** Those that are alike. */
export const kinds = {
  lateFailures: ['lateRow', 'lateNumber', 'lateRest', 'lateAgain', 'lateBehindRows'],
  endlessBinding: ['boundToItself', 'boundToEachOther'],
  endlessPromises: [
    'promiseOfItself',
    'promiseOfAnother',
    'promiseOfItselfByPath',
    'promiseOfItselfBehindRows',
  ],
  repeated: [
    'doubledObjects',
    'doubledMaps',
    'repeatedText',
    'repeatedTextByOtherNames',
    'repeatedFile',
    'repeatedBytes',
    'repeatedForm',
  ],
};
