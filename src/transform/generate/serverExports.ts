import {prefixedPath} from '../../references/ids.ts';
import {isAsyncFunction, type ModuleExport} from '../analyse/exports/exports.ts';
import type {LocalExport} from '../analyse/exports/reassignedExports.ts';
import type {ServerExports} from '../analyse/analysis.ts';
import type {Node} from '../ast.ts';
import {EditOrder} from './editedSource.ts';
import {idArguments, nameDefaultFunction, type ModuleOutput} from './moduleOutput.ts';

/**
 * Registers every export of a `"use server"` module before any other code can see it, where it
 * stands: hoisted functions before the first statement, the others right after their own.
 *
 * Before: `'use server'; export async function save() {}  export const load = cached(find);`
 * After: `registerServerReference(save, 'src/notes.js', 'save'); export async function save() {}
 * export const load = cached(find); registerServerExport(load, 'src/notes.js', 'load');`
 */
export function compileServerExports(output: ModuleOutput, exports: ServerExports): void {
  if (!output.parsed.isModule) return registerCommonJsExports(output, exports);
  const registered = new Set(exports.reassigned.map(({localName}) => localName));
  for (const item of exports.named) registerExport(output, item, registered);
  for (const {names, node} of exports.stars) registerStarExport(output, names, node);
  for (const item of exports.reassigned) registerReassigned(output, item);
}

function registerExport(output: ModuleOutput, item: ModuleExport, registered: Set<string>): void {
  switch (item.kind) {
    case 'local':
      // One function under several names is one reference; each name is listed for itself.
      if (registered.has(item.localName)) return;
      registered.add(item.localName);
      return registerLocal(output, item);
    case 'default':
      return registerDefault(output, item.value, item.statement);
    case 'reexport':
      return registerReexport(output, item);
    case 'namespace':
    case 'commonjs':
      return;
  }
}

function registerLocal(
  output: ModuleOutput,
  {localName, exportName, declaration}: ModuleExport & {kind: 'local'},
): void {
  const {edits, prelude, epilogue, runtime} = output;
  const id = idArguments(output, exportName);
  if (declaration === null) return;
  const {kind, value, statement, isInitialized} = declaration;
  if (kind === 'import') {
    prelude.push({text: `${runtime.use('registerServerImport')}(() => ${localName}, ${id});`});
    return;
  }
  const register = isAsyncFunction(value) ? 'registerServerReference' : 'registerServerExport';
  const call = `${runtime.use(register)}(${localName}, ${id});`;
  if (kind === 'function') {
    prelude.push({text: call, at: value!.start});
  } else if (!isInitialized) {
    // `export let save; if (x) save = …`: its value is known when the module has run.
    epilogue.push({text: `\n;${call}`});
  } else {
    edits.insert(
      statement.end,
      [{text: `;${call}`, at: value?.start ?? statement.start}],
      EditOrder.afterStatement,
    );
  }
}

function registerReassigned(output: ModuleOutput, {exportName, localName}: LocalExport): void {
  const {epilogue, runtime} = output;
  const register = runtime.use('registerServerExport');
  epilogue.push({text: `\n;${register}(${localName}, ${idArguments(output, exportName)});`});
}

function registerDefault(output: ModuleOutput, value: Node, statement: Node): void {
  const {edits, prelude, runtime} = output;
  const id = idArguments(output, 'default');
  if (value.type === 'FunctionDeclaration') {
    const local = nameDefaultFunction(output, value);
    const register = runtime.use('registerInlineFunction');
    prelude.push({text: `${register}(${local}, ${id}, "default");`, at: value.start});
    return;
  }
  const expression: Node = statement['declaration'];
  const isAsync = isAsyncFunction(value);
  const register = runtime.use(isAsync ? 'registerInlineFunction' : 'registerServerExport');
  const isAnonymous = isAsync && !value['id'];
  // Babel leaves parentheses out of an expression's range: `export default (async () => {});`
  const start: number = expression['extra']?.parenStart ?? expression.start;
  const hasSemicolon = output.source[statement.end - 1] === ';';
  const end = hasSemicolon ? statement.end - 1 : statement.end;
  edits.insert(start, [{text: `${register}(`, at: value.start}], EditOrder.expressionStart);
  edits.insert(end, [{text: `, ${id}${isAnonymous ? ', "default"' : ''})`}], EditOrder.exportEnd);
  if (!hasSemicolon) edits.endStatement(end);
}

function registerReexport(
  output: ModuleOutput,
  {exportName, importedName, node}: ModuleExport & {kind: 'reexport'},
): void {
  const local = output.names.take(`$$${toName(exportName)}`);
  importBeside(output, node, `{${moduleName(importedName)} as ${local}}`);
  const id = idArguments(output, exportName);
  output.prelude.push({
    text: `${output.runtime.use('registerServerImport')}(() => ${local}, ${id});`,
  });
}

/** The import stands where the export stands, so that modules still run in the order as written. */
function importBeside({source, parsed, edits}: ModuleOutput, node: Node, clause: string): void {
  const statement = (parsed.program.body as unknown as Node[]).find(
    ({start, end}) => start <= node.start && node.end <= end,
  )!;
  // With its import attributes, which are a part of what names a module.
  const from = source.slice(statement['source'].start, statement.end).replace(/;$/, '');
  edits.insert(statement.start, [{text: `import ${clause} from ${from};`}], EditOrder.besideExport);
}

function registerStarExport(output: ModuleOutput, names: readonly string[], node: Node): void {
  if (names.length === 0) return;
  // By name and not as a namespace: linking the modules then finds a name that is not there.
  const locals = names.map((name) => output.names.take(`$$${toName(name)}`));
  const specifiers = names.map((name, index) => `${moduleName(name)} as ${locals[index]}`);
  importBeside(output, node, `{${specifiers.join(', ')}}`);
  for (const [index, name] of names.entries()) {
    output.prelude.push({
      text: `${output.runtime.use('registerServerImport')}(() => ${locals[index]}, ${idArguments(output, name)});`,
    });
  }
}

/** `module.exports` is complete when the module has run; what is in it is registered there. */
function registerCommonJsExports(output: ModuleOutput, {references}: ServerExports): void {
  const {completion, runtime, options, path} = output;
  const names =
    options.ids === 'hashed'
      ? Object.fromEntries(references.map(({id, exportName}) => [exportName, id]))
      : references.map(({exportName}) => exportName);
  const register = runtime.use('registerCommonJsExports');
  const list = JSON.stringify(names);
  const modulePath = JSON.stringify(prefixedPath(path, options));
  completion.push({text: `\n;${register}(module, ${list}, ${modulePath});`});
}

function moduleName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
    ? name
    : JSON.stringify(name);
}

function toName(text: string): string {
  return text.replace(/[^\p{ID_Continue}$]/gu, '_');
}
