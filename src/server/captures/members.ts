/*
 * The own members of an object as data: what is there, in which order, and what may be done with it.
 */

const WRITABLE = 1;
const ENUMERABLE = 2;
const CONFIGURABLE = 4;
/** The member throws its value when it is read. */
const THROWS = 8;

/** What getters made by {@link throwing} throw. */
const thrown = new WeakMap<object, unknown>();

/** A member that throws when it is read, and not before. */
export function throwing(reason: unknown): PropertyDescriptor {
  const get = () => {
    throw reason;
  };
  thrown.set(get, reason);
  return {get, enumerable: true, configurable: true};
}

/** Says of an accessor what it throws, in an array; `undefined` for those that compute a value. */
export function thrownBy({get}: PropertyDescriptor): [reason: unknown] | undefined {
  return get && thrown.has(get) ? [thrown.get(get)] : undefined;
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
  // Whatever is no index comes behind it: https://tc39.es/ecma262/#sec-ordinaryownpropertykeys
  if (keys.pop() !== 'length') return false;
  if (!Reflect.getOwnPropertyDescriptor(array, 'length')!.writable) return false;
  return Object.isExtensible(array) && keys.every((key) => isAssigned(array, key));
}

/** Whether an object has no own members but `expected` ones that every object of its kind has. */
export function hasNoMembers(object: object, expected = 0): boolean {
  return Reflect.ownKeys(object).length === expected && Object.isExtensible(object);
}

/** The members as `[key, flags, value, key, flags, value, …]`. */
export type Members = unknown[];

/** An accessor that computes a value cannot be sent. */
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
    const reason = thrownBy(found);
    if (reason) return [key, flags | THROWS, ...reason];
    // V8 gives errors a stack by an accessor in some versions.
    if (key === 'stack' && object instanceof Error)
      return [key, WRITABLE | CONFIGURABLE, object.stack];
    throw new ComputedMember(key);
  });
}

/** Gives an object these members, and no others that can be taken from it. */
export function defineMembers(object: object, members: Members, isExtensible: boolean): void {
  for (const key of Reflect.ownKeys(object)) Reflect.deleteProperty(object, key);
  for (let index = 0; index < members.length; index += 3) {
    const [key, flags, value] = members.slice(index, index + 3) as [PropertyKey, number, unknown];
    const common = {
      enumerable: (flags & ENUMERABLE) !== 0,
      configurable: (flags & CONFIGURABLE) !== 0,
    };
    const how =
      flags & THROWS ? throwing(value) : {value, writable: (flags & WRITABLE) !== 0};
    Object.defineProperty(object, key, {...how, ...common});
  }
  if (!isExtensible) Object.preventExtensions(object);
}
