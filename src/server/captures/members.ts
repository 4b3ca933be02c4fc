/*
 * Own members of an object as data: names, order, flags and values.
 */

const WRITABLE = 1;
const ENUMERABLE = 2;
const CONFIGURABLE = 4;
/** The member throws its value when it is read. */
const THROWS = 8;
/** The member has an accessor of the engine, which keeps the value. */
const KEPT = 16;

/** What getters made by {@link throwing} throw. */
const thrown = new WeakMap<object, unknown>();

/** Makes a member that throws when it is read, not before. */
export function throwing(reason: unknown): PropertyDescriptor {
  const get = () => {
    throw reason;
  };
  thrown.set(get, reason);
  return {get, enumerable: true, configurable: true};
}

/** Says of an accessor what it throws, in an array; `undefined` for those that compute a value. */
export function thrownBy(member: PropertyDescriptor): [reason: unknown] | undefined {
  const getter = Reflect.get(member, 'get') as object | undefined;
  return getter && thrown.has(getter) ? [thrown.get(getter)] : undefined;
}

/** Whether a member is as an assignment makes it. */
function isAssigned(object: object, key: string | symbol): boolean {
  const found = Reflect.getOwnPropertyDescriptor(object, key)!;
  return (
    'value' in found &&
    found.writable === true &&
    found.enumerable === true &&
    found.configurable === true
  );
}

/** Whether an object has nothing but what an object literal without symbols and accessors gives. */
export function hasPlainMembers(object: object): boolean {
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === 'symbol' || key === '__proto__' || !isAssigned(object, key)) return false;
  }
  return Object.isExtensible(object);
}

/** Whether an array has nothing but items and holes. */
export function hasPlainItems(array: unknown[]): boolean {
  const keys = Reflect.ownKeys(array);
  // Keys that are no indices come after them: https://tc39.es/ecma262/#sec-ordinaryownpropertykeys
  if (keys.pop() !== 'length') return false;
  if (!Reflect.getOwnPropertyDescriptor(array, 'length')!.writable) return false;
  return Object.isExtensible(array) && keys.every((key) => isAssigned(array, key));
}

/** Whether an object has no own members but `expected` ones that every object of its kind has. */
export function hasNoMembers(object: object, expected = 0): boolean {
  return Reflect.ownKeys(object).length === expected && Object.isExtensible(object);
}

/**
 * Lists the keys that an app has added to an object of the platform. Implementations keep symbols of their own
 * on such objects, which are in no registry.
 */
export function ownMembers(object: object): (string | symbol)[] {
  return Reflect.ownKeys(object).filter((key) => typeof key === 'string' || Symbol.keyFor(key));
}

/** The members as `[key, flags, value, key, flags, value, …]`. */
export type Members = unknown[];

/** Thrown for an accessor that computes a value: it cannot be sent. */
export class ComputedMember {
  readonly key: string | symbol;

  constructor(key: string | symbol) {
    this.key = key;
  }
}

/**
 * Reads the own members.
 *
 * @throws ComputedMember for an accessor, except one of {@link throwing}
 */
export function readMembers(object: object): Members {
  return Reflect.ownKeys(object).flatMap((key) => {
    const found = Reflect.getOwnPropertyDescriptor(object, key)!;
    const flags =
      (found.writable ? WRITABLE : 0) |
      (found.enumerable ? ENUMERABLE : 0) |
      (found.configurable ? CONFIGURABLE : 0);
    if ('value' in found) return [key, flags, found.value];
    // React's development build warns of `props.key`.
    if (found.get && 'isReactWarning' in found.get) return [];
    const reason = thrownBy(found);
    if (reason) return [key, flags | THROWS, ...reason];
    if (isStack(key, found)) return [key, flags | KEPT, (object as Error).stack];
    throw new ComputedMember(key);
  });
}

/** V8 gives errors a stack by an accessor, from Node 21 on. */
function isStack(key: string | symbol, member: PropertyDescriptor): boolean {
  const getter = String(Reflect.get(member, 'get'));
  return key === 'stack' && /\[native code\]\s*\}$/.test(getter);
}

/** Gives an object these members, and no others that can be taken from it. */
export function defineMembers(object: object, members: Members, isExtensible: boolean): void {
  const isKept = members[0] === 'stack' && ((members[1] as number) & KEPT) !== 0;
  for (const key of Reflect.ownKeys(object)) {
    if (!isKept || key !== 'stack') Reflect.deleteProperty(object, key);
  }
  for (let index = 0; index < members.length; index += 3) {
    defineMember(object, ...(members.slice(index, index + 3) as [PropertyKey, number, unknown]));
  }
  if (!isExtensible) Object.preventExtensions(object);
}

function defineMember(object: object, key: PropertyKey, flags: number, value: unknown): void {
  const common = {
    enumerable: (flags & ENUMERABLE) !== 0,
    configurable: (flags & CONFIGURABLE) !== 0,
  };
  if (flags & KEPT) {
    Reflect.set(object, key, value);
    Object.defineProperty(object, key, common);
    return;
  }
  const how = flags & THROWS ? throwing(value) : {value, writable: (flags & WRITABLE) !== 0};
  Object.defineProperty(object, key, {...how, ...common});
}
