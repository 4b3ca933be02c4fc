import type {Scope, SourceCode} from 'eslint';
import {functionOf, isFunction, lastName, unwrap, WRAPPERS, type Node} from './syntaxTree.ts';
import {isValidatorCall, passesValues} from './validators.ts';

/** What becomes of a value where it stands. */
type Outcome =
  | {kind: 'checked'}
  /** It goes on in variables. */
  | {kind: 'held'; patterns: Node[]}
  | {kind: 'used'};

const CHECKED: Outcome = {kind: 'checked'};
const USED: Outcome = {kind: 'used'};

interface Code {
  sourceCode: SourceCode;
  /** Further names of validators. */
  validators: ReadonlySet<string>;
}

/**
 * Whether some check of a variable's value can be found, or of what was taken from it. One is enough: what
 * exactly it checks is not for the text to tell.
 */
export function isChecked(variable: Scope.Variable, code: Code): boolean {
  const seen = new Set<Scope.Variable>();
  const waiting = [variable];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const {identifier} of next.references.filter((reference) => reference.isRead())) {
      const outcome = outcomeOf(identifier as unknown as Node, code);
      if (outcome.kind === 'checked') return true;
      if (outcome.kind === 'held') {
        for (const pattern of outcome.patterns) waiting.push(...variablesIn(pattern, code));
      }
    }
  }
  return false;
}

/** Goes up from where a value is used, through what passes it on. */
function outcomeOf(use: Node, code: Code): Outcome {
  /** Whether only its truth has been asked for yet, which says nothing of what it is. */
  let isBare = true;
  for (let node = use; node.parent; node = node.parent) {
    const {parent} = node;
    switch (parent.type) {
      case 'CallExpression':
      case 'NewExpression':
        if (node === parent['callee']) {
          isBare = false;
          const patterns = parametersOfCallbacks(parent);
          if (patterns.length > 0) return {kind: 'held', patterns};
        } else if (isValidatorCall(parent, code.validators, code.sourceCode)) {
          return CHECKED;
        } else if (!passesValues(parent)) {
          const parameter = parameterFor(node, parent, code);
          return parameter ? {kind: 'held', patterns: [parameter]} : USED;
        }
        break;
      case 'UnaryExpression':
        if (parent['operator'] === 'typeof' || parent['operator'] === '+') return CHECKED;
        break;
      case 'BinaryExpression':
        if (isCheckingComparison(node, parent)) return CHECKED;
        isBare &&= isNullish(otherSide(node, parent));
        break;
      case 'MemberExpression':
        // A look into a table of what is allowed.
        if (node === parent['property'] && parent['computed']) isBare = false;
        break;
      case 'SwitchStatement':
        return node === parent['discriminant'] ? CHECKED : USED;
      case 'IfStatement':
      case 'ConditionalExpression':
        if (node === parent['test']) return isBare ? USED : CHECKED;
        if (parent.type === 'IfStatement') return USED;
        break;
      case 'LogicalExpression':
        if (node === parent['left'] && !isBare && parent['operator'] === '&&') return CHECKED;
        break;
      case 'VariableDeclarator':
        return {kind: 'held', patterns: [parent['id']]};
      case 'AssignmentExpression':
        return node === parent['right'] ? {kind: 'held', patterns: [parent['left']]} : USED;
      case 'ForOfStatement':
        return node === parent['right'] ? {kind: 'held', patterns: [parent['left']]} : USED;
      default:
        if (!PASSES.has(parent.type) && !WRAPPERS.has(parent.type)) return USED;
    }
  }
  return USED;
}

/** What holds a value, or a part of it, and is an expression again. */
const PASSES = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'ObjectExpression',
  'Property',
  'SpreadElement',
  'TemplateLiteral',
]);

/** `ids.map((id) => …)`: the callbacks of a method get what the object holds. */
function parametersOfCallbacks({callee, arguments: args}: Node): Node[] {
  // What they give is an answer about the value.
  if (['every', 'some'].includes(lastName(callee) ?? '')) return [];
  return (args as Node[])
    .map(unwrap)
    .filter(isFunction)
    .flatMap((fn) => fn['params'] as Node[]);
}

/** What a function of the same file gets an argument as. */
function parameterFor(argument: Node, call: Node, {sourceCode}: Code): Node | undefined {
  const fn = functionOf(call['callee'], sourceCode);
  return fn?.['params'][call['arguments'].indexOf(argument)];
}

/** A comparison with what is known: a class, a text, a number, a key of a table. */
function isCheckingComparison(node: Node, comparison: Node): boolean {
  switch (comparison['operator']) {
    case 'instanceof':
    case 'in':
      return node === comparison['left'];
    case '==':
    case '===':
    case '!=':
    case '!==':
      return isLiteral(otherSide(node, comparison));
    default:
      return false;
  }
}

function otherSide(node: Node, {left, right}: Node): Node {
  return node === left ? right : left;
}

function isLiteral(node: Node): boolean {
  const {type, value} = unwrap(node);
  return (type === 'Literal' && value !== null) || type === 'TemplateLiteral';
}

function isNullish(node: Node): boolean {
  const inner = unwrap(node);
  return inner['name'] === 'undefined' || (inner.type === 'Literal' && inner['value'] === null);
}

/** The variables that a pattern declares or assigns. */
function variablesIn(pattern: Node, {sourceCode}: Code): Scope.Variable[] {
  const names = new Set(identifiersIn(pattern));
  const scope = sourceCode.getScope(pattern as never);
  const found: Scope.Variable[] = [];
  for (const {set} of [...scopesFrom(scope), ...scope.childScopes]) {
    for (const variable of set.values()) {
      const isOne =
        variable.identifiers.some((node) => names.has(node as unknown as Node)) ||
        variable.references.some(
          (reference) => reference.isWrite() && names.has(reference.identifier as unknown as Node),
        );
      if (isOne) found.push(variable);
    }
  }
  return found;
}

function* scopesFrom(scope: Scope.Scope): Generator<Scope.Scope> {
  for (let next: Scope.Scope | null = scope; next; next = next.upper) yield next;
}

function* identifiersIn(pattern: Node | null): Generator<Node> {
  switch (pattern?.type) {
    case 'Identifier':
      yield pattern;
      break;
    case 'VariableDeclaration':
      yield* identifiersIn(pattern['declarations'][0].id);
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties']) {
        yield* identifiersIn(property.value ?? property.argument);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements']) yield* identifiersIn(element);
      break;
    case 'AssignmentPattern':
      yield* identifiersIn(pattern['left']);
      break;
    case 'RestElement':
      yield* identifiersIn(pattern['argument']);
  }
}
