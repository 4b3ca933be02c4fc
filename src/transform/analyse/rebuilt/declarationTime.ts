import {
  isClass,
  isFunction,
  isKeepNamesCall,
  staticKey,
  unwrapExpression,
  type Node,
} from '../../ast.ts';
import type {ModuleCode} from '../values/moduleCode.ts';
import type {Binding} from '../scopes/scope.ts';

/**
 * Finds what a class evaluates when it is declared and what another declaration of the same text, later
 * and elsewhere, may evaluate to something else: decorators, a base that is computed or assigned again,
 * static blocks, computed keys, and static fields that are no plain values.
 *
 * @returns the first such part, or `null`
 */
export function changingPart(node: Node, code: ModuleCode): Node | null {
  const {decorators, superClass, body} = node;
  if (decorators?.length > 0) return decorators[0];
  if (superClass && !isFixedBase(superClass, code)) return superClass;
  for (const member of body.body as Node[]) {
    const part = changingPartOfMember(member, code);
    if (part) return part;
  }
  return null;
}

function changingPartOfMember(member: Node, code: ModuleCode): Node | null {
  if (member.type === 'StaticBlock') return isFixedBlock(member, code) ? null : member;
  const decorator = decoratorOf(member);
  if (decorator) return decorator;
  if (member['computed'] && staticKey(member) === null && !isFixed(member['key'], code)) {
    return member['key'];
  }
  const isStaticField = member['static'] && !isFunction(member) && member['value'];
  return isStaticField && !isFixed(member['value'], code) ? member['value'] : null;
}

function decoratorOf(member: Node): Node | null {
  const parameters: Node[] = member['params'] ?? [];
  return [member, ...parameters].flatMap(({decorators}) => decorators ?? [])[0] ?? null;
}

/** Whether every member of an enum is a plain value, or follows from its place. */
export function isConstantEnum(node: Node, code: ModuleCode): boolean {
  const members: Node[] = node['members'] ?? node['body'].members;
  return members.every(({initializer}) => !initializer || isFixed(initializer, code));
}

/**
 * Whether a static block does no more than name the class, as esbuild writes it, or set plain values, as
 * TypeScript writes static fields: `static { this.size = 10; }`.
 */
function isFixedBlock(block: Node, code: ModuleCode): boolean {
  return (block['body'] as Node[]).every((statement) => {
    if (statement.type !== 'ExpressionStatement') return statement.type === 'EmptyStatement';
    const expression: Node = statement['expression'];
    if (isKeepNamesCall(expression)) return true;
    return isStaticInitialiser(expression) && isFixed(expression['right'], code);
  });
}

/** `this.size = 10` */
function isStaticInitialiser(expression: Node): boolean {
  return (
    expression.type === 'AssignmentExpression' &&
    expression['operator'] === '=' &&
    expression['left'].type === 'MemberExpression' &&
    !expression['left'].computed &&
    expression['left'].object.type === 'ThisExpression'
  );
}

/** Whether an assignment to a member of `this` is what a static block of plain values consists of. */
export function isInStaticInitialiser(member: Node, code: ModuleCode): boolean {
  const [block, statement, assignment] = code.ancestorsOf(member).slice(-3);
  return (
    block?.type === 'StaticBlock' &&
    statement!.type === 'ExpressionStatement' &&
    isStaticInitialiser(assignment!)
  );
}

/**
 * Whether a class can be extended again later and have the same base. An import counts, though its module
 * could assign it: that does not happen to classes.
 */
function isFixedBase(base: Node, code: ModuleCode): boolean {
  const inner = unwrapExpression(base);
  switch (inner.type) {
    case 'NullLiteral':
      return true;
    case 'Identifier':
      return isImport(inner, code) || isFixedName(inner, code) || isUnknownGlobal(inner, code);
    case 'MemberExpression':
      return (
        !inner['computed'] &&
        isFixedBase(inner['object'], code) &&
        !isChangedName(inner['object'], code)
      );
    case 'ClassExpression':
      return changingPart(inner, code) === null;
    default:
      return false;
  }
}

/** `tools.Base = class {}` */
function isChangedName(object: Node, code: ModuleCode): boolean {
  if (object.type !== 'Identifier') return false;
  const binding = code.referenceAt(object)?.binding;
  return binding ? binding.isChanged : code.isChanged(object['name']);
}

function isImport(identifier: Node, code: ModuleCode): boolean {
  if (code.referenceAt(identifier)?.binding) return false;
  return code.moduleName(identifier['name'])?.kind === 'import';
}

/** Classes of the platform are globals; which there are, the source does not show. */
function isUnknownGlobal(identifier: Node, code: ModuleCode): boolean {
  const isLocal = Boolean(code.referenceAt(identifier)?.binding);
  const {name} = identifier;
  return !isLocal && !code.moduleName(name) && /^[A-Z]/.test(name) && !code.isReassigned(name);
}

/** Whether an expression gives the same wherever and whenever it is evaluated. */
export function isFixed(value: Node, code: ModuleCode): boolean {
  const inner = unwrapExpression(value);
  const areFixed = (...parts: Node[]) => parts.every((part) => isFixed(part, code));
  switch (inner.type) {
    case 'Identifier':
      return isFixedName(inner, code);
    case 'UnaryExpression':
      return inner['operator'] !== 'delete' && areFixed(inner['argument']);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return areFixed(inner['left'], inner['right']);
    case 'ConditionalExpression':
      return areFixed(inner['test'], inner['consequent'], inner['alternate']);
    case 'TemplateLiteral':
      return areFixed(...inner['expressions']);
    case 'MemberExpression':
      return isFixedMember(inner, code);
    case 'RegExpLiteral':
      return !keepsPosition(inner);
    case 'CallExpression':
      return isKeepNamesCall(inner) && areFixed(inner['arguments'][0]);
    default:
      if (isClass(inner)) return changingPart(inner, code) === null;
      return isFunction(inner) || /Literal$/.test(inner.type);
  }
}

/** Whether a pattern is global or sticky: its `lastIndex` goes on from call to call. */
export function keepsPosition({flags}: Node): boolean {
  return /[gy]/.test(flags);
}

/** Members of a global that no program changes: `Math.PI`, `Number.MAX_SAFE_INTEGER`, `Symbol.iterator`. */
function isFixedMember({object, property, computed}: Node, code: ModuleCode): boolean {
  if (object.type !== 'Identifier' || computed) return false;
  const binding = code.referenceAt(object)?.binding;
  const declared = binding ?? code.moduleName(object['name']);
  if (declared) return declared.kind === 'enum' && isFixedName(object, code);
  return `${object['name']}.${property['name']}` in FIXED_MEMBERS;
}

const FIXED_MEMBERS: Readonly<Record<string, true>> = Object.fromEntries(
  [
    ...['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2'].map(
      (key) => `Math.${key}`,
    ),
    ...['EPSILON', 'MAX_SAFE_INTEGER', 'MAX_VALUE', 'MIN_SAFE_INTEGER', 'MIN_VALUE', 'NaN'].map(
      (key) => `Number.${key}`,
    ),
    ...['NEGATIVE_INFINITY', 'POSITIVE_INFINITY'].map((key) => `Number.${key}`),
    ...['asyncDispose', 'asyncIterator', 'dispose', 'hasInstance', 'isConcatSpreadable'].map(
      (key) => `Symbol.${key}`,
    ),
    ...['iterator', 'match', 'matchAll', 'replace', 'search', 'species', 'split'].map(
      (key) => `Symbol.${key}`,
    ),
    ...['toPrimitive', 'toStringTag', 'unscopables'].map((key) => `Symbol.${key}`),
  ].map((name) => [name, true]),
);

/** Globals that no program assigns. All others may be another value each time they are read. */
const FIXED_GLOBALS = new Set(
  (
    'undefined NaN Infinity globalThis Array ArrayBuffer BigInt Blob Boolean Buffer Date Error File FormData ' +
    'Function Headers Intl JSON Map Math Number Object Promise Proxy RangeError Reflect RegExp Request ' +
    'Response Set String Symbol SyntaxError TypeError URL URLSearchParams WeakMap WeakSet console process'
  ).split(' '),
);

/** Whether a name means the same value whenever it is read, from the class or enum on that reads it. */
function isFixedName(identifier: Node, code: ModuleCode): boolean {
  const reference = code.referenceAt(identifier);
  if (!reference) return true;
  if (reference.binding) return isFixedLocal(reference.binding, identifier, code);
  const {name} = identifier;
  const declared = code.moduleName(name);
  switch (declared?.kind) {
    case 'const':
    case 'using':
      return true;
    case 'import':
      return declared.declaration.type === 'ImportNamespaceSpecifier';
    case undefined:
      return FIXED_GLOBALS.has(name) && !code.isReassigned(name);
    default:
      return !code.isReassigned(name);
  }
}

/** A `var` has another value before its declaration runs, and in a loop one after another. */
function isFixedLocal(
  {kind, declaration, isReassigned}: Binding,
  use: Node,
  code: ModuleCode,
): boolean {
  if (isReassigned) return false;
  if (kind !== 'var') return true;
  return declaration.end <= use.start && !isInLoop(declaration, code);
}

/** Whether a declaration can run more than once in one call of the function around it. */
export function isInLoop(declaration: Node, code: ModuleCode): boolean {
  const ancestors = code.ancestorsOf(declaration);
  const inFunction = ancestors.slice(ancestors.findLastIndex(isFunction) + 1);
  return inFunction.some(({type}) => /^(?:For|While|DoWhile)/.test(type));
}
