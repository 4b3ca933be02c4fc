import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {format, resolveConfig} from 'prettier';
import {refusals} from './support/refusals.ts';

const page = fileURLToPath(new URL('../../docs/language.md', import.meta.url));
const programs = fileURLToPath(new URL('./programs/', import.meta.url));

const INTRODUCTION = `# What the compiler is proved on

Generated from the tests of the compiler: \`UPDATE_DOCS=1 npx jest test/transform/languagePage\` writes it.

## Programs

Each of these programs (\`test/transform/programs/\`) is run as it is written; compiled, called in the same
process; compiled, called over React's wire with encrypted captures; and compiled after another tool, with
hashed ids. All give the same. Beside them, random programs are compared in the same way
(\`test/transform/properties/\`).

`;

const CAPTURED = `
## What of a captured value travels

An inline server function takes the variables around it along, encrypted, from server to server. What arrives is
equal to what was captured: two variables that hold one object hold one object on the other side, circles are
circles, and members have the flags they had. What could not arrive equal is refused when the function is sent,
in development and in production, with the name of the variable and the way to the value. Of an object of which the
function reads members only (\`note.author.name\`), these members travel and nothing else; a member that cannot be
sent, or throws, fails when the function reads it.

| captured | what arrives | refused |
| --- | --- | --- |
| strings, numbers with \`-0\` and \`NaN\`, bigints, \`undefined\`, \`null\` | the same | |
| symbols | those of \`Symbol.for\`, and \`Symbol.iterator\` and its like | all other symbols |
| objects, with or without prototype; frozen and sealed ones | the same, with symbols as keys, \`undefined\`, own \`__proto__\` | members with a getter or setter; instances of classes |
| arrays | the same, with holes and members of their own, as \`RegExp.exec\` gives them | subclasses |
| \`Map\`, \`Set\` | the same, with objects and functions as keys | \`WeakMap\`, \`WeakSet\`, \`WeakRef\`, subclasses |
| \`Date\`, \`RegExp\`, \`new Number(1)\` and its like | the same: invalid dates, \`lastIndex\` | subclasses |
| \`Error\`, \`TypeError\` and the other built-in ones, \`DOMException\` | name, message, stack, cause, \`errors\`, members of their own | errors of classes of the app |
| typed arrays, \`DataView\`, \`ArrayBuffer\`, \`Buffer\` | the same; what shares memory still does, except small Buffers | shared, resizable and transferred memory |
| \`URL\`, \`URLSearchParams\`, \`Headers\`, \`FormData\`, \`Blob\`, \`File\`, \`Temporal\` | the same | members that were added to them |
| \`Request\`, \`Response\`, \`AbortSignal\`, \`Intl\` and all other objects of the platform | | all |
| server functions | the function that the module exports; bound arguments and captures as values of their own | |
| client components | the reference that the module graph has | |
| other functions, and classes that cannot be [built again](errors.md#unserializable-capture) | | all |
| elements of HTML, fragments, \`Suspense\`, client components | an element with the same type, key and props | |
| elements of Server Components | what they render: they can be rendered, but reading \`type\`, \`props\` or \`key\` is an error | those that fail |
| promises | a promise of the same value, or with the same failure. One that has not settled after 3 seconds arrives as one that fails | subclasses |
| iterators, generators, streams: read once | | all |
| a \`Proxy\` | the members that are read | all of it, where the runtime can tell |
`;

const LOCAL_CODE = `
## Local functions and classes

What a server function uses of the code around it is not sent but written again beside it, with the variables
that this code uses. Nothing that has been put on the original is there.

| captured | what arrives | refused, unless it is at the top level of the module |
| --- | --- | --- |
| a local function, by \`function\`, \`const\` or a \`let\` that is never assigned again; by a \`var\` in a block around the server function, outside of loops | the same code, another function | one with members (\`format.cache = …\`, \`Object.assign(format, …)\`), its \`prototype\` and what its instances put on \`this.constructor\` included; one that a condition chooses, or that is assigned more than once |
| \`const show = format\` | the same function as \`format\` | \`format.bind(x)\`, \`useCallback(format)\` |
| a local class | the same code; instances and subclasses that the other side makes are of this one class | one that changes its own static members; decorators, static blocks, and bases, computed keys and static fields that may be something else when they are evaluated again |
| a constant object of functions, plain values and other such objects | the same object | one that is changed; getters, spread, computed keys, values that are computed |
| a local enum | the same code; as a value when its members are computed | |
| a pattern without the flags \`g\` and \`y\` | the same pattern | one with members or a \`lastIndex\` |
| another inline server function | a server reference to it | reading members that are put on it |
| a function or class of the module | the one of the module | |
| a function in a list, a pattern or a member of another value | | always, where the source shows it; else when the reference is sent |

A function or class that other code has been given as well, and that the server function looks for there, is
warned of ([identity-lost](errors.md#identity-lost)).
`;

const REFUSED = `
## Refused

What cannot work is an error when it is compiled, with its place and what to write instead
([errors.md](errors.md)):

`;

async function expectedPage(): Promise<string> {
  const names = readdirSync(programs).map((file) =>
    file.replace(/\.\w+$/, '').replaceAll('-', ' '),
  );
  const text = [
    INTRODUCTION,
    ...[...new Set(names)].sort().map((name) => `- ${name}\n`),
    CAPTURED,
    LOCAL_CODE,
    REFUSED,
    ...refusals.map(({title, code}) => `- ${title} ([${code}](errors.md#${code}))\n`),
  ].join('');
  return format(text, {...(await resolveConfig(page)), filepath: page});
}

test('docs/language.md lists the programs and refusals that are tested', async () => {
  const expected = await expectedPage();
  if (process.env.UPDATE_DOCS) writeFileSync(page, expected);
  expect(readFileSync(page, 'utf8')).toBe(expected);
});
