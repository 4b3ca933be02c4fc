import {VISITOR_KEYS, type Node, type Program} from '@babel/types';

type Tree = {[key: string]: unknown} & {type: string};

/** The statements of a program as data: without what the compiler puts in, and without places. */
export function withoutRegistrations({body}: Program): unknown[] {
  return body.filter((statement) => !isMade(statement)).map((statement) => tree(statement));
}

const MADE = /^\$\$(?:register|provide|pickMembers|callInlineFunction)/;

/** Statements of the compiler: imports, registrations and exported copies. */
function isMade(statement: Node): boolean {
  switch (statement.type) {
    case 'EmptyStatement':
      return true;
    case 'ImportDeclaration':
      return statement.source.value === 'use-server-webpack-plugin/runtime';
    case 'ExportNamedDeclaration':
      return statement.declaration
        ? isMade(statement.declaration)
        : JSON.stringify(statement.specifiers).includes('"$$');
    case 'FunctionDeclaration':
      return statement.id!.name.startsWith('$$') && statement.id!.name !== '$$default';
    case 'VariableDeclaration':
      return /^\{?\$\$|"name":"\$\$/.test(JSON.stringify(statement.declarations[0]!.id));
    case 'StaticBlock':
      return statement.body.length > 0 && statement.body.every(isMade);
    case 'ExpressionStatement':
      return (
        isRegistration(statement.expression) ||
        isExportAssignment(statement.expression) ||
        isStrictExport(statement.expression)
      );
    default:
      return false;
  }
}

function isRegistration(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    MADE.test(node.callee.name)
  );
}

function isExportAssignment(node: Node): boolean {
  return node.type === 'AssignmentExpression' && JSON.stringify(node.left).includes('"name":"$$');
}

/** `(() => { "use strict"; module.exports.$$Page$save = $$Page$save; })()` */
function isStrictExport(node: Node): boolean {
  const callee = node.type === 'CallExpression' ? node.callee : null;
  return (
    callee?.type === 'ArrowFunctionExpression' &&
    callee.body.type === 'BlockStatement' &&
    callee.body.body.length > 0 &&
    callee.body.body.every(isMade)
  );
}

/** What is registered: `provideOriginal(copy, register(fn))` holds it inside. */
function registered(call: any): any {
  const [first, second] = call.arguments;
  if (!call.callee.name.includes('provideOriginal')) return first;
  return isRegistration(second) ? registered(second) : second;
}

function tree(node: Node): unknown {
  if (isRegistration(node)) return tree(registered(node));
  // `...registerMethod({a() {}})` stands for the method.
  if (node.type === 'SpreadElement' && isRegistration(node.argument)) {
    return tree(registered(node.argument).properties[0]);
  }
  if (node.type === 'Identifier' && node.name.startsWith('$$default')) return null;
  const result: Tree = {type: node.type};
  for (const [key, value] of Object.entries(node)) {
    if (IGNORED.has(key)) continue;
    result[key] = valueOf(value);
  }
  return result;
}

const IGNORED = new Set(
  'start end loc extra errors directives leadingComments trailingComments innerComments'.split(' '),
);

function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !(item && isMade(item))).map(valueOf);
  }
  const isNode =
    value !== null && typeof value === 'object' && (value as Tree).type in VISITOR_KEYS;
  return isNode ? tree(value as Node) : value;
}
