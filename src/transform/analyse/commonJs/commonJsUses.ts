import {forEachChild, isFunction, type Node} from '../../ast.ts';
import {runsAtLoad} from '../scopes/assignments.ts';
import {memberName, ofObject} from './exportsObject.ts';
import {isAssigned, isChangedByCall, isReference} from '../scopes/nameUse.ts';
import {analyzeStatement} from '../scopes/analyzeStatement.ts';

/**
 * Finds where else the module writes to its exports, or gives the object away: in a branch, a loop or a function,
 * under a computed name, by `Object.assign(exports, …)`. What that exports only the run knows.
 *
 * @param understood uses that need no further look
 * @param aliases names of the object that is exported
 */
export function hiddenUses(
  program: Node,
  understood: ReadonlySet<Node>,
  aliases: ReadonlySet<string>,
): Node[] {
  return (program['body'] as Node[]).flatMap((statement) => {
    const found: [use: Node, identifier: Node][] = [];
    const ancestors: Node[] = [program];
    const visit = (node: Node, key: string) => {
      const isName =
        node.type === 'Identifier' && (node['name'] === 'module' || aliases.has(node['name']));
      if (isName && isReference(node, ancestors.at(-1)!, key)) {
        const use = hiddenUse(node, ancestors);
        if (use && !understood.has(use)) found.push([use, node]);
      }
      ancestors.push(node);
      forEachChild(node, visit);
      ancestors.pop();
    };
    visit(statement, 'body');
    if (found.length === 0) return [];
    // A parameter called `exports` is another object.
    const {references} = analyzeStatement(statement);
    const free = new Set(references.filter(({binding}) => !binding).map(({node}) => node));
    return found.filter(([, identifier]) => free.has(identifier)).map(([use]) => use);
  });
}

/** What of `exports` or `module` is assigned or given away; `null` when it is only read. */
function hiddenUse(identifier: Node, ancestors: readonly Node[]): Node | null {
  let node = identifier;
  let i = ancestors.length - 1;
  const member = () => {
    const parent = ancestors[i]!;
    return parent.type === 'MemberExpression' && parent['object'] === node ? parent : null;
  };
  if (node['name'] === 'module' && member()) {
    // `module.id`, `module.children` and the like export nothing.
    if (memberName(member()!) !== 'exports') return null;
    node = ancestors[i--]!;
  }
  const isWhole = !member();
  if (!isWhole) node = ancestors[i--]!;
  const user = ancestors[i]!;
  if (isAssigned(node, ancestors.slice(0, i + 1)) || isDeleted(user)) return node;
  if (!isWhole || !GIVES_AWAY.has(user.type) || isOnlyRead(node, user)) return null;
  if (isChangedByCall(node, user)) return node;
  // A function that is called later may pass them around as a value, `run(module.exports)`; and tools that
  // replace modules are given `module` in a function.
  const isLater = node['name'] === 'module' ? ancestors.some(isFunction) : !runsAtLoad(ancestors);
  return isLater ? null : node;
}

/** `const {save} = exports`, `Object.keys(exports)`; and the variable that is declared is no use of it. */
function isOnlyRead(node: Node, {type, id, callee}: Node): boolean {
  if (type === 'CallExpression') return ofObject(callee, READS);
  return type === 'VariableDeclarator' && (id === node || id.type === 'ObjectPattern');
}

const READS = /^(?:entries|freeze|get\w+|hasOwn|is\w+|keys|preventExtensions|seal|values)$/;

function isDeleted({type, operator}: Node): boolean {
  return type === 'UnaryExpression' && operator === 'delete';
}

/** What can do with a value whatever it likes. Comparisons and `typeof` cannot. */
const GIVES_AWAY = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AssignmentPattern',
  'CallExpression',
  'ConditionalExpression',
  'LogicalExpression',
  'NewExpression',
  'ObjectProperty',
  'ReturnStatement',
  'SequenceExpression',
  'SpreadElement',
  'VariableDeclarator',
]);
