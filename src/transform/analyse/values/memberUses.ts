import {isFunction, isTypeWrapper, type Node} from '../../ast.ts';
import {isAssigned} from '../scopes/nameUse.ts';
import {bind} from './boundNames.ts';
import {isCall, literalKey, memberKey, visibleCode} from './namedCalls.ts';
import {CALL, ELEMENT, matches, type Holder, type Trace} from './trace.ts';

/** Notes what is done with a member of the value, or follows what a member of its holder gives. */
export function useMember(member: Node, holder: Holder, trace: Trace): void {
  const key = memberKey(member);
  const {path, isPart} = holder;
  const inner: Holder = {...holder, node: member};
  if (path.length > 0) {
    const call = callOf(member, trace);
    if (call && path[1] !== CALL) return useMethod(call, key, holder, trace);
    if (key === '__proto__' && path[0] === 'constructor') trace.addPrototype(inner);
    return matches(path[0], key) ? trace.add({...inner, path: path.slice(1)}) : undefined;
  }
  if (isTarget(member, trace)) {
    trace.flow.changes.push({node: member, cause: holder.entry ?? member, key});
    if (isReadBeforeWriting(member, trace)) trace.read(inner, key);
    return;
  }
  // The prototype of a class leads back to the class.
  if (key === 'constructor' && isPart) return trace.add({...inner, isPart: false});
  const call = callOf(member, trace);
  if (call && CHANGING_METHOD.test(key ?? '')) {
    const changed = literalKey(call['arguments'][0]);
    trace.flow.changes.push({node: member, cause: holder.entry ?? member, key: changed});
  }
  trace.read(inner, key);
  if (!call) trace.add({...inner, isPart: true});
}

function callOf(callee: Node, trace: Trace): Node | null {
  const user = trace.code.parentOf(callee);
  return user && isCall(user) && user['callee'] === callee ? user : null;
}

function isTarget(member: Node, trace: Trace): boolean {
  const user = trace.code.parentOf(member)!;
  if (isTypeWrapper(user)) return isTarget(user, trace);
  if (user.type === 'UnaryExpression') return user['operator'] === 'delete';
  return isAssigned(member, trace.code.ancestorsOf(member));
}

/** `f.n ??= 1` and `f.n++` read what they write. */
function isReadBeforeWriting(member: Node, trace: Trace): boolean {
  const user = trace.code.parentOf(member)!;
  if (isTypeWrapper(user)) return isReadBeforeWriting(user, trace);
  return (
    user.type === 'UpdateExpression' ||
    (user.type === 'AssignmentExpression' && user['operator'] !== '=')
  );
}

const CHANGING_METHOD = /^(?:__define[GS]etter__|compile)$/;

/** Goes on with what a method of a list or map gives: `list.at(0)`, `map.get(key)`, `list.forEach((fn) => …)`. */
function useMethod(call: Node, method: string | null, holder: Holder, trace: Trace): void {
  const {path} = holder;
  const isOfObject = !matches(path[0], ELEMENT);
  if (isOfObject) return;
  const inner = path.slice(1);
  if (GIVING_ELEMENT.test(method ?? '')) trace.add({...holder, node: call, path: inner});
  if (GIVING_LIST.test(method ?? '')) trace.add({...holder, node: call});
  const [passed] = call['arguments'] as Node[];
  const callback = passed && visibleCode(passed, trace.code);
  if (!callback || !isFunction(callback)) return;
  // Of `reduce` the second is the element, and the first may be one.
  const parameters = callback.params.slice(0, /^reduce/.test(method ?? '') ? 2 : 1) as Node[];
  for (const parameter of parameters) bind(parameter, {...holder, node: call, path: inner}, trace);
}

const GIVING_ELEMENT = /^(?:at|find|findLast|get|pop|shift)$/;

const GIVING_LIST = /^(?:concat|filter|reverse|slice|sort|toReversed|toSorted|values)$/;
