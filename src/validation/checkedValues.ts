import {lastName, unwrap, WRAPPERS, type SyntaxNode as Node} from './syntax.ts';
import {isValidatorCall, passesValues} from './validators.ts';

/** What becomes of a value where it stands. */
type Outcome =
  | {kind: 'checked'}
  /** It goes on in variables. */
  | {kind: 'held'; patterns: Node[]}
  | {kind: 'used'};

const CHECKED: Outcome = {kind: 'checked'};
const USED: Outcome = {kind: 'used'};

/** The code around a value, as something to ask: the linter and the compiler each have trees of their own. */
export interface Code<Variable> {
  /** Further names of validators. */
  validators: ReadonlySet<string>;
  parentOf: (node: Node) => Node | null | undefined;
  /** The identifiers that read a variable. */
  readsOf: (variable: Variable) => readonly Node[];
  /** The function that an expression is, or that its variable was declared as. */
  functionOf: (expression: Node) => Node | null;
  /** The variables that a pattern declares or assigns. */
  variablesIn: (pattern: Node) => readonly Variable[];
}

/**
 * Whether some check of a variable's value can be found, or of what was taken from it. One is enough: what
 * exactly it checks is not for the text to tell.
 */
export function isChecked<Variable>(variable: Variable, code: Code<Variable>): boolean {
  const seen = new Set<Variable>();
  const waiting = [variable];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const identifier of code.readsOf(next)) {
      const outcome = outcomeOf(identifier, code);
      if (outcome.kind === 'checked') return true;
      if (outcome.kind === 'held') {
        for (const pattern of outcome.patterns) waiting.push(...code.variablesIn(pattern));
      }
    }
  }
  return false;
}

/** Goes up from where a value is used, through what passes it on. */
function outcomeOf<Variable>(use: Node, code: Code<Variable>): Outcome {
  /** Whether only its truth has been asked for yet, which says nothing of what it is. */
  let isBare = true;
  let node = use;
  for (let parent = code.parentOf(node); parent; parent = code.parentOf(node)) {
    switch (parent.type) {
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        if (node === parent['callee']) {
          isBare = false;
          const patterns = parametersOfCallbacks(parent);
          if (patterns.length > 0) return {kind: 'held', patterns};
        } else if (isValidatorCall(parent, code.validators, code.functionOf)) {
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
      case 'OptionalMemberExpression':
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
    node = parent;
  }
  return USED;
}

/** What holds a value, or a part of it, and is an expression again. */
const PASSES = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'ObjectExpression',
  'ObjectProperty',
  'Property',
  'SpreadElement',
  'TemplateLiteral',
]);

/** `ids.map((id) => …)`: the callbacks of a method get what the object holds. */
function parametersOfCallbacks({callee, arguments: args}: Node): Node[] {
  // What they give is an answer about the value.
  if (['every', 'some'].includes(lastName(callee) ?? '')) return [];
  return (args as Node[])
    .map((argument) => unwrap(argument))
    .filter(({type}) => type === 'FunctionExpression' || type === 'ArrowFunctionExpression')
    .flatMap((fn) => fn['params'] as Node[]);
}

/** What a function of the same file gets an argument as. */
function parameterFor<Variable>(
  argument: Node,
  call: Node,
  code: Code<Variable>,
): Node | undefined {
  const fn = code.functionOf(call['callee']);
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
  if (type === 'Literal') return value !== null;
  return type.endsWith('Literal') && type !== 'NullLiteral';
}

function isNullish(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner['name'] === 'undefined' ||
    inner.type === 'NullLiteral' ||
    (inner.type === 'Literal' && inner['value'] === null)
  );
}
