import {isMember, isPlainCall, lastName, unwrap, type SyntaxNode} from './syntax.ts';

/** Begins the names of functions of schema libraries and of `node:assert`, as in `safeParseAsync`. */
const VALIDATOR =
  /^_*(?:safe|try|un)?(?:parse|validat|assert|ensure|check|verif|decod|sanitiz|coerc|cast)/i;
/** Names of methods and functions that answer a question about their argument, or refuse it. */
const QUESTION =
  /^(?:is|is[A-Z]\w*|(?:can|may|has)(?:[A-Z]\w*)?|invariant|guard\w*|expect\w*|mask|allows|includes|test|match|ok)$/;

/** Functions that check nothing, whatever they are called. */
const NO_VALIDATORS = new Set(['JSON.parse']);

/**
 * Whether a call looks as if it checked or converted its arguments: by the name of what it calls, because
 * that is a type predicate of TypeScript, or because it is written with a capital letter: `String(id)`,
 * `Value.Check(Note, note)`, or a schema that is a function itself.
 *
 * @param more further names
 * @param functionOf finds the function that an expression is, or that its variable was declared as
 */
export function isValidatorCall(
  call: SyntaxNode,
  more: ReadonlySet<string>,
  functionOf: (expression: SyntaxNode) => SyntaxNode | null,
): boolean {
  if (call.type === 'NewExpression') return lastName(call['callee']) === 'URL';
  const callee = calledFirst(call);
  const name = lastName(callee);
  if (name === null || NO_VALIDATORS.has(pathOf(callee))) return false;
  if (more.has(name) || VALIDATOR.test(name) || QUESTION.test(name) || /^[A-Z]/.test(name))
    return true;
  return functionOf(callee)?.['returnType']?.typeAnnotation?.type === 'TSTypePredicate';
}

/** Of `decode(Note)(input)`, what is named is the inner one. */
function calledFirst({callee}: SyntaxNode): SyntaxNode {
  const inner = unwrap(callee);
  return isPlainCall(inner) ? calledFirst(inner) : inner;
}

const PASSING = new Set([
  'Array.from',
  'JSON.parse',
  'Object.assign',
  'Object.entries',
  'Object.fromEntries',
  'Object.keys',
  'Object.values',
  'Promise.all',
  'structuredClone',
]);

/** Whether what a call gives is made of its arguments and holds the same values. */
export function passesValues({type, callee}: SyntaxNode): boolean {
  if (type === 'NewExpression') return ['Map', 'Set'].includes(lastName(callee) ?? '');
  return PASSING.has(pathOf(callee));
}

function pathOf(callee: SyntaxNode): string {
  const inner = unwrap(callee);
  const name = lastName(inner) ?? '';
  return isMember(inner) ? `${lastName(inner['object'])}.${name}` : name;
}
