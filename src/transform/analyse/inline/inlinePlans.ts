import {
  isClass,
  isFunction,
  isKeepNamesCall,
  staticKey,
  unwrapExpression,
  type Node,
} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {ParsedModule} from '../../parse.ts';
import {findCaptures, type Captures, type WholeModule} from '../captures/captures.ts';
import {collectDeclarations} from '../exports/declarations.ts';
import type {InlineFunction} from '../directives.ts';
import {evaluatedOnce, type EvaluatedOnce} from '../captures/evaluatedOnce.ts';
import type {InlineNames} from './inlineNames.ts';
import {ModuleCode} from '../values/moduleCode.ts';
import {checkInlineFunction} from './restrictions.ts';
import {StatementAnalyses} from '../scopes/statementAnalyses.ts';
import {ValueFlows} from '../values/valueFlow.ts';

/** An inline server function with all that is known of it. */
export interface InlinePlan extends InlineFunction, InlineNames {
  captures: Captures;
  place: Place;
}

/**
 * Where an inline server function stands. `module`: it is a binding of the module itself, which can be
 * exported as it is; without a name it is `export default async function () {}`. `once`: code that runs
 * once makes it, and it uses variables there, so a request calls this very function. `inside`: it is made
 * again and again, but uses variables of code that runs once, so that its factory must stand in there.
 */
export type Place =
  | {kind: 'module'; localName: string | null}
  | {kind: 'once'}
  | {kind: 'inside'; home: Node}
  | {kind: 'nested'};

export interface InlineFunctions {
  plans: InlinePlan[];
  /** Functions and classes that a constant of the module holds, with its name. */
  constants: ReadonlyMap<Node, string>;
}

const NO_CAPTURES: Captures = {values: [], rebuilt: [], usesOnly: false};
const NESTED: Place = {kind: 'nested'};

/**
 * Plans how each inline server function becomes callable from outside, and reports those that cannot.
 *
 * @param names the names of `functions`, in the same order
 */
export function planInlineFunctions(
  functions: readonly InlineFunction[],
  names: readonly InlineNames[],
  parsed: ParsedModule,
  source: string,
  diagnostics: Diagnostics,
): InlineFunctions {
  const statements = parsed.program.body as unknown as Node[];
  const analyses = new StatementAnalyses(functions, isSloppy(parsed), source);
  const code = new ModuleCode(statements, analyses);
  const constants = moduleConstants(statements);
  const surroundings: Surroundings = {
    analyses,
    constants,
    serverFunctions: functions.map(({node}) => node),
    whole: {code, flows: new ValueFlows(code), reported: new Set()},
  };
  const plans = functions.map((fn, i) => planFunction(fn, names[i]!, surroundings, diagnostics));
  return {plans: plans.filter((plan) => plan !== null), constants};
}

/** What is known of the module around inline server functions. */
interface Surroundings {
  analyses: StatementAnalyses;
  constants: ReadonlyMap<Node, string>;
  serverFunctions: readonly Node[];
  whole: WholeModule;
}

function isSloppy({isModule, program}: ParsedModule): boolean {
  return !isModule && !program.directives.some(({value}) => value.value === 'use strict');
}

function moduleConstants(statements: readonly Node[]): Map<Node, string> {
  const constants = new Map<Node, string>();
  for (const {kind, name, value} of collectDeclarations(statements).values()) {
    if (kind !== 'const' || !value) continue;
    const held = isKeepNamesCall(value) ? unwrapExpression(value['arguments'][0]) : value;
    if (isFunction(held) || isClass(held)) constants.set(held, name);
  }
  return constants;
}

function planFunction(
  fn: InlineFunction,
  names: InlineNames,
  surroundings: Surroundings,
  diagnostics: Diagnostics,
): InlinePlan | null {
  if (!checkInlineFunction(fn, names.label, diagnostics)) return null;
  if (!checkTwin(fn, diagnostics) || !checkMember(fn, diagnostics)) return null;
  const {analyses} = surroundings;
  if (!checkSwitch(fn, names.label, analyses, diagnostics)) return null;
  const place = placeOf(fn);
  if (place.kind === 'module') return {...fn, ...names, captures: NO_CAPTURES, place};
  const once = evaluatedOnce(fn);
  const captures = capturesOf(fn, names.label, once, surroundings, diagnostics);
  return {...fn, ...names, captures, place: placeAmong(captures, once, analyses)};
}

/** Stays among the variables of code that runs once when it uses one, or a name that nothing shows. */
function placeAmong(
  {usesOnly}: Captures,
  {isWhole, home, isInNamespace}: EvaluatedOnce,
  {hasHiddenNames}: StatementAnalyses,
): Place {
  if (!usesOnly && !isInNamespace && !hasHiddenNames) return NESTED;
  if (isWhole) return {kind: 'once'};
  return home ? {kind: 'inside', home} : NESTED;
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
  const write = references.find(({isWrite, binding}) => isWrite && binding?.declaration === node);
  if (!write) return true;
  diagnostics.error(
    'assigned-in-switch',
    write.node,
    `"${label}" is a server function declared in a case of a "switch", so it cannot be assigned another value. Declare it before the switch, or use another variable.`,
  );
  return false;
}

/** Of two functions of one name in one block the second is meant everywhere, from the start. */
function checkTwin({node, ancestors}: InlineFunction, diagnostics: Diagnostics): boolean {
  if (node.type !== 'FunctionDeclaration' || !node.id) return true;
  const {name} = node.id;
  const {body} = ancestors.at(-1)!;
  const statements: Node[] = Array.isArray(body) ? body : [];
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
    `Two functions named "${name}" are declared here, and only the second counts. Rename one of them, or remove the first.`,
  );
  return false;
}

/** A later method or accessor of a class takes the place of a static method of the same name. */
function checkMember({node, ancestors}: InlineFunction, diagnostics: Diagnostics): boolean {
  const key = node.type === 'ClassMethod' ? staticKey(node) : null;
  if (key === null) return true;
  const members: Node[] = ancestors.at(-1)!['body'];
  const twin = members.find(
    (member) =>
      member.start > node.start &&
      member['static'] === true &&
      (isFunction(member) || member.type === 'ClassAccessorProperty') &&
      keyText(member) === key,
  );
  if (!twin) return true;
  diagnostics.error(
    'two-of-one-name',
    node['key'],
    `This class has two static members named "${key}", and only the last counts. Rename one of them, or remove the first.`,
  );
  return false;
}

/** Also of a key in a template without values, which is the only one that it can be. */
function keyText(member: Node): string | null {
  const {type, expressions, quasis} = member['key'] as Node;
  const isText = type === 'TemplateLiteral' && expressions.length === 0;
  return isText ? quasis[0].value.cooked : staticKey(member);
}

/**
 * Most server functions use values only, and for these it is enough to look inside the server
 * functions. What local functions use, and whether they are assigned again, needs the whole statement.
 */
function capturesOf(
  fn: InlineFunction,
  label: string,
  once: EvaluatedOnce,
  {analyses, constants: moduleConstants, serverFunctions, whole}: Surroundings,
  diagnostics: Diagnostics,
): Captures {
  const statement = fn.ancestors[1] ?? fn.node;
  const found = diagnostics.draft();
  const analysis = analyses.ofServerFunctions(statement);
  const known = {once, moduleConstants, serverFunctions, module: whole.code};
  const context = {...known, analysis, whole: null, diagnostics: found};
  const {captures, needsWhole} = findCaptures(fn, label, context);
  if (!needsWhole) {
    diagnostics.list.push(...found.list);
    return captures;
  }
  const full = {...known, analysis: analyses.ofWhole(statement), whole, diagnostics};
  return findCaptures(fn, label, full).captures;
}

/** Finds the binding of the module level that is this function and nothing else, ever. */
function placeOf({node, ancestors}: InlineFunction): Place {
  const path = ancestors.map(({type}) => type).filter((type) => type !== 'ExportNamedDeclaration');
  const parent = ancestors.at(-1)!;
  if (node.type === 'FunctionDeclaration') {
    if (path.length === 1) return {kind: 'module', localName: node.id!.name};
    const isDefault = path.length === 2 && parent.type === 'ExportDefaultDeclaration';
    return isDefault ? {kind: 'module', localName: node.id?.name ?? null} : NESTED;
  }
  const isConst =
    path.join() === 'Program,VariableDeclaration,VariableDeclarator' &&
    ancestors.at(-2)!['kind'] === 'const' &&
    parent['id'].type === 'Identifier';
  return isConst ? {kind: 'module', localName: parent['id'].name} : NESTED;
}
