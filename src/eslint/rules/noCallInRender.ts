import type {Rule, SourceCode} from 'eslint';
import {documentationOf} from '../package.ts';
import {isModuleOf} from '../directives.ts';
import {importedValue} from '../importedValues.ts';
import {isServerFunction} from '../serverFunctions.ts';
import {contains, isFunction, listener, walk, type Node} from '../syntaxTree.ts';
import {lastName, unwrap, WRAPPERS} from '../../validation/syntax.ts';

/** Reports calls of imported server functions while a client component renders. */
export const noCallInRender: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow calls of server functions while a client component renders',
      recommended: true,
      url: documentationOf('no-call-in-render'),
    },
    schema: [],
    messages: {
      called:
        'This server function is called whenever {{name}} renders: React refuses it while HTML is made, and in the browser each rendering sends a request. Call it in an event handler, an action or an effect.',
    },
  },
  create(context) {
    const {sourceCode} = context;
    const program = sourceCode.ast as unknown as Node;
    // In a Server Component the same call is an ordinary one.
    if (program.type !== 'Program' || !isClientModule(program)) return {};
    const check = (serverFunction: Node, call: Node) => {
      if (!importedValue(serverFunction, sourceCode)) return;
      const component = renderedFunction(call, sourceCode);
      if (!component || !isServerFunction(serverFunction, context)) return;
      const data = {name: nameOf(component)!};
      context.report({node: serverFunction as never, messageId: 'called', data});
    };
    return listener({
      CallExpression(node) {
        check(node['callee'], node);
        const initializer = node['arguments'][initializerIndex(node)];
        if (initializer && !isFunction(initializer)) check(initializer, node);
      },
    });
  },
};

/** What React has in Server Components too. */
const HOOKS_OF_BOTH = new Set(['use', 'useCallback', 'useDebugValue', 'useId', 'useMemo']);

/** Whether a module can only run in the browser or for HTML: it says so, or uses what only clients have. */
function isClientModule(program: Node): boolean {
  if (isModuleOf('use client', program)) return true;
  return (program['body'] as Node[]).some(
    ({type, source, specifiers}) =>
      type === 'ImportDeclaration' &&
      (source.value === 'react-dom/client' ||
        (source.value === 'react' &&
          (specifiers as Node[]).some(({imported}) => isClientHook(imported?.name)))),
  );
}

function isClientHook(name: string | undefined): boolean {
  return name !== undefined && /^use[A-Z]/.test(name) && !HOOKS_OF_BOTH.has(name);
}

/** The component or hook that certainly makes a call each time it renders. */
function renderedFunction(call: Node, sourceCode: SourceCode): Node | null {
  for (let node = call; node.parent; node = node.parent) {
    const {parent} = node;
    if (isFunction(parent)) {
      if (parent['async'] || parent['generator']) return null;
      if (isComponentOrHook(parent, sourceCode)) return parent;
      const outer = parent.parent!;
      const isInitializer =
        outer.type === 'CallExpression' && outer['arguments'][initializerIndex(outer)] === parent;
      if (!isInitializer) return null;
    } else if (isConditional(node, parent) || followsReturn(node, parent, sourceCode)) {
      return null;
    }
  }
  return null;
}

/** Which argument of a hook React calls while it renders. */
function initializerIndex({callee}: Node): number {
  const name = lastName(callee);
  if (name === 'useState' || name === 'useMemo') return 0;
  return name === 'useReducer' ? 2 : -1;
}

/** What may be kept from one rendering to the next: `promises[id] ??= readNote(id)`. */
function isConditional(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return node !== parent['test'];
    case 'LogicalExpression':
      return node === parent['right'];
    case 'AssignmentExpression':
      return parent['operator'].length === 3;
    default:
      return parent.type === 'SwitchCase' || parent.type === 'CatchClause';
  }
}

/** `if (notes.has(id)) return notes.get(id);` before it. */
function followsReturn(node: Node, {type, body}: Node, sourceCode: SourceCode): boolean {
  if (type !== 'BlockStatement') return false;
  const earlier = (body as Node[]).slice(0, body.indexOf(node));
  return earlier.some((statement) => mayReturn(statement, sourceCode));
}

function mayReturn(statement: Node, sourceCode: SourceCode): boolean {
  let isFound = false;
  walk(statement, sourceCode, (node) => {
    isFound ||= node.type === 'ReturnStatement';
    return !isFound && !isFunction(node);
  });
  return isFound;
}

function isComponentOrHook(fn: Node, sourceCode: SourceCode): boolean {
  const name = nameOf(fn);
  if (name === null) return false;
  if (/^use[A-Z0-9]/.test(name)) return true;
  return /^[A-Z]/.test(name) && contains(fn['body'], sourceCode, isOfComponents);
}

function isOfComponents(node: Node): boolean {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return true;
  return node.type === 'CallExpression' && /^use(?:[A-Z]|$)/.test(lastName(node['callee']) ?? '');
}

/** The name of a function or of the variable that holds it, also in `memo(…)`. */
function nameOf(fn: Node): string | null {
  if (fn['id']) return fn['id'].name;
  let node = fn;
  while (node.parent && (WRAPPERS.has(node.parent.type) || isMemo(node.parent))) node = node.parent;
  const {parent} = node;
  const isNamed = parent?.type === 'VariableDeclarator' && parent['id'].type === 'Identifier';
  return isNamed ? parent['id'].name : null;
}

function isMemo(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    ['memo', 'forwardRef'].includes(lastName(unwrap(node['callee'])) ?? '')
  );
}
