import {isClass, isFunction, unwrapExpression, type Node} from '../../ast.ts';
import {bind} from './boundNames.ts';
import {callsOf} from './callsOf.ts';
import {holdInMember} from './heldMembers.ts';
import {
  changesArgument,
  forgetsArgument,
  namesArgument,
  parameterGiven,
  readsMembers,
  readsOneMember,
  returnsArgument,
} from './knownCalls.ts';
import type {ModuleCode} from './moduleCode.ts';
import {
  literalKey,
  memberKey,
  namedCall,
  propertyKey,
  visibleCode,
  type NamedCall,
} from './namedCalls.ts';
import {memberOf} from './owners.ts';
import {CALL, ELEMENT, inList, type Holder, type Trace} from './trace.ts';

/** Follows a class into the instances that `new` makes of it, and a function into what it gives. */
export function useCallee(call: Node, holder: Holder, trace: Trace): void {
  const [first, ...path] = holder.path;
  if (first === CALL) return trace.add({...holder, node: call, path});
  if (call.type !== 'NewExpression' || holder.isPart || holder.path.length > 0) return;
  trace.flow.instances.push(call);
  trace.add({...holder, node: call, path: ['constructor']});
}

/** Follows a value that is passed: into the function, to what the call gives, or out of sight. */
export function useArgument(call: Node, holder: Holder, trace: Trace): void {
  const {node} = holder;
  const named = namedCall(call, trace.code);
  const index = named.arguments.indexOf(node);
  const {name} = named;
  if (putIntoList(call, holder, trace)) return;
  if (returnsArgument(name) && index === 0) trace.add({...holder, node: call});
  if (namesArgument(name)) return;
  if (GIVING_PROTOTYPE.test(name ?? '') && holder.path[0] === 'constructor') {
    return trace.addPrototype({...holder, node: call});
  }
  if (passToCallback(call, named, holder, trace)) return;
  if (index === 0 && holder.path.length > 0 && /^(?:Weak)?(?:Map|Set)$/.test(name ?? '')) {
    trace.add({...holder, node: call});
    return trace.add({...holder, node: call, path: holder.path.slice(1)});
  }
  if (changesArgument(name) && index === 0) return changeByCall(named, holder, trace);
  if (readsMembers(name) || (readsOneMember(name) && index === 0)) {
    return readByCall(call, named, holder, trace);
  }
  const isPlain = named.arguments === call['arguments'] && index >= 0;
  const targets = isPlain ? calledCode(call['callee'], trace.code) : [null];
  for (const target of targets) {
    const parameters = target && parametersOf(target, trace.code);
    if (parameters) enter(parameters[index], holder, trace);
    else if (!forgetsArgument(name)) trace.handOver(holder, name ?? 'a function');
  }
}

const GIVING_PROTOTYPE = /^(?:Object|Reflect)\.getPrototypeOf$/;

/**
 * `list.reduce(use, f)`, `setTimeout(use, 0, f)`, `use.bind(null, f)`: the function `use` gets it.
 *
 * @returns whether the call is one of these
 */
function passToCallback(
  call: Node,
  {name, arguments: passed}: NamedCall,
  holder: Holder,
  trace: Trace,
): boolean {
  const index = passed.indexOf(holder.node);
  const isBind = name?.endsWith('.bind') === true;
  const parameter = isBind ? index - 1 : parameterGiven(name, index);
  if (parameter === null) return false;
  const callback: Node = isBind ? unwrapExpression(call['callee'])['object'] : passed[0]!;
  if (/\.reduce/.test(name!)) trace.add({...holder, node: call});
  pass(callback && visibleCode(callback, trace.code), parameter, name!, holder, trace);
  return true;
}

/** Follows a value into a template's function: in `` tag`${f}` `` the function `tag` gets it, after the texts. */
export function useTemplate(template: Node, holder: Holder, trace: Trace): void {
  const tagged = trace.code.parentOf(template)!;
  if (tagged.type !== 'TaggedTemplateExpression') return;
  const index = (template['expressions'] as Node[]).indexOf(holder.node) + 1;
  pass(visibleCode(tagged['tag'], trace.code), index, 'a template function', holder, trace);
}

function pass(
  target: Node | null,
  index: number,
  name: string,
  holder: Holder,
  trace: Trace,
): void {
  const parameters = target && index >= 0 ? parametersOf(target, trace.code) : null;
  if (parameters) enter(parameters[index], holder, trace);
  else trace.handOver(holder, name);
}

/**
 * `list.push(f)`, `map.set(key, f)`: the variable holds it from then on.
 *
 * @returns whether nothing else does, because the variable is a list or map of its own
 */
function putIntoList({callee}: Node, holder: Holder, trace: Trace): boolean {
  const isMethod = /MemberExpression$/.test(callee.type) && callee.object.type === 'Identifier';
  if (!isMethod || !ADDING.test(memberKey(callee) ?? '')) return false;
  const binding = trace.code.referenceAt(callee.object)?.binding;
  if (!binding) return false;
  // A map gives pairs when it is looped over.
  for (const held of [inList(holder), inList(inList(holder))]) {
    trace.followNames(held, callee, (other) => other === binding);
  }
  return /^(?:Array|New)Expression$/.test(binding.declaration['init']?.type);
}

const ADDING = /^(?:push|unshift|add|set)$/;

/** Goes on inside a function that the module shows. */
function enter(parameter: Node | undefined, holder: Holder, trace: Trace): void {
  if (parameter) bind(parameter, {...holder, entry: holder.entry ?? holder.node}, trace);
}

/** Follows what a function returns or yields to its calls. */
export function useResult(user: Node, holder: Holder, trace: Trace): void {
  if (user.type === 'ArrowFunctionExpression' && user['body'] !== holder.node) return;
  let fn: Node | undefined = user;
  while (fn && !isFunction(fn)) fn = trace.code.parentOf(fn);
  if (!fn) return;
  const inside = fn['kind'] === 'get' ? holder.path : [CALL, ...holder.path];
  holdInMember(memberOf(fn, trace.code), inside, holder, trace);
  let calls = trace.calls.get(fn);
  if (!calls) trace.calls.set(fn, (calls = callsOf(fn, trace.code)));
  for (const node of calls) trace.add({...holder, node, entry: null});
}

function changeByCall(named: NamedCall, {node, path, entry}: Holder, trace: Trace): void {
  if (path.length > 0) return;
  for (const key of keysGiven(named)) {
    trace.flow.changes.push({node, cause: entry ?? node, key});
  }
}

function readByCall(
  call: Node,
  {name, arguments: passed}: NamedCall,
  holder: Holder,
  trace: Trace,
): void {
  const {path} = holder;
  if (path.length === 0) {
    return trace.read(holder, readsOneMember(name) ? literalKey(passed[1]) : null);
  }
  const inner = path.slice(1);
  if (name === 'Object.values') trace.add({...holder, node: call, path: [ELEMENT, ...inner]});
  if (name === 'Object.entries') {
    trace.add({...holder, node: call, path: [ELEMENT, ELEMENT, ...inner]});
  }
  if (name === 'Object.assign') {
    trace.add({...holder, node: call});
    if (passed[0]!.type !== 'ObjectExpression') trace.handOver(holder, name);
  }
}

/** What a call may call: `null` stands for what the module does not show. */
function calledCode(callee: Node, code: ModuleCode): (Node | null)[] {
  const binding = callee.type === 'Identifier' ? code.referenceAt(callee)?.binding : undefined;
  if (binding?.kind !== 'parameter') return [visibleCode(callee, code)];
  // What is passed for a parameter: `function each(list, use) { use(list); }`
  const fn = code.parentOf(binding.declaration);
  const index = fn && isFunction(fn) ? (fn.params as Node[]).indexOf(binding.declaration) : -1;
  const calls = index < 0 ? [] : callsOf(fn!, code);
  return calls.length === 0
    ? [null]
    : calls.map(({arguments: passed}) => passed[index] && visibleCode(passed[index], code));
}

/** The keys that `Object.assign(f, {a})` and its like put on `f`; `null` for those that only the run knows. */
function keysGiven({name, arguments: [, ...given]}: NamedCall): (string | null)[] {
  if (!/assign|defineProperties$/.test(name!)) return [literalKey(given[0])];
  return given.flatMap((source) =>
    source.type === 'ObjectExpression'
      ? (source['properties'] as Node[]).map((property) =>
          property['key'] ? propertyKey(property) : null,
        )
      : [null],
  );
}

/** The parameters that receive the arguments of a call; `null` where arguments are reached in other ways. */
function parametersOf(target: Node, code: ModuleCode): Node[] | null {
  const fn = isClass(target)
    ? (target['body'].body as Node[]).find(({kind}) => kind === 'constructor')
    : target;
  if (!fn || !isFunction(fn) || code.usesArguments(fn)) return null;
  const parameters = fn.params as Node[];
  const isShown = parameters.every(
    ({type}) => type !== 'RestElement' && type !== 'TSParameterProperty',
  );
  return isShown ? parameters : null;
}
