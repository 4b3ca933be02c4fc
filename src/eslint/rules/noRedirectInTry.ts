import type {Rule, SourceCode} from 'eslint';
import {documentationOf} from '../package.ts';
import {importedValue} from '../importedValues.ts';
import {isFunction, listener, variableOf, walk, type Node} from '../syntaxTree.ts';
import {lastName, unwrap} from '../../validation/syntax.ts';

const SERVER = 'use-server-webpack-plugin/server';

/** What each helper throws, and the classes above it. */
const THROWN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['redirect', new Set(['RedirectError', 'Interruption', 'Error'])],
  ['notFound', new Set(['NotFoundError', 'Interruption', 'Error'])],
]);

/** Reports `redirect()` and `notFound()` where a `catch` would take what they throw. */
export const noRedirectInTry: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow redirect() and notFound() in a try block whose catch does not rethrow',
      recommended: true,
      url: documentationOf('no-redirect-in-try'),
    },
    schema: [],
    messages: {
      caught:
        '{{helper}}() ends the function by throwing, and the catch in line {{line}} takes what it throws. Call it after the try block, or begin the catch block with "if ({{error}} instanceof Interruption) throw {{error}};" (Interruption is an export of use-server-webpack-plugin/server).',
    },
  },
  create(context) {
    const {sourceCode} = context;
    return listener({
      CallExpression(node) {
        const imported = importedValue(node['callee'], sourceCode);
        const thrown = imported?.source === SERVER && THROWN.get(imported.name);
        if (!thrown) return;
        const handler = swallowingCatch(node, thrown, sourceCode);
        if (!handler) return;
        const error = handler['param']?.type === 'Identifier' ? handler['param'].name : 'error';
        const data = {helper: imported.name, line: String(handler.loc.start.line), error};
        context.report({node: node as never, messageId: 'caught', data});
      },
    });
  },
};

/** The nearest `catch` in the same function that ends what a call throws. */
function swallowingCatch(
  call: Node,
  thrown: ReadonlySet<string>,
  sourceCode: SourceCode,
): Node | null {
  for (let node = call; node.parent && !isFunction(node); node = node.parent) {
    const {parent} = node;
    const handler = parent.type === 'TryStatement' && node === parent['block'] && parent['handler'];
    if (handler && !rethrows(handler, thrown, sourceCode)) return handler;
  }
  return null;
}

/** Whether the error may get out of a `catch`: only what certainly keeps it there is reported. */
function rethrows(handler: Node, thrown: ReadonlySet<string>, sourceCode: SourceCode): boolean {
  const {param} = handler;
  // Parts of an error cannot be thrown again, and what names no error cannot either.
  if (param?.type !== 'Identifier') return false;
  const isError = (node: Node | null): boolean =>
    node?.type === 'Identifier' &&
    node['name'] === param.name &&
    variableOf(node, sourceCode)?.defs[0]?.name === param;
  let isFound = false;
  walk(handler['body'], sourceCode, (node) => {
    if (isFunction(node)) return false;
    isFound ||= leavesBy(node, isError) && !isForOthers(node, handler, thrown, isError);
    return !isFound;
  });
  return isFound;
}

/** `throw error`, `rethrow(error)` or `Promise.reject(error)`. */
function leavesBy(node: Node, isError: (node: Node | null) => boolean): boolean {
  if (node.type === 'ThrowStatement') return isError(unwrap(node['argument']));
  if (node.type !== 'CallExpression' || !isError(node['arguments'][0])) return false;
  return /rethrow|throw_?if|^reject$/i.test(lastName(node['callee']) ?? '');
}

/** Whether a statement runs for errors of another class only: `if (error instanceof DatabaseError) throw error;` */
function isForOthers(
  node: Node,
  handler: Node,
  thrown: ReadonlySet<string>,
  isError: (node: Node | null) => boolean,
): boolean {
  for (let child = node; child.parent && child !== handler; child = child.parent) {
    const {type, test, consequent} = child.parent;
    if (type !== 'IfStatement' || child !== consequent) continue;
    const isClassTest =
      test.type === 'BinaryExpression' && test.operator === 'instanceof' && isError(test.left);
    if (isClassTest && !thrown.has(lastName(test.right) ?? '')) return true;
  }
  return false;
}
