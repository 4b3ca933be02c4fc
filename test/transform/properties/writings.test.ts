import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parse, type ParserPlugin} from '@babel/parser';
import {format, type Options} from 'prettier';
import {mayHaveDirective} from '../../../src/transform/index.ts';
import {ids} from '../support/compile.ts';

/** Ids must not change when the author's editor formats a file, or when somebody writes a comment. */

const repository = fileURLToPath(new URL('../../../', import.meta.url));

const FOLDERS = ['test/transform/programs', 'examples/notes/src', 'examples/gallery/src'];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(repository + folder, {recursive: true, encoding: 'utf8'})
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .filter((file) => mayHaveDirective(readFileSync(repository + file, 'utf8'))),
).sort();

/** Anonymous functions are known by their text, so here every way of writing something has one. */
const ANONYMOUS = `
function Page({note, list}) {
  return [
    <form action={async (data) => { 'use server'; return <b>  a {note.id} b {/* c */} <i></i>{' '}c</b> }} />,
    <form action={async () => { "use server"
      return <a href={'x'} title="it's">{"text"} and {'more'}
        <br/>
        words that go on for so long that a formatter has to break the line, {list.length} times {note.title}
      </a> }} />,
    async () => { 'use server'; return {'a': 1, "b-c": 2, 'd': {e: note.e, 'f'() {}, get 'g'() { return 1 }}} },
    async () => { 'use server'; return [0x10, 1E5, 1.50, .5, 5., 0XAB, 1_000n, 0xFFn, 0B11] },
    async () => { 'use server'; return note.a && (note.b && note.c) || ((note.d || note.e)) },
    async () => { 'use server'; return (note.a ?? (list ?? note.b)) },
    async () => { 'use server'; ;;; for (;;); return /a/gi.test(\`x \${note.id}  y\`) },
    async () => { 'use server'; if (note) ; else return note
      return new Map },
    async () => { 'use server'; return css\`a { color:red;   }
      b{top:0}\` },
    async () => { 'use server'; return [gql\`query { a(id:1,n:2) {b,c} }\`, html\`<p id='a'>x</p><b></b>\`] },
    async () => { 'use server'; class A { 'x' = 1; static y = 2;; ["z"]() {}; 1 = 2 } return (A, note) },
    async () => { 'use server'; return 'it\\'s "so"' + "\\"quoted\\"" + 'a' + ('b' + note) },
    async () => { 'use server'; return (list.map((x) => (x))).filter(function (x) { return !(x) }, ) },
    async () => { 'use server'; let a = (note), b; a = b = ((list)); return a?.b?.[(b)]?.(note, ...list, ) },
    async () => { 'use server'; return typeof (note) === 'x' ? (void 0) : (await (list)) },
    async () => { 'use server'; switch (note) { case ('a'): { return 1 } default: return 2 } },
    async () => { 'use server'; do note.x--; while (note.x) label: for (const x of list) continue label },
  ]
}
`;

const STYLES: Options[] = [
  {},
  {singleQuote: true, semi: false, trailingComma: 'none', tabWidth: 8},
  {printWidth: 40, bracketSpacing: false, arrowParens: 'avoid', useTabs: true},
  {printWidth: 300, quoteProps: 'consistent', jsxSingleQuote: true, bracketSameLine: true},
  {quoteProps: 'preserve', singleAttributePerLine: true, endOfLine: 'crlf'},
  {experimentalTernaries: true, objectWrap: 'collapse', experimentalOperatorPosition: 'start'},
];

const sources: [name: string, source: string][] = [
  ['anonymous.jsx', ANONYMOUS],
  ...files.map((file): [string, string] => [file, readFileSync(repository + file, 'utf8')]),
];

const idsOf = (source: string, name: string) => ids(source, {name: name.replaceAll('/', '-')});

test('every file of the programs and examples has ids', () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(idsOf(ANONYMOUS, 'anonymous.jsx')).toHaveLength(17);
});

test.each(sources)('%s keeps its ids when it is formatted', async (name, source) => {
  const expected = idsOf(source, name);
  // A file of each length gets another style beside the usual one.
  const styles = source === ANONYMOUS ? STYLES : [{}, STYLES[source.length % STYLES.length]];
  for (const style of styles) {
    const formatted = await format(source, {...style, filepath: name});
    expect(idsOf(formatted, name)).toEqual(expected);
  }
});

test.each(sources)('%s keeps its ids with comments everywhere, and without any', (name, source) => {
  const expected = idsOf(source, name);
  expect(idsOf(withComments(source, name), name)).toEqual(expected);
  expect(idsOf(withoutComments(source, name), name)).toEqual(expected);
});

function parseTokens(source: string, name: string) {
  const plugins: ParserPlugin[] = ['decorators-legacy', 'decoratorAutoAccessors'];
  if (!name.endsWith('ts')) plugins.push('jsx');
  if (/\.[cm]?tsx?$/.test(name)) plugins.push('typescript');
  return parse(source, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    plugins,
    tokens: true,
  });
}

type Token = {type: {label: string}; start: number; end: number};

/** A comment between any two tokens, but for those where it would be a text. */
function withComments(source: string, name: string): string {
  const tokens = parseTokens(source, name).tokens as Token[];
  let result = '';
  let last = 0;
  tokens.forEach((token, i) => {
    if (token.type.label === undefined) return;
    result += source.slice(last, token.start);
    last = token.start;
    const previous = tokens[i - 1];
    if (previous && canStandBetween(previous, token)) result += '/* comment */';
    // Between the tags of an element.
    if (previous?.type.label === 'jsxTagEnd' && token.type.label === 'jsxTagStart') {
      result += isChildOfElement(source, token.start) ? '{/* comment */}' : '';
    }
  });
  return result + source.slice(last);
}

const TEXTS = /jsx|template|^`$|^\$\{$|^\}$|#|^eof$|undefined/i;

function canStandBetween(previous: Token, next: Token): boolean {
  return !TEXTS.test(previous.type.label) && !TEXTS.test(next.type.label);
}

/** Two elements in a row that are no children do not stand side by side without something between. */
function isChildOfElement(source: string, position: number): boolean {
  return /^<\//.test(source.slice(position));
}

function withoutComments(source: string, name: string): string {
  const comments = parseTokens(source, name).comments ?? [];
  let result = '';
  let last = 0;
  for (const {start, end, type} of comments) {
    result += source.slice(last, start);
    // A comment over several lines ends a line, as one behind `//` does.
    result += type === 'CommentBlock' ? source.slice(start, end).replace(/[^\n]+/g, ' ') : '';
    last = end!;
  }
  return result + source.slice(last);
}
