import {formatId} from '../../references/ids.ts';
import type {CapturedValue, Rebuilt} from '../analyse/captures.ts';
import type {InlineFunctions, InlinePlan} from '../analyse/inlineFunctions.ts';
import {
  isClass,
  isFunction,
  isKeepNamesCall,
  isTypeWrapper,
  staticKey,
  unwrapExpression,
  type Node,
} from '../ast.ts';
import {hashText} from '../hash.ts';
import {EditOrder, type Piece} from './editedSource.ts';
import {findToken, idArguments, nameDefaultFunction, type ModuleOutput} from './moduleOutput.ts';
import {removeDirectives} from './spentDirectives.ts';
import {endStatementOf} from './statementEnds.ts';

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
  output: ModuleOutput,
  {plans, constants}: InlineFunctions,
): void {
  const known: KnownFunctions = {plans: new Map(plans.map((plan) => [plan.node, plan])), constants};
  for (const plan of plans) registerInPlace(output, plan);
  // All changes are known now, so that copies hold those of the functions inside them.
  for (const plan of plans) exportFunction(output, plan, known);
}

/** What a copy of a function finds where it stands. */
interface KnownFunctions {
  plans: ReadonlyMap<Node, InlinePlan>;
  /** Functions and classes that a constant of the module holds, with its name. */
  constants: ReadonlyMap<Node, string>;
}

/** Turns the function into a reference where it stands. */
function registerInPlace(output: ModuleOutput, plan: InlinePlan): void {
  const {node, ancestors} = plan;
  const {edits, prelude} = output;
  removeDirectives(output, node.body as Node);
  switch (node.type) {
    case 'FunctionDeclaration': {
      if (plan.place.kind === 'module') {
        // A constant of its own: the name of a declaration can be assigned anew.
        const local = plan.place.localName ?? nameDefaultFunction(output, node);
        const call = registration(output, plan, local);
        prelude.push({text: `const ${plan.exportName} = `}, ...call, {text: ';'});
        return;
      }
      // The semicolon ends a directive that has none of its own.
      const call = [{text: ';'}, ...registration(output, plan, node.id!.name), {text: ';'}];
      for (const position of startsOfBlock(ancestors))
        edits.insert(position, call, EditOrder.statement);
      return;
    }
    case 'ObjectMethod':
      return registerProperty(output, plan, node);
    case 'ClassMethod': {
      const member = `this[${JSON.stringify(staticKey(node))}]`;
      const block = [{text: 'static {'}, ...registration(output, plan, member), {text: ';}'}];
      edits.insert(ancestors.at(-1)!.start + 1, block, EditOrder.statement);
      return;
    }
    default: {
      const property = propertyNaming(plan);
      if (property) return registerProperty(output, plan, property);
      const [open, close] = registrationAround(output, plan);
      edits.insert(node.start, [open], EditOrder.expressionStart);
      edits.insert(node.end, [close], EditOrder.expressionEnd);
      endStatementOf(edits, node, ancestors);
    }
  }
}

/** A method is no expression; spread from an object of its own it keeps its place and form. */
function registerProperty(output: ModuleOutput, plan: InlinePlan, property: Node): void {
  const {edits, runtime} = output;
  const [provide, end] = provisionAround(output, plan);
  const open = {text: `...${provide}${runtime.use('registerMethod')}({`, at: plan.node.start};
  edits.insert(property.start, [open], EditOrder.expressionStart);
  edits.insert(
    property.end,
    [{text: `}, ${trailingArguments(output, plan)})${end}`}],
    EditOrder.expressionEnd,
  );
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
  return [startOfStatements(block)];
}

function startOfStatements(block: Node): number {
  const directives: Node[] = block['directives'] ?? [];
  return (
    directives.at(-1)?.end ??
    (block.type === 'StaticBlock' ? block['body'][0].start : block.start + 1)
  );
}

function registration(output: ModuleOutput, plan: InlinePlan, fn: string): Piece[] {
  const [open, close] = registrationAround(output, plan);
  return [open, {text: fn}, close];
}

function registrationAround(
  output: ModuleOutput,
  plan: InlinePlan,
): [Piece & {text: string}, Piece] {
  const isPlain = plan.inferredName === null && plan.captures.values.length === 0;
  const register = output.runtime.use(
    isPlain ? 'registerServerReference' : 'registerInlineFunction',
  );
  const rest = isPlain ? idArguments(output, plan.exportName) : trailingArguments(output, plan);
  const [provide, end] = provisionAround(output, plan);
  return [{text: `${provide}${register}(`, at: plan.node.start}, {text: `, ${rest})${end}`}];
}

/** A function that is made once is itself what a request calls. */
function provisionAround(
  {runtime}: ModuleOutput,
  {place, exportName}: InlinePlan,
): [string, string] {
  if (place.kind !== 'once') return ['', ''];
  return [`${runtime.use('provideOriginal')}(${exportName}, `, ')'];
}

/** `"src/Page.jsx", "$$Page$save", "save", () => [note], "8f1a03c2", "note"` */
function trailingArguments(output: ModuleOutput, plan: InlinePlan): string {
  const name = plan.inferredName === null ? 'void 0' : JSON.stringify(plan.inferredName);
  const {values} = plan.captures;
  return [
    idArguments(output, plan.exportName),
    ...(plan.inferredName !== null || values.length > 0 ? [name] : []),
    ...(values.length > 0
      ? [
          `() => ${capturesExpression(output, values)}`,
          JSON.stringify(captureShape(values)),
          JSON.stringify(values.map((value) => value.name).join()),
        ]
      : []),
  ].join(', ');
}

/** `[note, list]`, or `pickMembers([note, list], [[["id"]], null])` where members are enough. */
function capturesExpression({runtime}: ModuleOutput, values: readonly CapturedValue[]): string {
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
  return hashText(JSON.stringify(shape));
}

/** Exports the function under its generated name. */
function exportFunction(output: ModuleOutput, plan: InlinePlan, known: KnownFunctions): void {
  const {epilogue, parsed} = output;
  const {exportName, place, node} = plan;
  if (place.kind === 'module') {
    const local = node.type === 'FunctionDeclaration' ? exportName : place.localName!;
    if (parsed.isModule) epilogue.push({text: `\nexport {${local} as ${exportName}};`});
    else exportFromCommonJs(output, local, exportName);
    return;
  }
  registerExport(output, plan);
  if (place.kind === 'inside') provideFactory(output, plan, place.home, known);
  const {aliases, factory} =
    place.kind === 'nested'
      ? factoryAtModuleLevel(output, plan, known)
      : {aliases: '', factory: [{text: `${output.runtime.use('providedFactory')}(${exportName})`}]};
  // What another tool has compiled is JavaScript, whatever the file is called.
  const any = parsed.isTypeScript ? ': any' : '';
  epilogue.push(
    {
      text: `\n${parsed.isModule ? 'export ' : ''}function ${exportName}()${any} { ${aliases}return ${output.runtime.use('callInlineFunction')}(`,
    },
    ...factory,
    {text: `, arguments${tokenArguments(output, plan)}); }`},
  );
  if (!parsed.isModule) exportFromCommonJs(output, exportName, exportName);
}

function registerExport(output: ModuleOutput, {exportName, captures: {values}}: InlinePlan): void {
  const hasCaptures = values.length > 0;
  const register = hasCaptures ? 'registerInlineExport' : 'registerServerReference';
  const shape = hasCaptures ? `, ${JSON.stringify(captureShape(values))}` : '';
  output.prelude.push({
    text: `${output.runtime.use(register)}(${exportName}, ${idArguments(output, exportName)}${shape});`,
  });
}

/** The id and the shape of captures, by which their token is opened; nothing without captures. */
function tokenArguments({path, options}: ModuleOutput, plan: InlinePlan): string {
  const {exportName, captures} = plan;
  if (captures.values.length === 0) return '';
  const id = formatId({path, exportName}, options);
  return `, ${JSON.stringify(id)}, ${JSON.stringify(captureShape(captures.values))}`;
}

/** Puts the factory among the variables of code that runs once. */
function provideFactory(
  output: ModuleOutput,
  plan: InlinePlan,
  home: Node,
  known: KnownFunctions,
): void {
  const {edits, runtime} = output;
  const call: Piece[] = [
    {text: `${runtime.use('provideFactory')}(${plan.exportName}, `},
    ...factoryOf(output, plan, known),
    {text: ')'},
  ];
  if (home.type === 'ArrowFunctionExpression') {
    const body = home['body'] as Node;
    edits.insert(body.start, [{text: '('}, ...call, {text: ', '}], EditOrder.expressionStart);
    edits.insert(body.end, [{text: ')'}], EditOrder.expressionEnd);
  } else if (home.type === 'ClassBody') {
    edits.insert(home.start + 1, [{text: 'static {'}, ...call, {text: ';}'}]);
  } else {
    edits.insert(startOfStatements(home), [{text: ';'}, ...call, {text: ';'}]);
  }
}

function factoryAtModuleLevel(
  output: ModuleOutput,
  plan: InlinePlan,
  known: KnownFunctions,
): {aliases: string; factory: Piece[]} {
  const outer = hiddenConstants(output, plan, known.constants);
  const constants = new Map([...known.constants, ...outer]);
  const aliases = [...outer].map(
    ([value, alias]) => `const ${alias} = ${known.constants.get(value)!}; `,
  );
  return {aliases: aliases.join(''), factory: factoryOf(output, plan, {...known, constants})};
}

/** `(note) => { return async () => {…}; }` */
function factoryOf(output: ModuleOutput, plan: InlinePlan, known: KnownFunctions): Piece[] {
  const any = output.parsed.isTypeScript ? ': any' : '';
  const parameters = plan.captures.values.map(({name}) => `${name}${any}`).join(', ');
  return [{text: `(${parameters}) => {`}, ...factoryBody(output, plan, known), {text: '}'}];
}

/** What makes the code of a function strict from the outside; a copy would not stand in it. */
function strictnessAround({ancestors, place}: InlinePlan): Node | undefined {
  const isAround = ({start}: Node) => place.kind !== 'inside' || start > place.home.start;
  return ancestors.find(
    (ancestor) =>
      isAround(ancestor) &&
      (isClass(ancestor) ||
        (isFunction(ancestor) &&
          ancestor.body.type === 'BlockStatement' &&
          ancestor.body.directives.some(({value}) => value.value === 'use strict'))),
  );
}

function exportFromCommonJs(
  {completion, parsed}: ModuleOutput,
  local: string,
  exportName: string,
): void {
  const assignment = `module.exports.${exportName} = ${local};`;
  const isStrict = parsed.program.directives.some(({value}) => value.value === 'use strict');
  // Sloppy code would pass over an object that takes no more members.
  const text = isStrict ? assignment : `(() => { "use strict"; ${assignment} })();`;
  completion.push({text: `\n;${text}`});
}

/** New names for constants of the module whose own name means something else in the factory. */
function hiddenConstants(
  output: ModuleOutput,
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
    aliases.set(value, output.names.take(`$$${name}`));
  }
  return aliases;
}

/**
 * Local functions first, registered before anything can use them, then the function itself. In a sloppy
 * module what was strict by a class or function around it is strict again, and nothing else.
 *
 * After: `function sloppyHelper() {…}; return (() => {"use strict"; const helper = …; return async () => {…}; })();`
 */
function factoryBody(output: ModuleOutput, plan: InlinePlan, known: KnownFunctions): Piece[] {
  const {rebuilt} = plan.captures;
  const names = new Map([...known.constants, ...exportedFunctions(plan, known)]);
  const build = (part: readonly Rebuilt[]) => declarationsOf(output, part, {...known, names});
  const strictness = output.parsed.isModule ? undefined : strictnessAround(plan);
  const isStrict = ({value}: Rebuilt) => !strictness || value.start >= strictness.start;
  const sloppy = build(rebuilt.filter((item) => !isStrict(item)));
  const others = build(rebuilt.filter((item) => isStrict(item)));
  const ownName = names.get(plan.node);
  const own: Piece[] = ownName === undefined ? functionExpression(output, plan) : [{text: ownName}];
  const result: Piece[] = [...others, {text: 'return '}, ...own, {text: ';'}];
  if (!strictness) return result;
  return [...sloppy, {text: 'return (() => {"use strict"; '}, ...result, {text: '})();'}];
}

/**
 * Server functions that hold nothing, with the names of their exports. A captured reference to one comes
 * back as what the module exports, so it is that, and no function built again, which is used beside it.
 */
function exportedFunctions(
  {node: own}: InlinePlan,
  {plans, constants}: KnownFunctions,
): [Node, string][] {
  return [...plans.values()]
    .filter(({node, place, captures: {values, rebuilt}}) => {
      const holdsNothing = values.length === 0 && rebuilt.every(({value}) => value === node);
      const isNested = place.kind === 'nested' && !constants.has(node);
      return node !== own && isNested && holdsNothing && !node.generator;
    })
    .map(({node, exportName}) => [node, exportName]);
}

/** `const save = registerInlineFunction($$Page$save, "src/Page.jsx", "$$Page$save", "save");` */
function exportedAs(
  output: ModuleOutput,
  {node, exportName, inferredName}: InlinePlan,
  variable: string,
): string {
  const name = node.id?.name ?? inferredName ?? variable;
  const register = output.runtime.use('registerInlineFunction');
  const rest = `${idArguments(output, exportName)}, ${JSON.stringify(name)}`;
  return `const ${variable} = ${register}(${exportName}, ${rest});`;
}

function declarationsOf(
  output: ModuleOutput,
  rebuilt: readonly Rebuilt[],
  {plans, names}: KnownFunctions & {names: Map<Node, string>},
): Piece[] {
  const registrations: Piece[] = [];
  const declarations: Piece[] = [];
  for (const {binding, value} of rebuilt) {
    const serverFunction = plans.get(value);
    const first = names.get(value);
    if (serverFunction && first === serverFunction.exportName) {
      registrations.push({text: exportedAs(output, serverFunction, binding.name)});
      names.set(value, binding.name);
      continue;
    }
    if (serverFunction && value.type === 'FunctionDeclaration') {
      registrations.push(...registration(output, serverFunction, binding.name), {text: ';'});
    }
    // `const Local = class Named {}` is one class, by whichever of the names it is used.
    if (first === undefined) declarations.push(...declarationOf(output, {binding, value}));
    else if (first !== binding.name) {
      declarations.push({text: `const ${binding.name} = ${first};`});
    }
    names.set(value, binding.name);
  }
  return [...registrations, ...declarations];
}

function declarationOf({edits}: ModuleOutput, {binding, value}: Rebuilt): Piece[] {
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
  {source, edits}: ModuleOutput,
  {node, ancestors, captures}: InlinePlan,
): Piece[] {
  const isMethod = node.type === 'ObjectMethod' || node.type === 'ClassMethod';
  // A declaration whose variable was assigned anew: as an expression its own name would hide that.
  const isHidden =
    node.type === 'FunctionDeclaration' && captures.values.some(({name}) => name === node.id?.name);
  if (!isMethod && !isHidden) return named(edits.inside(node.start, node.end), node, ancestors);
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

/** esbuild gives a function that it renames its own name back: `__name(async function save2() {}, "save")`. */
function named(fn: Piece[], {id}: Node, ancestors: readonly Node[]): Piece[] {
  const around = ancestors.findLast((ancestor) => !isTypeWrapper(ancestor));
  if (!id || !around || !isKeepNamesCall(around)) return fn;
  const name = JSON.stringify(around['arguments'][1].value);
  return [{text: `${around['callee'].name}(`}, ...fn, {text: `, ${name})`}];
}
