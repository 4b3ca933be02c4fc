import {forEachChild, isFunction, staticKey, type FunctionNode, type Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {InlineFunction} from '../directives.ts';
import {isDirectEval} from '../scopes/analyzeStatement.ts';

/**
 * Refuses inline server functions that cannot work away from where they stand.
 *
 * @param name the name by which messages speak of the function
 * @returns whether the function can be compiled
 */
export function checkInlineFunction(
  {node, ancestors, directive}: InlineFunction,
  name: string,
  diagnostics: Diagnostics,
): boolean {
  const before = diagnostics.list.length;
  const around = ancestors.find(({type}) => type === 'WithStatement');
  if (around) {
    diagnostics.error(
      'with',
      directive,
      `The server function "${name}" stands in a "with" statement, where the source does not show which variables it uses. Move it out, and read what it needs into variables.`,
    );
  }
  checkKind(node, name, ancestors, directive, diagnostics);
  if (diagnostics.list.length === before) checkBody(node, [name], diagnostics);
  return diagnostics.list.length === before;
}

/** Those of a method and of its parameters. */
function decoratorsOf(method: Node): Node[] {
  return [method, ...(method['params'] as Node[])].flatMap((node) => [
    ...(node['decorators'] ?? []),
    ...(node['left']?.decorators ?? []),
  ]);
}

function checkKind(
  node: FunctionNode,
  name: string,
  ancestors: readonly Node[],
  directive: Node,
  diagnostics: Diagnostics,
): void {
  if (isAccessorOrConstructor(node)) {
    diagnostics.error(
      'not-a-function',
      directive,
      `A ${node['kind'] === 'constructor' ? 'constructor' : `${node['kind']}ter`} cannot be a server function. Write an async function instead.`,
    );
    return;
  }
  if (!node.async) {
    diagnostics.error(
      'not-async',
      directive,
      `The server function "${name}" is not async, but a call from the browser always gives a promise. Write "async" in front of it.`,
    );
  }
  checkClassMember(node, name, ancestors.at(-1), directive, diagnostics);
}

/** Refuses members of a class that cannot be called without an instance, a decorator or a known name. */
function checkClassMember(
  node: FunctionNode,
  name: string,
  parent: Node | undefined,
  directive: Node,
  diagnostics: Diagnostics,
): void {
  if (node.type === 'ClassPrivateMethod' || (node.type === 'ClassMethod' && !node.static)) {
    diagnostics.error(
      'instance-method',
      directive,
      `The method "${name}" cannot be a server function: the object it belongs to stays behind when the browser calls it. Make it a static method or a function, and pass what it needs as arguments.`,
    );
  } else if (node.type === 'ClassMethod' && decoratorsOf(node).length > 0) {
    diagnostics.error(
      'decorated-method',
      decoratorsOf(node)[0]!,
      `A decorator of the server function "${name}" would not run when the browser calls it. Call what it does inside the function.`,
    );
  } else if (node.type === 'ClassMethod' && node.computed && node.key.type !== 'StringLiteral') {
    diagnostics.error(
      'computed-static-method',
      directive,
      'A static method whose name is computed cannot be a server function. Give it a plain name.',
    );
  } else if (isUnnamedFieldValue(node, parent)) {
    diagnostics.error(
      'computed-static-method',
      directive,
      'A field whose name is computed cannot hold an unnamed server function, which would lose the name that it gets from the field. Give the field a plain name, or name the function.',
    );
  } else if (parent?.type === 'ClassPrivateProperty') {
    diagnostics.error(
      'instance-method',
      directive,
      `The private field "${name}" cannot hold a server function. Move the function out of the class.`,
    );
  }
}

/** `static [key] = async () => {}`: its name is the value of `key`, which only the run knows. */
function isUnnamedFieldValue(node: FunctionNode, parent: Node | undefined): boolean {
  return parent?.type === 'ClassProperty' && staticKey(parent) === null && !node['id'];
}

function isAccessorOrConstructor(node: FunctionNode): boolean {
  return (
    (node.type === 'ObjectMethod' || node.type === 'ClassMethod') &&
    (node.kind === 'get' || node.kind === 'set' || node.kind === 'constructor')
  );
}

/** What the functions around a node give a meaning to. */
interface Meaning {
  this: boolean;
  arguments: boolean;
  /** Whether `await` and `yield` belong to a function that is copied as a whole. */
  await: boolean;
}

const IN_CLASS: Meaning = {this: true, arguments: false, await: true};

/** What a part of a body stands in. */
interface Context {
  meaning: Meaning;
  /** Of the classes around it that are copied with it. */
  privateNames: ReadonlySet<string>;
  refuse: (code: string, where: Node, what: string, instead: string) => void;
}

/**
 * Refuses what is tied to the place where a function stands: `this`, `super`, `new.target`, the
 * `arguments` of another function, names of a private member, and direct `eval`, whose names
 * nothing shows.
 *
 * @param chain names from the server function to this one, when it is a helper of it
 */
export function checkBody(node: Node, chain: readonly string[], diagnostics: Diagnostics): void {
  const isHelper = chain.length > 1;
  const via = isHelper ? ` (used by way of ${chain.join(' → ')})` : '';
  const subject = isHelper ? 'a function that a server function uses' : 'a server function';
  const context: Context = {
    meaning: meaningAround(node, isHelper),
    privateNames: new Set(),
    refuse: (code, where, what, instead) =>
      diagnostics.error(code, where, `${what} cannot be used in ${subject}${via}: ${instead}`),
  };
  if (!isFunction(node)) return check(node, context);
  forEachChild(node, (child, key) => {
    if (key !== 'key' && key !== 'id') check(child, context);
  });
}

/** A server function has no `this`: it is called on no object. A plain helper may have one. */
function meaningAround(node: Node, isHelper: boolean): Meaning {
  const isPlain = isFunction(node) && node.type !== 'ArrowFunctionExpression';
  return {this: isHelper && isPlain, arguments: isPlain, await: isFunction(node)};
}

function check(node: Node, context: Context): void {
  const visitor = VISITORS[node.type];
  if (visitor) visitor(node, context);
  else if (isFunction(node)) checkFunction(node, context);
  else checkChildren(node, context);
}

function checkChildren(node: Node, context: Context): void {
  forEachChild(node, (child) => check(child, context));
}

function checkFunction(node: FunctionNode, outer: Context): void {
  const inner = {...outer, meaning: meaningInside(node, outer.meaning)};
  forEachChild(node, (child, key) => {
    // A computed key and decorators are evaluated outside of the method.
    if (key !== 'key' && key !== 'decorators') check(child, inner);
    else if (key === 'decorators' || node['computed']) check(child, outer);
  });
}

function meaningInside(node: FunctionNode, outer: Meaning): Meaning {
  return node.type === 'ArrowFunctionExpression'
    ? {...outer, await: true}
    : {this: true, arguments: true, await: true};
}

/** What each type of node asks of its context; a visitor looks into the node's children itself. */
const VISITORS: Record<string, (node: Node, context: Context) => void> = {
  ThisExpression: checkThis,
  JSXIdentifier(node, context) {
    if (node['name'] === 'this') checkThis(node, context);
  },
  Super(node, {meaning, refuse}) {
    if (meaning.this) return;
    const instead =
      'the object stays behind when the browser calls it. Call a function of the module instead.';
    refuse('super', node, '"super"', instead);
  },
  MetaProperty(node, {meaning, refuse}) {
    if (node['meta'].name !== 'new' || meaning.this) return;
    refuse('new-target', node, '"new.target"', 'it is never called with "new".');
  },
  Identifier(node, {meaning, refuse}) {
    if (node['name'] !== 'arguments' || meaning.arguments) return;
    const what = 'The "arguments" of the function around it';
    refuse('arguments', node, what, 'write them as named parameters there.');
  },
  CallExpression(node, context) {
    if (isDirectEval(node)) {
      const instead =
        'it could use variables that the compiler cannot see. Call (0, eval)(...), or better a function.';
      context.refuse('eval', node, 'A direct call of "eval"', instead);
    }
    checkChildren(node, context);
  },
  PrivateName(node, {privateNames, refuse}) {
    const {name} = node['id'];
    if (privateNames.has(name)) return;
    const instead =
      'its class stays behind when the browser calls it. Read the member outside and use the variable.';
    refuse('private-name', node, `The private name "#${name}"`, instead);
  },
  ClassDeclaration: checkClass,
  ClassExpression: checkClass,
  AwaitExpression: checkAwait,
  YieldExpression: checkAwait,
  MemberExpression: checkMember,
  OptionalMemberExpression: checkMember,
  JSXAttribute(node, context) {
    if (node['value']) check(node['value'], context);
  },
  ObjectProperty(node, context) {
    if (node['computed']) check(node['key'], context);
    check(node['value'], context);
  },
  ClassProperty: checkField,
  ClassPrivateProperty: checkField,
  ClassAccessorProperty: checkField,
  StaticBlock(node, context) {
    checkChildren(node, {...context, meaning: IN_CLASS});
  },
};

function checkThis(node: Node, {meaning, refuse}: Context): void {
  if (meaning.this) return;
  const instead =
    'the object stays behind when the browser calls it. Pass what is needed as an argument.';
  refuse('this', node, '"this"', instead);
}

function checkClass(node: Node, context: Context): void {
  const privateNames = new Set([...context.privateNames, ...privateMembers(node)]);
  checkChildren(node, {...context, privateNames});
}

function checkAwait(node: Node, context: Context): void {
  if (!context.meaning.await) {
    const what = `"${node.type === 'AwaitExpression' ? 'await' : 'yield'}" in a class body`;
    const instead =
      'the class is rebuilt beside the function. Put the value into a variable before the class.';
    context.refuse('await', node, what, instead);
  }
  checkChildren(node, context);
}

function checkMember(node: Node, context: Context): void {
  check(node['object'], context);
  const {property} = node as Node & {property: Node};
  if (node['computed'] || property.type === 'PrivateName') check(property, context);
}

function checkField(node: Node, context: Context): void {
  if (node['computed']) check(node['key'], context);
  if (node['value']) check(node['value'], {...context, meaning: IN_CLASS});
}

function privateMembers(node: Node): string[] {
  return (node['body'].body as Node[])
    .filter(({key}) => key?.type === 'PrivateName')
    .map(({key}) => key.id.name);
}
