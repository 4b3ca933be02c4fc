import {CLIENT_ENTRY, RUNTIME_ENTRY} from '../../references/entryPoints.ts';
import type {StubAnalysis} from '../analyse/analysis.ts';
import type {Reference} from '../types.ts';
import {UnusedNames} from '../unusedNames.ts';

/**
 * Writes what client and SSR graph get for a `"use server"` module: one reference per export and nothing
 * else of it. Each is marked pure, so that the bundler drops those that nothing uses.
 *
 * Before: `'use server'; import db from './db'; export async function save() { … }`
 * After: `export const save = createServerReference('src/notes.js#save', callServer, undefined,
 * findSourceMapURL, 'save');`
 */
export function serverStub(stub: StubAnalysis): string {
  const {references, format, options} = stub;
  const callServer = options.callServer ?? CLIENT_ENTRY;
  const names = localNames(references, ['createServerReference', 'callServer', 'findSourceMapURL']);
  const [create, call, find] = names as [string, string, string];
  const imports = [
    importStatement(format === 'esm', CLIENT_ENTRY, {
      createServerReference: create,
      findSourceMapURL: find,
    }),
    importStatement(format === 'esm', callServer, {callServer: call}),
  ];
  return print(
    imports,
    stub,
    ({id, exportName}) =>
      `/*#__PURE__*/ ${create}(${JSON.stringify(id)}, ${call}, undefined, ${find}, ${JSON.stringify(exportName)})`,
  );
}

/**
 * Writes what the server graph gets for a `"use client"` module: references that React renders by name,
 * and that throw when they are called.
 *
 * Before: `'use client'; export function Button() { … }`
 * After: `export const Button = registerClientReference(function () { throw … }, 'src/Button.js', 'Button');`
 */
export function clientStub(stub: StubAnalysis): string {
  const {references, format, path} = stub;
  if (format !== 'esm') {
    // What a CommonJS module exports is not always to be seen; React's proxy makes any name of it.
    const proxy = `const {createClientModuleProxy} = require(${JSON.stringify(RUNTIME_ENTRY)});`;
    const whole = `module.exports = createClientModuleProxy(${JSON.stringify(path)});`;
    return `${[proxy, whole, ...announcement(references)].join('\n')}\n`;
  }
  const [register] = localNames(references, ['registerClientReference']) as [string];
  const imports = [importStatement(true, RUNTIME_ENTRY, {registerClientReference: register})];
  return print(
    imports,
    stub,
    ({exportName}) =>
      `${register}(function () { throw new Error(${JSON.stringify(calledOnServer(path, exportName))}); }, ${JSON.stringify(path)}, ${JSON.stringify(exportName)})`,
  );
}

/**
 * For an `import`, Node searches the text of CommonJS for names
 * (https://github.com/nodejs/cjs-module-lexer); this is where it finds them, and never runs.
 */
function announcement(references: readonly Reference[]): string[] {
  const names = references
    .filter(({exportName}) => exportName !== 'default')
    .map(({exportName}) => `${JSON.stringify(exportName)}: module`);
  return names.length > 0 ? [`0 && (module.exports = {${names.join(', ')}});`] : [];
}

function calledOnServer(path: string, exportName: string): string {
  return `"${exportName}" of the "use client" module ${path} was called on the server. It can only be rendered as a component there, or passed on as a prop.`;
}

function localNames(references: readonly Reference[], names: readonly string[]): string[] {
  const exported = references.map(({exportName}) => exportName).join(' ');
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

function print(
  imports: readonly string[],
  {references, format}: StubAnalysis,
  value: (reference: Reference) => string,
): string {
  const exportsOf = {esm: esmExports, commonjs: commonJsExports, interop: interopExports}[format];
  const lines = exportsOf(references.map((reference) => [reference.exportName, value(reference)]));
  return `${[...imports, ...lines].join('\n')}\n`;
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
