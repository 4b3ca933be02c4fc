import {isClass, isFunction, isTypeWrapper, unwrapExpression, type Node} from '../../ast.ts';
import {
  changesArgument,
  forgetsArgument,
  namesArgument,
  readsMembers,
  readsOneMember,
  returnsArgument,
} from './knownCalls.ts';
import type {ModuleCode} from './moduleCode.ts';
import {
  isCall,
  literalKey,
  memberKey,
  namedCall,
  visibleCode,
  type NamedCall,
} from './namedCalls.ts';
import {isAssigned} from '../scopes/nameUse.ts';
import type {Binding} from '../scopes/scope.ts';
import {selfExpressions, superExpressions} from './selfExpressions.ts';

/** What happens to a function, class, pattern or object in its module, as far as the source shows it. */
export interface ValueFlow {
  /** Where a member of it, or of something in it, is put, replaced or deleted. */
  changes: MemberUse[];
  /** Where a member of it is read. */
  reads: MemberUse[];
  /** Where it gets to code that may keep it, and that the source does not show. */
  handedOver: HandOver[];
  /** Where it is compared with another value, by `===` or `instanceof`. */
  compared: Node[];
  /** Where `new` makes an instance of it. */
  instances: Node[];
}

export interface MemberUse {
  node: Node;
  /** What has the member there: the node, or the argument of the call that leads there. */
  cause: Node;
  /** `null` when only the run knows which. */
  key: string | null;
}

export interface HandOver {
  node: Node;
  /** The node, or the argument of the call that leads there. */
  cause: Node;
  /** The function or method that is called with it; `null` for a variable or member that keeps it. */
  to: string | null;
}

/** An expression that gives the value, or something that holds it. */
interface Holder {
  node: Node;
  /** Where in what the expression gives: `['format']` in `{format}`. `null`: only the run knows the key. */
  path: Path;
  /** Whether it is no more than a member of the value: changes of it count, and nothing else. */
  isPart: boolean;
  /** The argument by which it came into a function that the module shows, if it did. */
  entry: Node | null;
}

type Path = readonly (string | null)[];

/** Any element of a list. */
const ELEMENT = '[]';
const DEEPEST_PATH = 4;

/** Where values of a module go, each found out when it is first asked for. */
export class ValueFlows {
  readonly #code: ModuleCode;
  readonly #flows = new Map<Node, ValueFlow>();

  constructor(code: ModuleCode) {
    this.#code = code;
  }

  of(value: Node): ValueFlow {
    let flow = this.#flows.get(value);
    if (!flow) this.#flows.set(value, (flow = new Tracer(this.#code).run(value)));
    return flow;
  }
}

/**
 * Follows a value through the module from where it is written: through variables, parameters of functions
 * that the module shows, lists, objects and patterns.
 */
class Tracer {
  readonly #code: ModuleCode;
  readonly #flow: ValueFlow = {
    changes: [],
    reads: [],
    handedOver: [],
    compared: [],
    instances: [],
  };
  readonly #queue: Holder[] = [];
  readonly #seen = new Map<Node, Set<string>>();
  readonly #calls = new Map<Node, Node[]>();

  constructor(code: ModuleCode) {
    this.#code = code;
  }

  run(value: Node): ValueFlow {
    const start: Holder = {node: value, path: [], isPart: false, entry: null};
    this.#add(start);
    this.#followNames(start, value, (binding) => binding.declaration === value);
    for (const {node, path} of selfExpressions(value)) this.#add({...start, node, path});
    for (const holder of this.#queue) this.#use(holder);
    return this.#flow;
  }

  #add(holder: Holder): void {
    const {node, path, isPart, entry} = holder;
    if (path.length > DEEPEST_PATH) return;
    const key = `${path.join('.')}|${isPart}|${entry?.start}`;
    let seen = this.#seen.get(node);
    if (!seen) this.#seen.set(node, (seen = new Set()));
    if (seen.has(key)) return;
    seen.add(key);
    this.#queue.push(holder);
  }

  /** Goes on with every use of a variable that holds what a holder holds. */
  #followNames(holder: Holder, near: Node, belongs: (binding: Binding) => boolean): void {
    for (const {node, isWrite} of this.#code.referencesAround(near, belongs)) {
      if (!isWrite) this.#add({...holder, node});
    }
  }

  /** Looks at what is done with a holder where it stands. */
  #use(holder: Holder): void {
    const {node} = holder;
    const user = this.#code.parentOf(node);
    if (!user) return;
    if (isPassedOn(node, user)) this.#add({...holder, node: user});
    switch (user.type) {
      case 'VariableDeclarator':
        return node === user['init'] ? this.#bind(user['id'], holder) : undefined;
      case 'AssignmentPattern':
      case 'AssignmentExpression':
        return node === user['right'] ? this.#bind(user['left'], holder) : undefined;
      case 'MemberExpression':
      case 'OptionalMemberExpression':
      case 'JSXMemberExpression':
        return node === user['object'] ? this.#useMember(user, holder) : undefined;
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        return node === user['callee']
          ? this.#useCallee(user, holder)
          : this.#useArgument(user, holder);
      case 'ForOfStatement':
        return node === user['right'] ? this.#useLoop(user, holder) : undefined;
      case 'BinaryExpression':
        return this.#compare(user, holder);
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return this.#return(user, holder);
      case 'YieldExpression':
        return this.#return(user, user['delegate'] ? holder : inList(holder));
      case 'ClassDeclaration':
      case 'ClassExpression':
        return node === user['superClass'] ? this.#useBase(user, holder) : undefined;
      default:
        return this.#useInLiteral(user, holder);
    }
  }

  #useInLiteral(user: Node, holder: Holder): void {
    const {node, path} = holder;
    switch (user.type) {
      case 'ArrayExpression':
        return this.#useElement(user, holder);
      case 'ObjectProperty': {
        const object = this.#code.parentOf(user)!;
        if (node !== user['value'] || object.type !== 'ObjectExpression') return;
        return this.#add({...holder, node: object, path: [propertyKey(user), ...path]});
      }
      case 'SpreadElement':
      case 'JSXSpreadAttribute':
        return this.#useSpread(user, holder);
    }
  }

  /** In `Reflect.apply(put, null, [f])` the list is none. */
  #useElement(list: Node, holder: Holder): void {
    const call = this.#code.parentOf(list);
    const passed = call && isCall(call) ? namedCall(call, this.#code).arguments : [];
    if (call && passed.includes(holder.node)) return this.#useArgument(call, holder);
    this.#add({...inList(holder), node: list});
  }

  #useBase(subclass: Node, holder: Holder): void {
    if (holder.isPart || holder.path.length > 0) return;
    for (const {node, path} of superExpressions(subclass)) this.#add({...holder, node, path});
  }

  /** Gives what a holder holds to the variables of a pattern, or to the member that is assigned. */
  #bind(target: Node, holder: Holder): void {
    const {path} = holder;
    switch (target.type) {
      case 'Identifier':
        return this.#bindName(target, holder);
      case 'AssignmentPattern':
        return this.#bind(target['left'], holder);
      case 'MemberExpression':
        return this.#bindMember(target, holder);
      case 'ArrayPattern':
        for (const element of target['elements'] as (Node | null)[]) {
          if (element?.type === 'RestElement') this.#bind(element['argument'], holder);
          else if (element && matches(path[0], ELEMENT)) {
            this.#bind(element, {...holder, path: path.slice(1)});
          }
        }
        return;
      case 'ObjectPattern':
        for (const property of target['properties'] as Node[]) this.#bindProperty(property, holder);
        return;
      default:
        if (isTypeWrapper(target)) this.#bind(unwrapExpression(target), holder);
    }
  }

  #bindProperty(property: Node, holder: Holder): void {
    const {path} = holder;
    if (property.type === 'RestElement') {
      if (path.length === 0) this.#read({...holder, node: property}, null);
      return this.#bind(property['argument'], holder);
    }
    const key = propertyKey(property);
    if (path.length === 0) {
      this.#read({...holder, node: property}, key);
      this.#bind(property['value'], {...holder, isPart: true});
    } else if (matches(path[0], key)) {
      this.#bind(property['value'], {...holder, path: path.slice(1)});
    }
  }

  #bindName(target: Node, holder: Holder): void {
    const reference = this.#code.referenceAt(target);
    if (!reference) {
      return this.#followNames(holder, target, ({identifier}) => identifier === target);
    }
    const {binding, name} = reference;
    if (binding) return this.#followNames(holder, target, (other) => other === binding);
    this.#handOver(holder, null);
    if (!this.#code.moduleName(name)) return;
    for (const {node, isWrite} of this.#code.referencesToModuleName(name)) {
      if (!isWrite) this.#add({...holder, node});
    }
  }

  /** `api.format = format`: the variable holds it from then on. */
  #bindMember(target: Node, holder: Holder): void {
    const object = unwrapExpression(target['object']);
    const binding =
      object.type === 'Identifier' ? this.#code.referenceAt(object)?.binding : undefined;
    if (binding?.declaration['init']?.type !== 'ObjectExpression') this.#handOver(holder, null);
    if (!binding) return;
    const path = [memberKey(target), ...holder.path];
    this.#followNames({...holder, path}, object, (other) => other === binding);
  }

  #useMember(member: Node, holder: Holder): void {
    const key = memberKey(member);
    const {path, isPart} = holder;
    const inner: Holder = {...holder, node: member};
    if (path.length > 0) {
      const call = this.#callOf(member);
      if (call) return this.#useMethod(call, key, holder);
      return matches(path[0], key) ? this.#add({...inner, path: path.slice(1)}) : undefined;
    }
    if (this.#isTarget(member)) {
      this.#flow.changes.push({node: member, cause: holder.entry ?? member, key});
      if (this.#isReadBeforeWriting(member)) this.#read(inner, key);
      return;
    }
    // The prototype of a class leads back to the class.
    if (key === 'constructor' && isPart) return this.#add({...inner, isPart: false});
    const call = this.#callOf(member);
    if (call && CHANGING_METHOD.test(key ?? '')) {
      const changed = literalKey(call['arguments'][0]);
      this.#flow.changes.push({node: member, cause: holder.entry ?? member, key: changed});
    }
    this.#read(inner, key);
    if (!call) this.#add({...inner, isPart: true});
  }

  #callOf(callee: Node): Node | null {
    const user = this.#code.parentOf(callee);
    return user && isCall(user) && user['callee'] === callee ? user : null;
  }

  #isTarget(member: Node): boolean {
    const user = this.#code.parentOf(member)!;
    if (isTypeWrapper(user)) return this.#isTarget(user);
    if (user.type === 'UnaryExpression') return user['operator'] === 'delete';
    return isAssigned(member, this.#code.ancestorsOf(member));
  }

  /** `f.n ??= 1` and `f.n++` read what they write. */
  #isReadBeforeWriting(member: Node): boolean {
    const user = this.#code.parentOf(member)!;
    if (isTypeWrapper(user)) return this.#isReadBeforeWriting(user);
    return (
      user.type === 'UpdateExpression' ||
      (user.type === 'AssignmentExpression' && user['operator'] !== '=')
    );
  }

  /** Goes on with what a method of a list or map gives: `list.at(0)`, `map.get(key)`, `list.forEach((fn) => …)`. */
  #useMethod(call: Node, method: string | null, holder: Holder): void {
    const {path} = holder;
    const isOfObject = !matches(path[0], ELEMENT);
    if (isOfObject) return;
    const inner = path.slice(1);
    if (GIVING_ELEMENT.test(method ?? '')) this.#add({...holder, node: call, path: inner});
    if (GIVING_LIST.test(method ?? '')) this.#add({...holder, node: call});
    const [passed] = call['arguments'] as Node[];
    const callback = passed && visibleCode(passed, this.#code);
    if (!callback || !isFunction(callback)) return;
    // Of `reduce` the second is the element, and the first may be one.
    const parameters = callback.params.slice(0, /^reduce/.test(method ?? '') ? 2 : 1) as Node[];
    for (const parameter of parameters) this.#bind(parameter, {...holder, node: call, path: inner});
  }

  #useCallee(call: Node, holder: Holder): void {
    if (call.type !== 'NewExpression' || holder.isPart || holder.path.length > 0) return;
    this.#flow.instances.push(call);
    this.#add({...holder, node: call, path: ['constructor']});
  }

  #useArgument(call: Node, holder: Holder): void {
    const {node} = holder;
    const named = namedCall(call, this.#code);
    const index = named.arguments.indexOf(node);
    const {name} = named;
    if (this.#putIntoList(call, holder)) return;
    if (returnsArgument(name) && index === 0) this.#add({...holder, node: call});
    if (namesArgument(name)) return;
    if (index === 0 && holder.path.length > 0 && /^(?:Weak)?(?:Map|Set)$/.test(name ?? '')) {
      this.#add({...holder, node: call});
      return this.#add({...holder, node: call, path: holder.path.slice(1)});
    }
    if (changesArgument(name) && index === 0) return this.#changeByCall(named, holder);
    if (readsMembers(name) || (readsOneMember(name) && index === 0)) {
      return this.#readByCall(call, named, holder);
    }
    const isPlain = named.arguments === call['arguments'] && index >= 0;
    const targets = isPlain ? calledCode(call['callee'], this.#code) : [null];
    for (const target of targets) {
      const parameters = target && parametersOf(target, this.#code);
      if (parameters) this.#enter(parameters[index], holder);
      else if (!forgetsArgument(name)) this.#handOver(holder, name ?? 'a function');
    }
  }

  /**
   * `list.push(f)`, `map.set(key, f)`: the variable holds it from then on.
   *
   * @returns whether nothing else does, because the variable is a list or map of its own
   */
  #putIntoList({callee}: Node, holder: Holder): boolean {
    const isMethod = /MemberExpression$/.test(callee.type) && callee.object.type === 'Identifier';
    if (!isMethod || !ADDING.test(memberKey(callee) ?? '')) return false;
    const binding = this.#code.referenceAt(callee.object)?.binding;
    if (!binding) return false;
    // A map gives pairs when it is looped over.
    for (const held of [inList(holder), inList(inList(holder))]) {
      this.#followNames(held, callee, (other) => other === binding);
    }
    return /^(?:Array|New)Expression$/.test(binding.declaration['init']?.type);
  }

  /** Goes on inside a function that the module shows. */
  #enter(parameter: Node | undefined, holder: Holder): void {
    if (parameter) this.#bind(parameter, {...holder, entry: holder.entry ?? holder.node});
  }

  #return(user: Node, holder: Holder): void {
    if (user.type === 'ArrowFunctionExpression' && user['body'] !== holder.node) return;
    let fn: Node | undefined = user;
    while (fn && !isFunction(fn)) fn = this.#code.parentOf(fn);
    if (!fn) return;
    let calls = this.#calls.get(fn);
    if (!calls) this.#calls.set(fn, (calls = callsOf(fn, this.#code)));
    for (const node of calls) this.#add({...holder, node, entry: null});
  }

  #changeByCall(named: NamedCall, {node, path, entry}: Holder): void {
    if (path.length > 0) return;
    for (const key of keysGiven(named)) {
      this.#flow.changes.push({node, cause: entry ?? node, key});
    }
  }

  #readByCall(call: Node, {name, arguments: passed}: NamedCall, holder: Holder): void {
    const {path} = holder;
    if (path.length === 0) {
      return this.#read(holder, readsOneMember(name) ? literalKey(passed[1]) : null);
    }
    const inner = path.slice(1);
    if (name === 'Object.values') this.#add({...holder, node: call, path: [ELEMENT, ...inner]});
    if (name === 'Object.entries') {
      this.#add({...holder, node: call, path: [ELEMENT, ELEMENT, ...inner]});
    }
    if (name === 'Object.assign') {
      this.#add({...holder, node: call});
      if (passed[0]!.type !== 'ObjectExpression') this.#handOver(holder, name);
    }
  }

  #useSpread(user: Node, holder: Holder): void {
    if (holder.path.length === 0) return this.#read(holder, null);
    const around = this.#code.parentOf(user)!;
    if (around.type === 'ObjectExpression' || around.type === 'ArrayExpression') {
      this.#add({...holder, node: around});
    } else if (isCall(around)) {
      this.#handOver(holder, namedCall(around, this.#code).name ?? 'a function');
    }
  }

  #useLoop({left}: Node, holder: Holder): void {
    if (!matches(holder.path[0], ELEMENT)) return;
    const target: Node = left.type === 'VariableDeclaration' ? left.declarations[0].id : left;
    this.#bind(target, {...holder, path: holder.path.slice(1)});
  }

  #compare({operator, left, right}: Node, holder: Holder): void {
    const {node, path, isPart, entry} = holder;
    if (isPart || path.length > 0) return;
    if (operator === 'in' && node === right) this.#read(holder, literalKey(left));
    const isComparison = /^[!=]==?$/.test(operator) && !isPrimitive(node === left ? right : left);
    if (isComparison || (operator === 'instanceof' && node === right)) {
      this.#flow.compared.push(entry ?? node);
    }
  }

  #read({node, isPart, entry}: Holder, key: string | null): void {
    if (!isPart) this.#flow.reads.push({node, cause: entry ?? node, key});
  }

  #handOver({node, path, isPart, entry}: Holder, to: string | null): void {
    // An instance, which has the class as its constructor, is no place that keeps the class.
    if (isPart || path.at(-1) === 'constructor') return;
    this.#flow.handedOver.push({node, cause: entry ?? node, to});
  }
}

/** Whether `user` is an expression that can give the very value of `node`, which stands in it. */
function isPassedOn(node: Node, user: Node): boolean {
  switch (user.type) {
    case 'ParenthesizedExpression':
    case 'LogicalExpression':
    case 'AwaitExpression':
      return true;
    case 'AssignmentExpression':
      return node === user['right'];
    case 'ConditionalExpression':
      return node !== user['test'];
    case 'SequenceExpression':
      return node === user['expressions'].at(-1);
    default:
      return isTypeWrapper(user);
  }
}

/** The calls of a function by its name, and where it stands. */
function callsOf(fn: Node, code: ModuleCode): Node[] {
  const declarator = code.placeOf(fn);
  const isOfName = ({declaration}: Binding) =>
    declaration === fn || (declaration === declarator && declaration.type === 'VariableDeclarator');
  const ofModule = code.nameOf(fn);
  const uses = [
    ...code.referencesAround(fn, isOfName),
    ...(ofModule === null ? [] : code.referencesToModuleName(ofModule)),
  ].map(({node}) => node);
  return [fn, ...uses].flatMap((callee) => {
    const user = code.parentOf(callee);
    return user && isCall(user) && user['callee'] === callee ? [user] : [];
  });
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

const ADDING = /^(?:push|unshift|add|set)$/;
const GIVING_ELEMENT = /^(?:at|find|findLast|get|pop|shift)$/;
const GIVING_LIST = /^(?:concat|filter|reverse|slice|sort|toReversed|toSorted|values)$/;

const CHANGING_METHOD = /^(?:__define[GS]etter__|compile)$/;

function inList(holder: Holder): Holder {
  return {...holder, path: [ELEMENT, ...holder.path]};
}

function matches(element: string | null | undefined, key: string | null): boolean {
  if (element === undefined) return false;
  if (element === null || key === null || element === key) return true;
  return element === ELEMENT && /^\d+$/.test(key);
}

function propertyKey({key, computed}: Node): string | null {
  return !computed && key.type === 'Identifier' ? key['name'] : literalKey(key);
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

function isPrimitive(node: Node): boolean {
  return (
    /^(?:Null|String|Numeric|Boolean|BigInt)Literal$/.test(node.type) ||
    node.type === 'UnaryExpression' ||
    node['name'] === 'undefined'
  );
}
