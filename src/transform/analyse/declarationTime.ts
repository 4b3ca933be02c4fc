import {forEachChild, isFunction, staticKey, unwrapExpression, type Node} from '../ast.ts';

/**
 * Whether a class does something when it is declared that another declaration of the same text, later
 * and elsewhere, may do otherwise: static blocks, computed keys, and static fields that are no plain
 * values or that its own static methods assign to.
 */
export function evaluatesWhenDeclared({body}: Node, isConstant: IsConstant): boolean {
  const members: Node[] = body.body;
  return members.some((member) => {
    if (member.type === 'StaticBlock') return true;
    if (member['computed'] && staticKey(member) === null) return true;
    const isStaticField = member['static'] && !isFunction(member);
    return (
      isStaticField && (!isPlainValue(member['value'], isConstant) || members.some(assignsToStatic))
    );
  });
}

/** Whether every member of an enum is a plain value, or follows from its place. */
export function isConstantEnum(node: Node, isConstant: IsConstant): boolean {
  const members: Node[] = node['members'] ?? node['body'].members;
  return members.every(({initializer}) => isPlainValue(initializer, isConstant));
}

/** Whether an identifier names what never changes. */
type IsConstant = (identifier: Node) => boolean;

/** Whether an expression gives the same wherever and whenever it is evaluated. */
function isPlainValue(value: Node | null | undefined, isConstant: IsConstant): boolean {
  if (!value) return true;
  const inner = unwrapExpression(value);
  const arePlain = (...parts: Node[]) => parts.every((part) => isPlainValue(part, isConstant));
  switch (inner.type) {
    case 'Identifier':
      return isConstant(inner);
    case 'UnaryExpression':
      return arePlain(inner['argument']);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return arePlain(inner['left'], inner['right']);
    case 'ConditionalExpression':
      return arePlain(inner['test'], inner['consequent'], inner['alternate']);
    case 'TemplateLiteral':
      return arePlain(...inner['expressions']);
    case 'RegExpLiteral':
      return false;
    default:
      return isFunction(inner) || /Literal$/.test(inner.type);
  }
}

/** `static next() { return this.count++; }` */
function assignsToStatic(member: Node): boolean {
  return Boolean(member['static']) && isFunction(member) && assignsToThis(member);
}

function assignsToThis(node: Node): boolean {
  const target: Node | undefined =
    node.type === 'AssignmentExpression'
      ? node['left']
      : node.type === 'UpdateExpression'
        ? node['argument']
        : undefined;
  if (target?.type === 'MemberExpression' && target['object'].type === 'ThisExpression')
    return true;
  let found = false;
  forEachChild(node, (child) => (found ||= assignsToThis(child)));
  return found;
}
