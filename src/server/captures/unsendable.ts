import {DevalueError} from 'devalue';
import {isObject} from '../platform/isObject.ts';
import {memberText} from './memberText.ts';
import {isProxy} from './isProxy.ts';
import type {Place} from './places.ts';

export const TOO_DEEP = 'nested too deeply';

/** A value that would not come back as it is. */
export class Unsendable extends Error {
  readonly value: unknown;
  /** A member of it, when that is what cannot be sent. */
  readonly key: string | symbol | undefined;

  /** @param what the value is, as the end of "which is …" */
  constructor(value: unknown, what: string, key?: string | symbol) {
    super(what);
    this.value = value;
    this.key = key;
  }
}

/** Says what is wrong with the captures of a function, and what to do about it. */
export function explainUnsendable(
  id: string,
  {value, message, key}: Unsendable,
  place: Place | undefined,
): string {
  const path = place && place.path + (key === undefined ? '' : memberText(key));
  const subject = path === undefined ? 'something' : `\`${shortened(path)}\``;
  const instead =
    (key === undefined && path !== undefined && adviceFor(value, path)) || 'plain data';
  return `The server function ${id} captures ${subject}, which is ${message}, and would not come back as it is. Capture ${instead} instead, or get it inside the function.`;
}

/** Cuts a path: to what is nested too deeply it would be endless. */
function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}

/** Members that mostly stand for an object, or say what is in it; the first one is the best. */
const TELLING = ['id', '_id', 'uuid', 'slug', 'message', 'name', 'title', 'value', 'code'];

/** Methods that give the value as a string or a number, of dates and decimals among others. */
const CONVERSIONS = ['toISOString', 'toISO', 'toJSON', 'toString'];

/** Finds what could be captured instead: a member, or what a method returns. */
function adviceFor(value: unknown, path: string): string | undefined {
  if (!isObject(value) || typeof value === 'function' || isProxy(value)) return undefined;
  const members = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>;
  const isPlain = (key: string) => ['string', 'number'].includes(typeof members[key]?.value);
  const telling = TELLING.find((key) => Object.hasOwn(members, key) && isPlain(key));
  if (telling !== undefined) return `\`${path}${memberText(telling)}\``;
  const method = CONVERSIONS.find((name) => isOwnMethod(value, name));
  return method && `the value of \`${path}.${method}()\``;
}

/** Whether a class has a method that not all objects have. */
function isOwnMethod(value: object, name: string): boolean {
  for (let object: object | null = value; object; object = Reflect.getPrototypeOf(object)) {
    const found = Reflect.getOwnPropertyDescriptor(object, name);
    if (found) return typeof found.value === 'function' && !isNative(found.value as object);
  }
  return false;
}

/** Says what kind of value it is, with an article. */
export function describe(value: object): string {
  if (typeof value === 'function') return isClass(value) ? 'a class' : 'a function';
  const name = attempt(
    () => (Reflect.getPrototypeOf(value)?.constructor as {name?: unknown})?.name,
  );
  const tag = attempt(() => Object.prototype.toString.call(value).slice(8, -1)) ?? 'Object';
  const isIterator = /(?: Iterator|Generator)$/.test(tag);
  if (typeof name === 'string' && name !== '' && name !== 'Object' && !isIterator) {
    return `an instance of the class ${name}${isNamesake(value, name) ? ', which is not the built-in one' : ''}`;
  }
  return tag === 'Object' ? 'an object with a prototype of its own' : `a value of the kind ${tag}`;
}

/** Whether a class has the name of a built-in one that can be sent, as those of polyfills do. */
function isNamesake(value: object, name: string): boolean {
  const builtIn = Reflect.get(globalThis, name) as {prototype?: object} | undefined;
  return builtIn?.prototype !== undefined && builtIn.prototype !== Reflect.getPrototypeOf(value);
}

/** Getters of an app may throw. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function isNative(value: object): boolean {
  return /\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));
}

/** Gives what the encoder could not send; all other errors are thrown on. */
export function unsendableOf(error: unknown): Unsendable {
  if (error instanceof Unsendable) return error;
  if (error instanceof DevalueError) return new Unsendable(error.value, error.message);
  throw error;
}
