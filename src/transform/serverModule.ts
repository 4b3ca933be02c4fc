import {boundIdentifiers, forEachChild, isFunction, type Node} from './ast.ts';
import type {Diagnostics} from './diagnostics.ts';
import {isAsyncFunction, whyNotAsync, type ModuleExport, type ModuleExports} from './exports.ts';
import {addServerReference, findToken, idArguments, type ModuleInProgress} from './module.ts';

/**
 * Registers every export of a `"use server"` module before any other code can see it, where it
 * stands: hoisted functions before the first statement, the others right after their own.
 *
 * Before: `'use server'; export async function save() {}  export const load = cached(find);`
 * After: `registerServerReference(save, 'src/notes.js', 'save'); export async function save() {}
 * export const load = cached(find); registerServerExport(load, 'src/notes.js', 'load');`
 */
export function compileServerModule(module: ModuleInProgress, exports: ModuleExports): void {
  checkHiddenExports(module.diagnostics, exports);
  if (!module.parsed.isModule) return registerCommonJsExports(module, exports);
  const registered = new Set<string>();
  for (const item of exports.named) {
    if (checkExport(module, item)) registerExport(module, item, registered);
  }
  for (const {names, node} of starExports(module, exports)) registerStarExport(module, names, node);
  registerReassigned(module, exports);
}

/** Reports exports whose names nobody can see, and which would so be missing for the client. */
export function checkHiddenExports(
  diagnostics: Diagnostics,
  {hidden}: Pick<ModuleExports, 'hidden'>,
): void {
  for (const node of hidden) {
    diagnostics.error(
      'hidden-export',
      node,
      node.type === 'TSExportAssignment'
        ? 'What "export =" exports from a "use server" module cannot be seen. Write "export" in front of each function instead.'
        : 'The names that this adds to the exports of the "use server" module cannot be seen. Write each down: exports.save = save.',
    );
  }
}

/** Reports exports that can never be server functions. */
export function checkExport({diagnostics}: ModuleInProgress, item: ModuleExport): boolean {
  if (item.exportName === '*' || item.exportName === '') {
    diagnostics.error(
      'export-name',
      item.node,
      `A server function cannot be exported under the name "${item.exportName}", by which manifests mean something else. Give it another name.`,
    );
    return false;
  }
  if (item.exportName === 'then') {
    refuseThen(diagnostics, item.node);
    return false;
  }
  const why = whyNotServerFunction(item);
  if (why === null) return true;
  const name =
    item.exportName === 'default' ? 'The default export' : `The export "${item.exportName}"`;
  diagnostics.error(
    'not-async',
    item.node,
    `${name} of this "use server" module is ${why}. The module may only export async functions: ${adviceFor(why)}`,
  );
  return false;
}

/**
 * Reports an export named `then`: `import()` takes the module for a promise, and calls it
 * (https://tc39.es/ecma262/#sec-promise-resolve-functions), whatever it does.
 */
export function refuseThen(diagnostics: Diagnostics, node: Node): void {
  diagnostics.error(
    'export-name',
    node,
    'A module that exports "then" is a promise for whatever loads it by import(), which calls the function instead of handing it out. Give it another name.',
  );
}

function whyNotServerFunction(item: ModuleExport): string | null {
  switch (item.kind) {
    case 'local':
      return whyNotAsync(item.declaration?.value ?? null);
    case 'default':
    case 'commonjs':
      return whyNotAsync(item.value);
    case 'namespace':
      return 'a namespace';
    case 'reexport':
      return null;
  }
}

function adviceFor(why: string): string {
  return why.includes('not async')
    ? 'write "async" in front of it, or move it to a module without the directive.'
    : 'move it to a module without the directive, and import it from there.';
}

function registerExport(
  module: ModuleInProgress,
  item: ModuleExport,
  registered: Set<string>,
): void {
  addServerReference(module, item.exportName, item.node);
  switch (item.kind) {
    case 'local':
      // One function under several names is one reference; each name is listed for itself.
      if (registered.has(item.localName)) return;
      registered.add(item.localName);
      return registerLocal(module, item);
    case 'default':
      return registerDefault(module, item.value, item.statement);
    case 'reexport':
      return registerReexport(module, item);
    case 'namespace':
    case 'commonjs':
      return;
  }
}

function registerLocal(
  module: ModuleInProgress,
  {localName, exportName, declaration}: ModuleExport & {kind: 'local'},
): void {
  const {edits, prelude, epilogue, runtime} = module;
  const id = idArguments(module, exportName);
  if (declaration === null) return;
  const {kind, value, statement} = declaration;
  if (kind === 'import') {
    prelude.push({text: `${runtime.use('registerServerImport')}(() => ${localName}, ${id});`});
    return;
  }
  const register = isAsyncFunction(value) ? 'registerServerReference' : 'registerServerExport';
  const call = `${runtime.use(register)}(${localName}, ${id});`;
  if (kind === 'function') {
    prelude.push({text: call, at: value!.start});
  } else if (
    kind !== 'const' &&
    value === null &&
    !isPatternVariable(declaration.statement, localName)
  ) {
    // `export let save; if (x) save = …`: its value is known when the module has run.
    epilogue.push({text: `\n;${call}`});
  } else {
    edits.insert(statement.end, [{text: `;${call}`, at: value?.start ?? statement.start}], 5);
  }
}

/** `export let save = …; save = withAuth(save);` exports what it holds when the module has run. */
function registerReassigned(module: ModuleInProgress, {named}: ModuleExports): void {
  const {parsed, epilogue, runtime} = module;
  const assigned = namesAssigned(parsed.program as unknown as Node);
  for (const item of named) {
    if (item.kind !== 'local' || !assigned.delete(item.localName)) continue;
    const register = runtime.use('registerServerExport');
    const id = idArguments(module, item.exportName);
    epilogue.push({text: `\n;${register}(${item.localName}, ${id});`});
  }
}

/** Names that code outside of functions assigns. */
function namesAssigned(node: Node, found = new Set<string>()): Set<string> {
  if (node.type === 'AssignmentExpression') {
    for (const {name} of boundIdentifiers(node['left'])) found.add(name);
  }
  forEachChild(node, (child) => {
    if (!isFunction(child)) namesAssigned(child, found);
  });
  return found;
}

/** Whether the variable gets its value by destructuring, right at its declaration. */
function isPatternVariable(statement: Node, name: string): boolean {
  const declaration: Node = statement['declaration'] ?? statement;
  return !(declaration['declarations'] as Node[]).some(
    ({id}) => id.type === 'Identifier' && id.name === name,
  );
}

function registerDefault(module: ModuleInProgress, value: Node, statement: Node): void {
  const {edits, prelude, runtime} = module;
  const id = idArguments(module, 'default');
  if (value.type === 'FunctionDeclaration') {
    const local = nameDefaultFunction(module, value);
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
  const end = module.source[statement.end - 1] === ';' ? statement.end - 1 : statement.end;
  edits.insert(start, [{text: `${register}(`, at: value.start}], 10);
  edits.insert(end, [{text: `, ${id}${isAnonymous ? ', "default"' : ''})`}], -10);
}

/** `export default async function () {}` needs a name to be registered before it can be seen. */
export function nameDefaultFunction(module: ModuleInProgress, value: Node): string {
  const {source, edits} = module;
  const local = module.names.take('$$default');
  const at = value['typeParameters']?.start ?? findToken(source, value.start, '(');
  edits.insert(at, [{text: ` ${local}`}]);
  return local;
}

function registerReexport(
  module: ModuleInProgress,
  {exportName, importedName, node}: ModuleExport & {kind: 'reexport'},
): void {
  const local = module.names.take(`$$${toName(exportName)}`);
  importBeside(module, node, `{${moduleName(importedName)} as ${local}}`);
  const id = idArguments(module, exportName);
  module.prelude.push({
    text: `${module.runtime.use('registerServerImport')}(() => ${local}, ${id});`,
  });
}

/** The import stands where the export stands, so that modules still run in the order as written. */
function importBeside({source, parsed, edits}: ModuleInProgress, node: Node, clause: string): void {
  const statement = (parsed.program.body as unknown as Node[]).find(
    ({start, end}) => start <= node.start && node.end <= end,
  )!;
  // With its import attributes, which are a part of what names a module.
  const from = source.slice(statement['source'].start, statement.end).replace(/;$/, '');
  edits.insert(statement.start, [{text: `import ${clause} from ${from};`}], 1);
}

interface StarNames {
  names: string[];
  node: Node;
}

/** What each `export *` adds; a name that the module exports itself, or `default`, it does not. */
function starExports(module: ModuleInProgress, {named, stars}: ModuleExports): StarNames[] {
  const taken = new Set(['default', ...named.map(({exportName}) => exportName)]);
  return stars.map(({specifier, node}) => {
    const names = starNames(module, specifier, node).filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return {names, node};
  });
}

function registerStarExport(module: ModuleInProgress, names: readonly string[], node: Node): void {
  if (names.length === 0) return;
  const local = module.names.take('$$star');
  importBeside(module, node, `* as ${local}`);
  for (const name of names) {
    addServerReference(module, name, node);
    module.prelude.push({
      text: `${module.runtime.use('registerServerImport')}(() => ${local}[${JSON.stringify(name)}], ${idArguments(module, name)});`,
    });
  }
}

/** The names behind an `export *`, which only somebody who can find the other module knows. */
export function starNames(
  {options, diagnostics}: Pick<ModuleInProgress, 'options' | 'diagnostics'>,
  specifier: string,
  node: Node,
): readonly string[] {
  const names = options.starExports?.get(specifier);
  if (names?.includes('then')) refuseThen(diagnostics, node);
  if (names) return names;
  diagnostics.error(
    'unknown-star-export',
    node,
    `The names that "export * from ${JSON.stringify(specifier)}" gives cannot be found out. Write them down: export {name} from ${JSON.stringify(specifier)}.`,
  );
  return [];
}

/** `module.exports` is complete when the module has run; what is in it is registered there. */
function registerCommonJsExports(module: ModuleInProgress, exports: ModuleExports): void {
  const {epilogue, runtime, options, path, serverReferences} = module;
  for (const item of exports.named) {
    if (checkExport(module, item)) addServerReference(module, item.exportName, item.node);
  }
  for (const {names, node} of starExports(module, exports)) {
    for (const name of names) addServerReference(module, name, node);
  }
  const ids =
    options.ids === 'hashed'
      ? Object.fromEntries(serverReferences.map(({id, exportName}) => [exportName, id]))
      : path;
  const register = runtime.use('registerCommonJsExports');
  epilogue.push({text: `\n;${register}(module, ${JSON.stringify(ids)});`});
}

function moduleName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
    ? name
    : JSON.stringify(name);
}

function toName(text: string): string {
  return text.replace(/[^\p{ID_Continue}$]/gu, '_');
}
