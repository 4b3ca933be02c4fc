import {isTypeWrapper, nameOrValue, type Node} from '../../ast.ts';

/*
 * What an identifier does where it stands: whether it uses a name at all, whether it assigns to it, and
 * which members of the value it reads.
 */

/** Finds the member path that is read of the value, up to where something needs the value itself. */
export function usedPath(
  node: Node,
  ancestors: readonly Node[],
): {path: string[]; isMemberWrite: boolean} {
  const path: string[] = [];
  let current = node;
  let i = ancestors.length - 1;
  let lastMember: Node | null = null;
  for (; i >= 0; i--) {
    const parent = ancestors[i]!;
    if (isTypeWrapper(parent)) {
      current = parent;
      continue;
    }
    const step = memberStep(parent, current);
    if (step === undefined) break;
    if (step === null) return {path, isMemberWrite: isChangedMember(ancestors, i)};
    path.push(step);
    current = parent;
    lastMember = parent;
  }
  const user = ancestors[i];
  if (user && isChangedByCall(current, user)) return {path: [], isMemberWrite: true};
  if (!lastMember) return {path, isMemberWrite: false};
  if (user && isTarget(current, user, ancestors[i - 1])) return {path: [], isMemberWrite: true};
  // `note.save()` needs `note` itself as the receiver.
  if (user && isCalled(current, user)) path.pop();
  return {path, isMemberWrite: false};
}

/** The key that `member` reads of `object`; `null` when only the run knows it; else `undefined`. */
function memberStep(member: Node, object: Node): string | null | undefined {
  if (member.type === 'JSXMemberExpression') {
    return member['object'] === object ? member['property'].name : undefined;
  }
  if (member.type !== 'MemberExpression' && member.type !== 'OptionalMemberExpression') {
    return undefined;
  }
  if (member['object'] !== object) return undefined;
  const {property} = member as Node & {property: Node};
  const isName = member['computed']
    ? property.type === 'StringLiteral'
    : property.type === 'Identifier';
  // React drops a key `__proto__` when it parses; the prototype comes with the value itself.
  return isName && nameOrValue(property) !== '__proto__' ? nameOrValue(property) : null;
}

/** `note[i].x = 1`: is the member whose key only the run knows changed, itself or deeper? */
function isChangedMember(ancestors: readonly Node[], index: number): boolean {
  let current = ancestors[index]!;
  for (let i = index - 1; i >= 0; i--) {
    const parent = ancestors[i]!;
    if (isTarget(current, parent, ancestors[i - 1])) return true;
    if (!isTypeWrapper(parent) && memberStep(parent, current) === undefined) return false;
    current = parent;
  }
  return false;
}

const CHANGING_METHODS =
  /^(?:Object|Reflect)\.(?:assign|define\w+|deleteProperty|set|setPrototypeOf)$/;

/** Whether a call changes its first argument, as `Object.assign(note, …)` and `Reflect.set(note, …)` do. */
export function isChangedByCall(node: Node, user: Node): boolean {
  if (user.type !== 'CallExpression' || user['arguments'][0] !== node) return false;
  const {object, property} = user['callee'] as {object?: Node; property?: Node};
  return CHANGING_METHODS.test(`${object?.['name']}.${property?.['name']}`);
}

function isCalled(node: Node, user: Node): boolean {
  return (
    ((user.type === 'CallExpression' || user.type === 'OptionalCallExpression') &&
      user['callee'] === node) ||
    (user.type === 'TaggedTemplateExpression' && user['tag'] === node)
  );
}

/** Whether `user` assigns to, updates or deletes `node`. */
function isTarget(node: Node, user: Node, aboveUser: Node | undefined): boolean {
  switch (user.type) {
    case 'AssignmentExpression':
      return user['left'] === node;
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return user['operator'] === 'delete';
    case 'ForInStatement':
    case 'ForOfStatement':
      return user['left'] === node;
    case 'AssignmentPattern':
      return user['left'] === node;
    case 'ObjectProperty':
      return user['value'] === node && aboveUser?.type === 'ObjectPattern';
    case 'RestElement':
    case 'ArrayPattern':
      return true;
    default:
      return false;
  }
}

/** Whether the identifier stands in the pattern or place that an assignment fills. */
export function isAssigned(node: Node, ancestors: readonly Node[]): boolean {
  let current = node;
  for (let i = ancestors.length - 1; i >= 0; i--) {
    const parent = ancestors[i]!;
    switch (parent.type) {
      case 'AssignmentExpression':
        return parent['left'] === current;
      case 'UpdateExpression':
        return true;
      case 'ForInStatement':
      case 'ForOfStatement':
        return parent['left'] === current;
      case 'AssignmentPattern':
        if (parent['left'] !== current) return false;
        break;
      case 'ObjectProperty':
        if (parent['value'] !== current) return false;
        if (ancestors[i - 1]?.type !== 'ObjectPattern') return false;
        break;
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
        break;
      default:
        if (!isTypeWrapper(parent)) return false;
    }
    current = parent;
  }
  return false;
}

/** Nodes whose own identifiers are keys, labels or names that they declare. */
const WITHOUT_REFERENCES = new Set([
  'PrivateName',
  'MetaProperty',
  'LabeledStatement',
  'BreakStatement',
  'ContinueStatement',
  'ExportDefaultSpecifier',
  'ExportNamespaceSpecifier',
  'ImportSpecifier',
  'ImportDefaultSpecifier',
  'ImportNamespaceSpecifier',
  'ImportAttribute',
  'JSXAttribute',
  'JSXNamespacedName',
]);

/** Whether the identifier uses a name, and does not declare one or spell a key or a label. */
export function isReference(node: Node, parent: Node, key: string): boolean {
  if (WITHOUT_REFERENCES.has(parent.type)) return false;
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return key === 'object' || parent['computed'];
    case 'ObjectProperty':
      // In `{a}` key and value are the same text, and Babel visits both.
      return key === 'value' || parent['computed'];
    case 'ClassProperty':
    case 'ClassAccessorProperty':
      return key === 'value' || parent['computed'];
    case 'ClassPrivateProperty':
      return key === 'value';
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return key !== 'key' || parent['computed'];
    case 'ExportSpecifier':
      return key === 'local';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return key !== 'id';
    case 'TSEnumDeclaration':
    case 'TSEnumMember':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      return key === 'initializer' || key === 'moduleReference';
    case 'JSXMemberExpression':
      return key === 'object';
    case 'JSXOpeningElement':
    case 'JSXClosingElement':
      // `<div>` is a string, `<Row>` and `<row.Cell>` are names (JSX specification).
      return /^[^a-z]/.test(node['name']);
    default:
      return node.type === 'Identifier';
  }
}
