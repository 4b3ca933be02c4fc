import {forEachChild, isFunction, staticKey, type FunctionNode, type Node} from '../ast.ts';
import type {Diagnostics} from '../diagnostics.ts';
import type {InlineFunction} from './directives.ts';

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
      `The server function "${name}" stands in a "with" statement, where nobody can see which variables it uses. Move it out, and read what it needs into variables.`,
    );
  }
  checkKind(node, name, ancestors, directive, diagnostics);
  if (diagnostics.list.length === before) checkBody(node, [name], diagnostics);
  return diagnostics.list.length === before;
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
  if (node.type === 'ClassPrivateMethod' || (node.type === 'ClassMethod' && !node.static)) {
    diagnostics.error(
      'instance-method',
      directive,
      `The method "${name}" cannot be a server function: the object it belongs to stays behind when the browser calls it. Make it a static method or a function, and pass what it needs as arguments.`,
    );
  } else if (node.type === 'ClassMethod' && (node.decorators?.length ?? 0) > 0) {
    diagnostics.error(
      'decorated-method',
      node.decorators![0] as Node,
      `A decorator of the server function "${name}" would not run when the browser calls it. Call what it does inside the function.`,
    );
  } else if (node.type === 'ClassMethod' && node.computed && node.key.type !== 'StringLiteral') {
    diagnostics.error(
      'computed-static-method',
      directive,
      'A static method whose name is computed cannot be a server function. Give it a plain name.',
    );
  } else if (isUnnamedFieldValue(node, ancestors.at(-1)!)) {
    diagnostics.error(
      'computed-static-method',
      directive,
      'A field whose name is computed cannot hold a server function without a name of its own: it would lose the name that it gets from the field. Give the field a plain name, or the function one.',
    );
  } else if (ancestors.at(-1)?.type === 'ClassPrivateProperty') {
    diagnostics.error(
      'instance-method',
      directive,
      `The private field "${name}" cannot hold a server function. Move the function out of the class.`,
    );
  }
}

/** `static [key] = async () => {}`: its name is the value of `key`, which only the run knows. */
function isUnnamedFieldValue(node: FunctionNode, parent: Node): boolean {
  return parent.type === 'ClassProperty' && staticKey(parent) === null && !node['id'];
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

/**
 * Refuses what is tied to the place where a function stands: `this`, `super`, `new.target`, the
 * `arguments` of another function, names of a private member, and direct `eval`, whose names
 * nobody can see.
 *
 * @param chain names from the server function to this one, when it is a helper of it
 */
export function checkBody(node: Node, chain: readonly string[], diagnostics: Diagnostics): void {
  const isHelper = chain.length > 1;
  const via = isHelper ? ` (used by way of ${chain.join(' → ')})` : '';
  const subject = isHelper ? 'a function that a server function uses' : 'a server function';
  let privateNames: ReadonlySet<string> = new Set();

  const refuse = (code: string, where: Node, what: string, instead: string) =>
    diagnostics.error(code, where, `${what} cannot be used in ${subject}${via}: ${instead}`);

  const visit = (child: Node, meaning: Meaning): void => {
    switch (child.type) {
      case 'ThisExpression':
      case 'JSXIdentifier':
        if ((child.type === 'ThisExpression' || child['name'] === 'this') && !meaning.this) {
          refuse(
            'this',
            child,
            '"this"',
            'the object stays behind when the browser calls it. Pass what is needed as an argument.',
          );
        }
        return;
      case 'Super':
        if (!meaning.this) {
          refuse(
            'super',
            child,
            '"super"',
            'the object stays behind when the browser calls it. Call a function of the module instead.',
          );
        }
        return;
      case 'MetaProperty':
        if (child['meta'].name === 'new' && !meaning.this) {
          refuse('new-target', child, '"new.target"', 'it is never called with "new".');
        }
        return;
      case 'Identifier':
        if (child['name'] === 'arguments' && !meaning.arguments) {
          refuse(
            'arguments',
            child,
            'The "arguments" of the function around it',
            'write them as named parameters there.',
          );
        }
        return;
      case 'CallExpression':
        if (child['callee'].type === 'Identifier' && child['callee'].name === 'eval') {
          refuse(
            'eval',
            child,
            'A direct call of "eval"',
            'it could use variables that nobody can see. Call (0, eval)(...), or better a function.',
          );
        }
        break;
      case 'PrivateName':
        if (!privateNames.has(child['id'].name)) {
          refuse(
            'private-name',
            child,
            `The private name "#${child['id'].name}"`,
            'its class stays behind when the browser calls it. Read the member outside and use the variable.',
          );
        }
        return;
      case 'ClassDeclaration':
      case 'ClassExpression': {
        const outerNames = privateNames;
        privateNames = new Set([...outerNames, ...privateMembers(child)]);
        forEachChild(child, (inner) => visit(inner, meaning));
        privateNames = outerNames;
        return;
      }
      case 'AwaitExpression':
      case 'YieldExpression':
        if (!meaning.await) {
          refuse(
            'await',
            child,
            `"${child.type === 'AwaitExpression' ? 'await' : 'yield'}" in a class body`,
            'the class is built again beside the function. Put the value into a variable before the class.',
          );
        }
        break;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        visit(child['object'], meaning);
        if (child['computed'] || child['property'].type === 'PrivateName') {
          visit(child['property'], meaning);
        }
        return;
      case 'JSXAttribute':
        if (child['value']) visit(child['value'], meaning);
        return;
      case 'ObjectProperty':
        if (child['computed']) visit(child['key'], meaning);
        return visit(child['value'], meaning);
      case 'ClassProperty':
      case 'ClassPrivateProperty':
      case 'ClassAccessorProperty':
        if (child['computed']) visit(child['key'], meaning);
        if (child['value']) visit(child['value'], IN_CLASS);
        return;
      case 'StaticBlock':
        return forEachChild(child, (inner) => visit(inner, IN_CLASS));
    }
    if (isFunction(child)) return visitFunction(child, meaning);
    forEachChild(child, (inner) => visit(inner, meaning));
  };

  const visitFunction = (child: FunctionNode, outer: Meaning): void =>
    forEachChild(child, (inner, key) => {
      // A computed key and decorators are evaluated outside of the method.
      if (key === 'key' || key === 'decorators') {
        if (key === 'decorators' || child['computed']) visit(inner, outer);
      } else {
        visit(inner, meaningInside(child, outer));
      }
    });

  // The function itself has no `this`: it is called by nobody's object. A plain helper may have one.
  const own: Meaning = isFunction(node)
    ? {
        this: isHelper && node.type !== 'ArrowFunctionExpression',
        arguments: node.type !== 'ArrowFunctionExpression',
        await: true,
      }
    : {this: false, arguments: false, await: false};
  if (isFunction(node)) {
    forEachChild(node, (child, key) => {
      if (key !== 'key' && key !== 'id') visit(child, own);
    });
  } else {
    visit(node, own);
  }
}

function meaningInside(node: FunctionNode, outer: Meaning): Meaning {
  return node.type === 'ArrowFunctionExpression'
    ? {...outer, await: true}
    : {this: true, arguments: true, await: true};
}

function privateMembers(node: Node): string[] {
  return (node['body'].body as Node[])
    .filter(({key}) => key?.type === 'PrivateName')
    .map(({key}) => key.id.name);
}
