import {CLIENT_ENTRY, RUNTIME_ENTRY} from '../references/entryPoints.ts';
import {formatId, modulePath, type IdOptions} from '../references/ids.ts';
import {locationOf, type Diagnostics} from './diagnostics.ts';
import type {ModuleExport, ModuleExports} from './exports.ts';
import {UnusedNames} from './names.ts';
import {checkHiddenExports, starNames} from './serverModule.ts';
import type {Reference, TransformOptions} from './types.ts';

/** A module that exists only to hold references to what another graph really runs. */
export interface Stub {
  code: string;
  references: Reference[];
}

interface StubExport {
  exportName: string;
  reference: Reference;
}

/**
 * What client and SSR graph get for a `"use server"` module: one reference per export and nothing
 * else of it. Each is marked pure, so that the bundler drops those that nobody uses.
 *
 * Before: `'use server'; import db from './db'; export async function save() { … }`
 * After: `export const save = createServerReference('src/notes.js#save', callServer, undefined,
 * findSourceMapURL, 'save');`
 */
export function createServerStub(
  exports: ModuleExports,
  isModule: boolean,
  options: TransformOptions,
  diagnostics: Diagnostics,
): Stub {
  checkHiddenExports(diagnostics, exports);
  const items = stubExports(exports, options, diagnostics, options);
  const callServer = options.callServer ?? CLIENT_ENTRY;
  const names = localNames(items, ['createServerReference', 'callServer', 'findSourceMapURL']);
  const [create, call, find] = names as [string, string, string];
  const imports = [
    importStatement(isModule, CLIENT_ENTRY, {
      createServerReference: create,
      findSourceMapURL: find,
    }),
    importStatement(isModule, callServer, {callServer: call}),
  ];
  const value = ({exportName, reference}: StubExport) =>
    `/*#__PURE__*/ ${create}(${JSON.stringify(reference.id)}, ${call}, undefined, ${find}, ${JSON.stringify(exportName)})`;
  return finishStub(imports, items, formatOf(exports, isModule), value);
}

/**
 * What the server graph gets for a `"use client"` module: references that React renders by name,
 * and that throw when they are called.
 *
 * Before: `'use client'; export function Button() { … }`
 * After: `export const Button = registerClientReference(function () { throw … }, 'src/Button.js', 'Button');`
 */
export function createClientStub(
  exports: ModuleExports,
  isModule: boolean,
  options: TransformOptions,
  diagnostics: Diagnostics,
): Stub {
  const items = stubExports(exports, options, diagnostics);
  const path = modulePath(options.filename, options.root);
  if (!isModule) {
    // What a CommonJS module exports is not always to be seen; React's proxy makes any name of it.
    const proxy = `const {createClientModuleProxy} = require(${JSON.stringify(RUNTIME_ENTRY)});`;
    return {
      code: `${proxy}\nmodule.exports = createClientModuleProxy(${JSON.stringify(path)});\n`,
      references: items.map(({reference}) => reference),
    };
  }
  const [register] = localNames(items, ['registerClientReference']) as [string];
  const imports = [importStatement(isModule, RUNTIME_ENTRY, {registerClientReference: register})];
  const value = ({exportName}: StubExport) =>
    `${register}(function () { throw new Error(${JSON.stringify(calledOnServer(path, exportName))}); }, ${JSON.stringify(path)}, ${JSON.stringify(exportName)})`;
  return finishStub(imports, items, 'esm', value);
}

function calledOnServer(path: string, exportName: string): string {
  return `"${exportName}" of the "use client" module ${path} was called on the server. It can only be rendered as a component there, or passed on as a prop.`;
}

/** The references that a `"use client"` module gives, whichever graph it is compiled for. */
export function clientReferences(exports: ModuleExports, options: TransformOptions): Reference[] {
  return stubExports(exports, options, null).map(({reference}) => reference);
}

function stubExports(
  {named, stars}: ModuleExports,
  options: TransformOptions,
  diagnostics: Diagnostics | null,
  ids: IdOptions = {},
): StubExport[] {
  const path = modulePath(options.filename, options.root);
  const found = new Map<string, StubExport>();
  const add = (exportName: string, node: ModuleExport['node']) => {
    if (found.has(exportName)) return;
    const id = formatId({path, exportName}, ids);
    found.set(exportName, {exportName, reference: {id, exportName, loc: locationOf(node)}});
  };
  for (const {exportName, node} of named) add(exportName, node);
  for (const {specifier, node} of stars) {
    const names = diagnostics
      ? starNames({options, diagnostics}, specifier, node)
      : (options.starExports?.get(specifier) ?? []);
    for (const name of names) if (name !== 'default') add(name, node);
  }
  return [...found.values()];
}

function localNames(items: readonly StubExport[], names: readonly string[]): string[] {
  const exported = items.map(({exportName}) => exportName).join(' ');
  const unused = new UnusedNames(exported);
  return names.map((name) => unused.take(`$$${name}`));
}

function importStatement(
  isModule: boolean,
  specifier: string,
  names: Record<string, string>,
): string {
  const from = JSON.stringify(specifier);
  const pairs = Object.entries(names);
  return isModule
    ? `import {${pairs.map(([name, local]) => `${name} as ${local}`).join(', ')}} from ${from};`
    : `const {${pairs.map(([name, local]) => `${name}: ${local}`).join(', ')}} = require(${from});`;
}

/** `interop`: CommonJS that a compiler made of ESM, whose default is the property `default`. */
type ModuleFormat = 'esm' | 'commonjs' | 'interop';

function formatOf({named, stars}: ModuleExports, isModule: boolean): ModuleFormat {
  if (isModule) return 'esm';
  const isCommonJs = stars.length === 0 && named.every(({kind}) => kind === 'commonjs');
  return isCommonJs ? 'commonjs' : 'interop';
}

function finishStub(
  imports: readonly string[],
  items: readonly StubExport[],
  format: ModuleFormat,
  value: (item: StubExport) => string,
): Stub {
  const lines = {esm: esmExports, commonjs: commonJsExports, interop: interopExports}[format](
    items.map((item) => [item.exportName, value(item)]),
  );
  return {
    code: `${[...imports, ...lines].join('\n')}\n`,
    references: items.map(({reference}) => reference),
  };
}

type NamedValue = [name: string, value: string];

function esmExports(values: readonly NamedValue[]): string[] {
  // A module without an export is still a module, not a script.
  if (values.length === 0) return ['export {};'];
  return values.map(([name, value], index) => {
    if (name === 'default') return `export default ${value};`;
    if (isBindable(name)) return `export const ${name} = ${value};`;
    const exported = isIdentifier(name) ? name : JSON.stringify(name);
    return `const $$${index} = ${value};\nexport {$$${index} as ${exported}};`;
  });
}

function commonJsExports(values: readonly NamedValue[]): string[] {
  // `module.exports = …` comes first: it throws away what was exported before it.
  const whole = values.filter(([name]) => name === 'default');
  const members = values.filter(([name]) => name !== 'default');
  return [
    ...whole.map(([, value]) => `module.exports = ${value};`),
    ...members.map(([name, value]) => `module.exports[${JSON.stringify(name)}] = ${value};`),
  ];
}

function interopExports(values: readonly NamedValue[]): string[] {
  return [
    'Object.defineProperty(module.exports, "__esModule", {value: true});',
    ...values.map(([name, value]) => `module.exports[${JSON.stringify(name)}] = ${value};`),
  ];
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
}

/** Words that may be exported, but not declared, in a module (ECMAScript, ReservedWord). */
const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

function isBindable(name: string): boolean {
  return isIdentifier(name) && !RESERVED.has(name);
}
