import {DevalueError} from 'devalue';
import {edgesOf, isObject, memberText, nameOf, type Graph} from './graph.ts';
import {isPart} from './pickMembers.ts';

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

/** Where a value is among captures. */
export interface Place {
  /** How the program would write it, such as `note.file`. */
  path: string;
  /** The last member on the way that was captured for itself, and not with the object around it. */
  picked?: {object: object; key: string | symbol} | undefined;
}

/**
 * The shortest way to a value.
 *
 * @param names of the captured variables, in the order of `captures`
 */
export function findPlace(
  value: unknown,
  captures: readonly unknown[],
  names: readonly string[],
  graph: Graph,
): Place | undefined {
  const seen = new Set<unknown>();
  const queue: (Place & {value: unknown})[] = captures.map((captured, index) => ({
    value: captured,
    path: nameOf(names, index),
  }));
  for (const place of queue) {
    if (Object.is(place.value, value)) return place;
    if (!isObject(place.value) || seen.has(place.value)) continue;
    seen.add(place.value);
    for (const {child, write, key} of edgesOf(place.value, graph)) {
      const isPicked = key !== undefined && isPart(place.value);
      const picked = isPicked ? {object: place.value, key} : place.picked;
      queue.push({value: child, path: write(place.path), picked});
    }
  }
  return undefined;
}

/** What is wrong with the captures of a function, and what to do about it. */
export function explainUnsendable(
  id: string,
  {value, message, key}: Unsendable,
  place: Place | undefined,
): string {
  const path = place && place.path + (key === undefined ? '' : memberText(key));
  const subject = path === undefined ? 'something' : `\`${path}\``;
  const example = key === undefined && path !== undefined ? memberOf(value, path) : undefined;
  const instead = example === undefined ? 'plain data' : `\`${example}\``;
  return `The server function ${id} captures ${subject}, which is ${message}, and would not come back as it is. Capture ${instead} instead, or get it inside the function.`;
}

/** A member that could be captured for itself. */
function memberOf(value: unknown, path: string): string | undefined {
  if (!isObject(value) || typeof value === 'function') return undefined;
  for (const [key, {value: member}] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (['string', 'number', 'boolean'].includes(typeof member)) return path + memberText(key);
  }
  return undefined;
}

/** What kind of value it is, with an article. */
export function describe(value: object): string {
  if (typeof value === 'function') return isClass(value) ? 'a class' : 'a function';
  const {name} = (Reflect.getPrototypeOf(value)?.constructor ?? {}) as {name?: unknown};
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const isIterator = /(?: Iterator|Generator)$/.test(tag);
  if (typeof name === 'string' && name !== '' && name !== 'Object' && !isIterator) {
    return `an instance of the class ${name}`;
  }
  return tag === 'Object' ? 'an object with a prototype of its own' : `a value of the kind ${tag}`;
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** What an error of the encoder tells; all other errors are thrown on. */
export function unsendableOf(error: unknown): Unsendable {
  if (error instanceof Unsendable) return error;
  if (error instanceof DevalueError) return new Unsendable(error.value, error.message);
  if (error instanceof RangeError) return new Unsendable(undefined, 'nested too deeply');
  throw error;
}
