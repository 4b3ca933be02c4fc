import type {Rebuilt} from '../analyse/captures/captures.ts';
import type {InlinePlan} from '../analyse/inline/inlinePlans.ts';
import {isClass, isFunction, isKeepNamesCall, isTypeWrapper, staticKey, type Node} from '../ast.ts';
import type {Piece} from './editedSource.ts';
import {findToken, type ModuleOutput} from './moduleOutput.ts';
import {exportedAs, registration} from './registrationCalls.ts';

/** What a copy of a function finds where it stands. */
export interface KnownFunctions {
  plans: ReadonlyMap<Node, InlinePlan>;
  /** Functions and classes that a constant of the module holds, with its name. */
  constants: ReadonlyMap<Node, string>;
}

/**
 * Writes a factory that stands outside of all functions.
 *
 * @returns the factory, and the statements that rename constants of the module which it would hide
 */
export function factoryAtModuleLevel(
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

/** Writes the function that makes a server function of its captures: `(note) => { return async () => {…}; }` */
export function factoryOf(output: ModuleOutput, plan: InlinePlan, known: KnownFunctions): Piece[] {
  const any = output.parsed.isTypeScript ? ': any' : '';
  const parameters = plan.captures.values.map(({name}) => `${name}${any}`).join(', ');
  return [{text: `(${parameters}) => {`}, ...factoryBody(output, plan, known), {text: '}'}];
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

/**
 * Server functions that hold nothing, with the names of their exports. A captured reference to one comes
 * back as what the module exports, so it is that, and no rebuilt function, which is used beside it.
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
  // A declaration whose variable was assigned another function: as an expression its own name would hide that.
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
