import {createHash} from 'node:crypto';
import {formatId} from '../references/ids.ts';
import {isClass, isFunction, isTypeWrapper, staticKey, unwrapExpression, type Node} from './ast.ts';
import {collectDeclarations} from './exports.ts';
import {findCaptures, type CapturedValue, type Captures, type Rebuilt} from './captures.ts';
import {Diagnostics} from './diagnostics.ts';
import type {InlineFunction} from './directives.ts';
import {addServerReference, findToken, idArguments, type ModuleInProgress} from './module.ts';
import type {InlineNames} from './names.ts';
import type {Piece} from './output.ts';
import {checkInlineFunction} from './restrictions.ts';
import {analyzeStatement, type ScopeAnalysis} from './scope.ts';
import {nameDefaultFunction} from './serverModule.ts';

/** An inline server function with all that is known of it. */
interface InlinePlan extends InlineFunction, InlineNames {
  captures: Captures;
  /** `module`: it is a binding of the module itself, which can be exported as it is. */
  place: {kind: 'module'; localName: string} | {kind: 'nested'};
}

const NO_CAPTURES: Captures = {values: [], rebuilt: []};

/** Order of what meets at one place: statements first, then the innermost expression's end. */
const STATEMENT = 0;
const EXPRESSION_START = 10;
const EXPRESSION_END = -10;

/**
 * Makes inline server functions callable from outside.
 *
 * Each stays where it is and becomes a reference there, so that a call in the same process is the
 * call that its author wrote: it sees later writes, and its own writes are seen. For calls from
 * another process a copy stands in an exported function, inside a factory that takes the captures.
 * `$$bound` evaluates the captures when React serialises the reference, not before.
 *
 * Before: `function Page({note}) { async function save(data) { 'use server'; db.put(note.id, data); } … }`
 * After:
 * ```
 * function Page({note}) {
 *   registerInlineFunction(save, 'src/Page.jsx', '$$Page$save', void 0, () => pickMembers([note], [[['id']]]));
 *   async function save(data) { db.put(note.id, data); } …
 * }
 * export function $$Page$save() {
 *   return callInlineFunction((note) => { return async function save(data) { db.put(note.id, data); } },
 *     arguments, 'src/Page.jsx#$$Page$save');
 * }
 * ```
 */
export function compileInlineFunctions(
  module: ModuleInProgress,
  functions: readonly InlineFunction[],
  names: readonly InlineNames[],
): void {
  const analyses = new StatementAnalyses(functions);
  const known: KnownFunctions = {plans: new Map(), constants: moduleConstants(module)};
  for (const [i, fn] of functions.entries()) {
    const plan = planFunction(module, fn, names[i]!, analyses, known.constants);
    if (plan) known.plans.set(fn.node, plan);
  }
  if (module.diagnostics.hasErrors) return;
  const plans = [...known.plans.values()];
  for (const plan of plans) registerInPlace(module, plan);
  // All changes are known now, so that copies hold those of the functions inside them.
  for (const plan of plans) exportFunction(module, plan, known);
}

/** What a copy of a function finds where it stands. */
interface KnownFunctions {
  plans: Map<Node, InlinePlan>;
  /** Functions and classes that a constant of the module holds, with its name. */
  constants: ReadonlyMap<Node, string>;
}

function moduleConstants({parsed: {program}}: ModuleInProgress): Map<Node, string> {
  const constants = new Map<Node, string>();
  for (const {kind, name, value} of collectDeclarations(
    program.body as unknown as Node[],
  ).values()) {
    if (kind === 'const' && value && (isFunction(value) || isClass(value))) {
      constants.set(value, name);
    }
  }
  return constants;
}

function planFunction(
  module: ModuleInProgress,
  fn: InlineFunction,
  names: InlineNames,
  analyses: StatementAnalyses,
  constants: ReadonlyMap<Node, string>,
): InlinePlan | null {
  if (!checkInlineFunction(fn, names.label, module.diagnostics)) return null;
  if (!checkTwin(fn, module.diagnostics)) return null;
  if (!checkSwitch(fn, names.label, analyses, module.diagnostics)) return null;
  const localName = moduleLevelName(module, fn);
  if (localName !== null) {
    return {...fn, ...names, captures: NO_CAPTURES, place: {kind: 'module', localName}};
  }
  const captures = capturesOf(module, fn, names.label, analyses, constants);
  return {...fn, ...names, captures, place: {kind: 'nested'}};
}

/**
 * A function of a `switch` is registered at the start of whichever case runs first, and again in those
 * that run after it. By then its name must not mean another value.
 */
function checkSwitch(
  {node, ancestors}: InlineFunction,
  label: string,
  analyses: StatementAnalyses,
  diagnostics: Diagnostics,
): boolean {
  if (node.type !== 'FunctionDeclaration' || ancestors.at(-1)!.type !== 'SwitchCase') return true;
  const {references} = analyses.ofWhole(ancestors[1]!);
  const write = references.find(
    ({isWrite, binding}) => isWrite && binding?.identifier === (node.id as Node | null),
  );
  if (!write) return true;
  diagnostics.error(
    'assigned-in-switch',
    write.node,
    `"${label}" is a server function declared in a case of a "switch", so it cannot be assigned anew. Declare it before the switch, or use another variable.`,
  );
  return false;
}

/** Of two functions of one name in one block the second is meant everywhere, from the start. */
function checkTwin({node, ancestors}: InlineFunction, diagnostics: Diagnostics): boolean {
  if (node.type !== 'FunctionDeclaration' || !node.id) return true;
  const {name} = node.id;
  const statements: Node[] = [ancestors.at(-1)!['body'] ?? []].flat();
  const twin = statements.find(
    (statement) =>
      statement !== node &&
      statement.type === 'FunctionDeclaration' &&
      statement['id']?.name === name,
  );
  if (!twin) return true;
  diagnostics.error(
    'two-of-one-name',
    node.id,
    `Two functions of the name "${name}" are declared here, and only the second counts. Rename one of them, or remove the first.`,
  );
  return false;
}

/**
 * Most server functions use values only, and for these it is enough to look inside the server
 * functions. What local functions use, and whether they are assigned anew, needs the whole statement.
 */
function capturesOf(
  {source, diagnostics}: ModuleInProgress,
  fn: InlineFunction,
  label: string,
  analyses: StatementAnalyses,
  constants: ReadonlyMap<Node, string>,
): Captures {
  const statement = fn.ancestors[1] ?? fn.node;
  const found = new Diagnostics(source);
  const captures = findCaptures(fn, label, analyses.ofServerFunctions(statement), constants, found);
  if (captures.rebuilt.length > 0) {
    return findCaptures(fn, label, analyses.ofWhole(statement), constants, diagnostics);
  }
  diagnostics.list.push(...found.list);
  return captures;
}

/** The scope analyses of top-level statements, each made when it is first asked for. */
class StatementAnalyses {
  readonly #functions: Node[];
  readonly #ofServerFunctions = new Map<Node, ScopeAnalysis>();
  readonly #ofWhole = new Map<Node, ScopeAnalysis>();

  constructor(functions: readonly InlineFunction[]) {
    this.#functions = outermost(functions.map(({node}) => node));
  }

  /** Knows only the references inside server functions. */
  ofServerFunctions(statement: Node): ScopeAnalysis {
    return this.#get(this.#ofServerFunctions, statement, () => this.#functions);
  }

  ofWhole(statement: Node): ScopeAnalysis {
    return this.#get(this.#ofWhole, statement, () => [statement]);
  }

  #get(analyses: Map<Node, ScopeAnalysis>, statement: Node, within: () => Node[]): ScopeAnalysis {
    let analysis = analyses.get(statement);
    if (!analysis) analyses.set(statement, (analysis = analyzeStatement(statement, within())));
    return analysis;
  }
}

/** Of nodes in the order of the source those that stand inside no other. */
function outermost(nodes: readonly Node[]): Node[] {
  let end = -1;
  return nodes.filter((node) => {
    const isOutermost = node.start >= end;
    if (isOutermost) end = node.end;
    return isOutermost;
  });
}

/** The binding of the module level that is this function and nothing else, ever. */
function moduleLevelName(
  module: ModuleInProgress,
  {node, ancestors}: InlineFunction,
): string | null {
  const path = ancestors.map(({type}) => type).filter((type) => type !== 'ExportNamedDeclaration');
  const parent = ancestors.at(-1)!;
  if (node.type === 'FunctionDeclaration') {
    if (path.length === 1) return node.id!.name;
    const isDefault = path.length === 2 && parent.type === 'ExportDefaultDeclaration';
    return isDefault ? (node.id?.name ?? nameDefaultFunction(module, node)) : null;
  }
  const isConst =
    path.join() === 'Program,VariableDeclaration,VariableDeclarator' &&
    ancestors.at(-2)!['kind'] === 'const' &&
    parent['id'].type === 'Identifier';
  return isConst ? parent['id'].name : null;
}

/** Turns the function into a reference where it stands. */
function registerInPlace(module: ModuleInProgress, plan: InlinePlan): void {
  const {node, ancestors, directive} = plan;
  const {edits, prelude} = module;
  addServerReference(module, plan.exportName, node, true);
  edits.replace(directive.start, endOfStatement(module.source, directive), []);
  switch (node.type) {
    case 'FunctionDeclaration': {
      if (plan.place.kind === 'module') {
        // A constant of its own: the name of a declaration can be assigned anew.
        const call = registration(module, plan, plan.place.localName);
        prelude.push({text: `const ${plan.exportName} = `}, ...call, {text: ';'});
        return;
      }
      // The semicolon ends a directive that has none of its own.
      const call = [{text: ';'}, ...registration(module, plan, node.id!.name), {text: ';'}];
      for (const position of startsOfBlock(ancestors)) edits.insert(position, call, STATEMENT);
      return;
    }
    case 'ObjectMethod':
      return registerProperty(module, plan, node);
    case 'ClassMethod': {
      const member = `this[${JSON.stringify(staticKey(node))}]`;
      const block = [{text: 'static {'}, ...registration(module, plan, member), {text: ';}'}];
      edits.insert(ancestors.at(-1)!.start + 1, block, STATEMENT);
      return;
    }
    default: {
      const property = propertyNaming(plan);
      if (property) return registerProperty(module, plan, property);
      const [open, close] = registrationAround(module, plan);
      edits.insert(node.start, [open], EXPRESSION_START);
      edits.insert(node.end, [close], EXPRESSION_END);
    }
  }
}

/** A method is no expression; spread from an object of its own it keeps its place and form. */
function registerProperty(module: ModuleInProgress, plan: InlinePlan, property: Node): void {
  const {edits, runtime} = module;
  const open = {text: `...${runtime.use('registerMethod')}({`, at: plan.node.start};
  edits.insert(property.start, [open], EXPRESSION_START);
  edits.insert(property.end, [{text: `}, ${trailingArguments(module, plan)})`}], EXPRESSION_END);
}

/** The property of an object literal after whose computed key an anonymous function is named. */
function propertyNaming({node, ancestors}: InlinePlan): Node | null {
  const property = ancestors.findLast((ancestor) => !isTypeWrapper(ancestor))!;
  const isNaming =
    property.type === 'ObjectProperty' &&
    property['computed'] &&
    !node.id &&
    unwrapExpression(property['value']) === node &&
    staticKey(property) === null;
  return isNaming ? property : null;
}

/** Where the block that declares the function begins: its declaration counts from there on. */
function startsOfBlock(ancestors: readonly Node[]): number[] {
  // In a TypeScript namespace functions are exported.
  const block = ancestors.findLast(({type}) => type !== 'ExportNamedDeclaration')!;
  if (block.type === 'SwitchCase') {
    // All cases share one block, and any of them may be the first that runs.
    return (ancestors.at(-2)!['cases'] as Node[])
      .filter(({consequent}) => consequent.length > 0)
      .map(({consequent}) => consequent[0].start);
  }
  const directives: Node[] = block['directives'] ?? [];
  return [
    directives.at(-1)?.end ??
      (block.type === 'StaticBlock' ? block['body'][0].start : block.start + 1),
  ];
}

function registration(module: ModuleInProgress, plan: InlinePlan, fn: string): Piece[] {
  const [open, close] = registrationAround(module, plan);
  return [open, {text: fn}, close];
}

function registrationAround(
  module: ModuleInProgress,
  plan: InlinePlan,
): [Piece & {text: string}, Piece] {
  const isPlain = plan.inferredName === null && plan.captures.values.length === 0;
  const register = module.runtime.use(
    isPlain ? 'registerServerReference' : 'registerInlineFunction',
  );
  const rest = isPlain ? idArguments(module, plan.exportName) : trailingArguments(module, plan);
  return [{text: `${register}(`, at: plan.node.start}, {text: `, ${rest})`}];
}

/** `"src/Page.jsx", "$$Page$save", "save", () => [note], "8f1a03c2", "note"` */
function trailingArguments(module: ModuleInProgress, plan: InlinePlan): string {
  const name = plan.inferredName === null ? 'void 0' : JSON.stringify(plan.inferredName);
  const {values} = plan.captures;
  return [
    idArguments(module, plan.exportName),
    ...(plan.inferredName !== null || values.length > 0 ? [name] : []),
    ...(values.length > 0
      ? [
          `() => ${capturesExpression(module, values)}`,
          JSON.stringify(captureShape(values)),
          JSON.stringify(values.map((value) => value.name).join()),
        ]
      : []),
  ].join(', ');
}

/** `[note, list]`, or `pickMembers([note, list], [[["id"]], null])` where members are enough. */
function capturesExpression({runtime}: ModuleInProgress, values: readonly CapturedValue[]): string {
  const array = `[${values.map(({name}) => name).join(', ')}]`;
  if (values.every(({paths}) => paths === null)) return array;
  const paths = JSON.stringify(values.map((value) => value.paths));
  return `${runtime.use('pickMembers')}(${array}, ${paths})`;
}

/**
 * What another build knows captures by that are not its own: a hash of their names and members. In which
 * order the function uses them does not count.
 */
function captureShape(values: readonly CapturedValue[]): string {
  const shape = values.map(({name, paths}) => [
    name,
    paths?.map((path) => JSON.stringify(path)).sort() ?? null,
  ]);
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 8);
}

/** Exports the function under its generated name. */
function exportFunction(module: ModuleInProgress, plan: InlinePlan, known: KnownFunctions): void {
  const {epilogue, prelude, parsed, runtime} = module;
  const {exportName, place} = plan;
  if (place.kind === 'module') {
    const local = plan.node.type === 'FunctionDeclaration' ? exportName : place.localName;
    epilogue.push({text: exportStatement(parsed.isModule, local, exportName)});
    return;
  }
  // What another tool has compiled is JavaScript, whatever the file is called.
  const any = parsed.isTypeScript ? ': any' : '';
  const id = formatId({path: module.path, exportName}, module.options);
  const {values} = plan.captures;
  const shape = values.length > 0 ? `, ${JSON.stringify(captureShape(values))}` : '';
  const token = shape && `, ${JSON.stringify(id)}${shape}`;
  const parameters = plan.captures.values.map(({name}) => `${name}${any}`).join(', ');
  const register = shape === '' ? 'registerServerReference' : 'registerInlineExport';
  prelude.push({
    text: `${runtime.use(register)}(${exportName}, ${idArguments(module, exportName)}${shape});`,
  });
  const strict = !parsed.isModule && isStrict(plan.ancestors) ? '"use strict"; ' : '';
  const outer = hiddenConstants(module, plan, known.constants);
  const constants = new Map([...known.constants, ...outer]);
  const aliases = [...outer].map(
    ([value, alias]) => `const ${alias} = ${known.constants.get(value)!}; `,
  );
  epilogue.push(
    {
      text: `\n${parsed.isModule ? 'export ' : ''}function ${exportName}()${any} { ${strict}${aliases.join('')}return ${runtime.use('callInlineFunction')}((${parameters}) => {`,
    },
    ...factoryBody(module, plan, {...known, constants}),
    {text: `}, arguments${token}); }`},
  );
  if (!parsed.isModule) {
    epilogue.push({text: exportStatement(false, exportName, exportName)});
  }
}

/** Whether something around the function makes its code strict, which the copy would not stand in. */
function isStrict(ancestors: readonly Node[]): boolean {
  return ancestors.some(
    (ancestor) =>
      isClass(ancestor) ||
      (isFunction(ancestor) &&
        ancestor.body.type === 'BlockStatement' &&
        ancestor.body.directives.some(({value}) => value.value === 'use strict')),
  );
}

function exportStatement(isModule: boolean, localName: string, exportName: string): string {
  return isModule
    ? `\nexport {${localName} as ${exportName}};`
    : `\nmodule.exports.${exportName} = ${localName};`;
}

/** New names for constants of the module whose own name means something else in the factory. */
function hiddenConstants(
  module: ModuleInProgress,
  {captures}: InlinePlan,
  constants: ReadonlyMap<Node, string>,
): Map<Node, string> {
  const {values, rebuilt} = captures;
  const inFactory = new Set([
    ...values.map(({name}) => name),
    ...rebuilt.map(({binding}) => binding.name),
  ]);
  const aliases = new Map<Node, string>();
  for (const {binding, value} of rebuilt) {
    const name = constants.get(value);
    if (name === undefined || name === binding.name || !inFactory.has(name)) continue;
    aliases.set(value, module.names.take(`$$${name}`));
  }
  return aliases;
}

/** Local functions first, registered before anything can use them, then the function itself. */
function factoryBody(
  module: ModuleInProgress,
  plan: InlinePlan,
  {plans, constants}: KnownFunctions,
): Piece[] {
  const {rebuilt} = plan.captures;
  const registrations: Piece[] = [];
  const declarations: Piece[] = [];
  const names = new Map(constants);
  for (const {binding, value} of rebuilt) {
    const serverFunction = plans.get(value);
    if (serverFunction && value.type === 'FunctionDeclaration') {
      registrations.push(...registration(module, serverFunction, binding.name), {text: ';'});
    }
    const first = names.get(value);
    // `const Local = class Named {}` is one class, by whichever of the names it is used.
    if (first === undefined) declarations.push(...declarationOf(module, {binding, value}));
    else if (first !== binding.name) {
      declarations.push({text: `const ${binding.name} = ${first};`});
    }
    names.set(value, binding.name);
  }
  const ownName = names.get(plan.node);
  const result: Piece[] =
    ownName === undefined ? functionExpression(module, plan) : [{text: ownName}];
  return [...registrations, ...declarations, {text: 'return '}, ...result, {text: ';'}];
}

function declarationOf({edits}: ModuleInProgress, {binding, value}: Rebuilt): Piece[] {
  if (/Declaration$/.test(value.type)) {
    return [...edits.inside(value.start, value.end), {text: ';'}];
  }
  const initial: Node = binding.declaration['init'] ?? value;
  return [
    {text: `const ${binding.name} = `},
    ...edits.whole(initial.start, initial.end),
    {text: ';'},
  ];
}

/** The function as an expression; a method becomes one of an object made for it. */
function functionExpression(
  {source, edits}: ModuleInProgress,
  {node, captures}: InlinePlan,
): Piece[] {
  const isMethod = node.type === 'ObjectMethod' || node.type === 'ClassMethod';
  // A declaration whose variable was assigned anew: as an expression its own name would hide that.
  const isHidden =
    node.type === 'FunctionDeclaration' && captures.values.some(({name}) => name === node.id?.name);
  if (!isMethod && !isHidden) return edits.inside(node.start, node.end);
  const key = JSON.stringify(isMethod ? (staticKey(node) ?? '') : node.id!.name);
  const star = node.generator ? '*' : '';
  const from =
    (node.typeParameters as Node | null | undefined)?.start ??
    findToken(source, ((isMethod ? node.key : node.id) as Node).end, '(');
  return [
    {text: isMethod ? `({async ${star}[${key}]` : `({[${key}]: async function${star} `},
    ...edits.inside(from, node.end),
    {text: `})[${key}]`},
  ];
}

/** A directive with the semicolon behind it. */
function endOfStatement(source: string, {end}: Node): number {
  return source[end] === ';' ? end + 1 : end;
}
