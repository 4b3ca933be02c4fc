// Writes the page docs/api.md from the declaration files: as JSON {page, problems}, to the output.
import {format, resolveConfig} from 'prettier';
import ts from 'typescript-with-api';
import {Docstrings} from './apiDocstrings.mjs';
import {apiEntry, namedTypes} from './apiEntry.mjs';
import {declarationFiles, exportsOf, loadDeclarations, repository} from './publicTypes.mjs';

/** Entry points, in the order of the page, and what they are for. */
const ENTRY_POINTS = {
  '.': 'The plugins of the webpack config. [Options](options.md) explains what to set when.',
  './server':
    'What code on the server imports: the handler, and helpers that belong to a request. ' +
    'It needs the condition `react-server`; without it, during SSR, what reads a page works and all else says why not.',
  './node':
    'The handler for the requests of `node:http`, Express and Connect. It needs the condition `react-server`.',
  './client':
    'The runtime in the browser. Needed only for what the default does not do: see [the client](client.md).',
  './testing':
    'For tests of an application: see [testing](testing.md). It needs neither the condition nor a server.',
  './development':
    'Runs the server that webpack builds while you work on it: see [development](development.md).',
  './eslint':
    'The plugin for ESLint: the messages of the compiler in the editor, and rules. See [ESLint](eslint.md).',
  './register':
    'No exports: `node --import use-server-webpack-plugin/register` lets Node load `"use server"` and `"use client"` ' +
    'modules, by `import` and `require`. The environment variables `USE_SERVER_ROOT`, `USE_SERVER_IDS`, ' +
    '`USE_SERVER_ID_SECRET` and `USE_SERVER_PARSER_PLUGINS` are its [options](options.md).',
  './loader':
    'The Node module hooks themselves, for `module.register()` in a program that chains its own. ' +
    'They see what is imported; `/register` installs them and takes care of `require` as well.',
  './transform': 'The compiler, for other tools: text in, text out.',
  './types':
    'No exports: types of `react-server-dom-webpack`, which ships none. See [TypeScript](typescript.md#reacts-runtime).',
};

/** Left out: compiled code imports it, and it changes with the compiler in any release. */
const NO_API = new Set(['./runtime']);

const program = loadDeclarations();
const checker = program.getTypeChecker();
const sections = Object.entries(ENTRY_POINTS)
  .filter(([entry]) => declarationFiles.has(entry))
  .map(([entry, about]) => ({
    title: entry.replace('.', 'use-server-webpack-plugin'),
    about,
    exports: entry === './types' ? [] : exportsOf(program, entry).sort(byKind),
    repeated: [],
  }));
describeOnce();
const anchors = findAnchors();
const docstrings = new Docstrings(checker, link);

const page = `# API reference

Every public export of every entry point, written by a test from the declaration files:
\`UPDATE_DOCS=1 npx jest test/types/apiPage\`. The guides explain how things work together: see the
[list](../README.md#documentation).

Optional members also take \`undefined\`, which means the same as to leave them out.
\`use-server-webpack-plugin/runtime\` is not here: compiled code imports it, and it changes with the
compiler in any release.

${sections.map(overview).join('\n')}

${sections.map(section).join('\n\n')}
`;
const problems = [...unknownEntries(), ...docstrings.problems, ...unknownTypes()];
const file = `${repository}docs/api.md`;
const formatted = await format(page, {...(await resolveConfig(file)), filepath: file});
console.log(JSON.stringify({page: formatted, problems}));

/** Functions, then classes, then types, which are looked up from there. */
function byKind(a, b) {
  return kindOf(a) - kindOf(b) || a.name.localeCompare(b.name, 'en');
}

function kindOf({symbol, isType}) {
  if (isType) return 2;
  return symbol.flags & ts.SymbolFlags.Class ? 1 : 0;
}

/** What several entry points export is described under the first. */
function describeOnce() {
  const described = new Set();
  for (const item of sections) {
    item.repeated = item.exports.filter(({symbol}) => described.has(symbol));
    item.exports = item.exports.filter(({symbol}) => !described.has(symbol));
    for (const {symbol} of item.exports) described.add(symbol);
  }
}

/** Anchors as GitHub makes them of headings: a second one of the same letters gets a number. */
function findAnchors() {
  const used = new Map();
  const found = new Map();
  for (const {title, exports} of sections) {
    for (const name of [title, ...exports.map((item) => item.name)]) {
      const slug = name.toLowerCase().replace(/[^\w-]/g, '');
      const count = used.get(slug) ?? 0;
      used.set(slug, count + 1);
      found.set(name, count === 0 ? slug : `${slug}-${count}`);
    }
  }
  return found;
}

function link(name) {
  return anchors.has(name) ? `[\`${name}\`](#${anchors.get(name)})` : `\`${name}\``;
}

function overview({title, exports}) {
  const links = (items) => items.map(({name}) => link(name)).join(', ');
  const types = exports.filter(({isType}) => isType);
  const values = exports.filter(({isType}) => !isType);
  return [
    `- ${link(title)}`,
    ...(values.length > 0 ? [`  - ${links(values)}`] : []),
    ...(types.length > 0 ? [`  - types ${links(types)}`] : []),
  ].join('\n');
}

function section({title, about, exports, repeated}) {
  const names = repeated.map(({name}) => link(name)).join(', ');
  return [
    `## \`${title}\``,
    about,
    ...(repeated.length > 0 ? [`It also exports ${names}.`] : []),
    ...exports.map((item) => apiEntry(item, `${title}: ${item.name}`, {checker, docstrings})),
  ].join('\n\n');
}

function unknownEntries() {
  return [...declarationFiles.keys()]
    .filter((entry) => !(entry in ENTRY_POINTS) && !NO_API.has(entry))
    .map((entry) => `apiPage.mjs: ENTRY_POINTS does not say what ${entry} is for`);
}

/** Those who read a type must find the types that it names. */
function unknownTypes() {
  return sections.flatMap(({title, exports}) =>
    exports.flatMap((exported) =>
      [...namedTypes(exported, checker)]
        .filter(({name}) => !anchors.has(name))
        .map(
          ({name}) => `${title}: ${exported.name} names the type ${name}, which no entry exports`,
        ),
    ),
  );
}
