import {isObject} from '../platform/isObject.ts';
import {edgesOf, type Graph, type Known} from './graph.ts';
import {findInlineReference, type InlineReference} from './inlineReferences.ts';
import {throwing} from './members.ts';

type Paths = readonly (readonly string[])[];

/** What a member has given: its value, or what it has thrown. */
type Read = {value: unknown} | {reason: unknown};

/** The members of one object that are sent, read once: a getter may do something. */
type Parts = Map<object, Map<string, Read>>;

/** What some captures consist of. */
interface Reading {
  values: readonly unknown[];
  parts: Parts;
  /** Values that are sent whole, with all that is inside. */
  whole: unknown[];
  /** Whether no other captures can have parts of the same objects. */
  isAlone: boolean;
}

const readings = new WeakMap<object, Reading>();

/** Objects that stand for another one, of which they have some members. */
const partial = new WeakSet();

/** Whether an object is a part that {@link pickMembers} has made. */
export function isPart(value: object): boolean {
  return partial.has(value);
}

/**
 * The captured values of a server function, of each only the members that it uses, read as they are
 * now. What is not an object is given back whole, so that reading a member of `null` fails where the
 * program reads it. Objects stay the same objects among each other: one that is needed whole in one
 * place is whole in all, and two parts of one object are one. A member that throws does so when the
 * function reads it.
 *
 * @param values the captured values
 * @param paths for each value the member paths that are used, or `null` when all of it is
 * @example pickMembers([{id: 1, author: {name: 'Ada', mail: '…'}}, 2], [[['id'], ['author', 'name']], null])
 * // [{id: 1, author: {name: 'Ada'}}, 2]
 */
export function pickMembers(
  values: readonly unknown[],
  paths: readonly (Paths | null)[],
): unknown[] {
  const reading: Reading = {values, parts: new Map(), whole: [], isAlone: true};
  for (const [index, value] of values.entries()) readPaths(value, paths[index]!, reading);
  const objects = new Set<object>();
  reading.isAlone = addObjects(reading.whole, objects).length === 0;
  const picked = assemble(reading, reading.parts, objects, new Map());
  readings.set(picked, reading);
  return picked;
}

/**
 * The captures of all functions that are sent together, which share their objects as those of one do.
 */
export class PickedCaptures implements Known {
  readonly #graph: Graph;
  readonly #root: unknown[];
  readonly #merged = new Set<object>();
  readonly #parts: Parts = new Map();
  readonly #whole = new Set<object>();
  readonly #copies = new Map<object, object>();

  /** @param root the captures of the outermost function */
  constructor(root: unknown[], graph: Graph) {
    this.#graph = graph;
    this.#root = root;
  }

  get root(): unknown[] {
    return readings.get(this.#root)?.isAlone === false ? this.of(this.#root) : this.#root;
  }

  /** @param captures of one function that the outermost one leads to */
  of(captures: unknown[]): unknown[] {
    const reading = readings.get(captures);
    if (!reading) return captures;
    this.#merge(this.#root);
    this.#merge(captures);
    return assemble(reading, this.#parts, this.#whole, this.#copies);
  }

  settledValue(promise: Promise<unknown>): unknown {
    return this.#graph.settledValue(promise);
  }

  capturesOf(inline: InlineReference): unknown[] {
    return this.of(this.#graph.capturesOf(inline));
  }

  #merge(captures: unknown[]): void {
    const queue = [captures];
    for (const next of queue) {
      if (this.#merged.has(next)) continue;
      this.#merged.add(next);
      const reading = readings.get(next);
      for (const [source, members] of reading?.parts ?? []) {
        this.#parts.set(source, new Map([...members, ...(this.#parts.get(source) ?? [])]));
      }
      const functions = addObjects(reading?.whole ?? next, this.#whole, this.#graph);
      queue.push(...functions.map((inline) => this.#graph.capturesOf(inline)));
    }
  }
}

function readPaths(value: unknown, paths: Paths | null, {parts, whole}: Reading): void {
  if (paths === null || !isObject(value)) {
    whole.push(value);
    return;
  }
  const members = parts.get(value) ?? new Map<string, Read>();
  parts.set(value, members);
  for (const [key, rest] of groupByFirst(paths)) {
    const read = members.get(key) ?? readMember(value, key);
    members.set(key, read);
    if ('reason' in read) whole.push(read.reason);
    else readPaths(read.value, rest.length === 0 ? null : rest, {parts, whole} as Reading);
  }
}

/** Reads a member without asking whether it is there: a Proxy may say no to that. */
function readMember(value: object, key: string): Read {
  try {
    return {value: (value as Record<string, unknown>)[key]};
  } catch (reason) {
    return {reason};
  }
}

function groupByFirst(paths: Paths): Map<string, string[][]> {
  const groups = new Map<string, string[][]>();
  for (const [first, ...rest] of paths) {
    const group = groups.get(first!) ?? [];
    if (rest.length > 0) group.push(rest);
    groups.set(first!, group);
  }
  return groups;
}

/**
 * Adds every object that is sent with these values.
 *
 * @returns the references among them that capture something, which is not added
 */
function addObjects(
  values: readonly unknown[],
  objects: Set<object>,
  graph?: Graph,
): InlineReference[] {
  const functions: InlineReference[] = [];
  const queue = [...values];
  for (const value of queue) {
    if (!isObject(value) || objects.has(value)) continue;
    objects.add(value);
    const inline = findInlineReference(value);
    if (inline) functions.push(inline);
    // One at a time: a call takes no more than about 100,000 arguments.
    for (const {child} of edgesOf(value, graph)) queue.push(child);
  }
  return functions;
}

function assemble(
  {values}: Reading,
  parts: Parts,
  whole: ReadonlySet<object>,
  copies: Map<object, object>,
): unknown[] {
  const copyOf = (value: unknown): unknown => {
    const members = isObject(value) && !whole.has(value) ? parts.get(value) : undefined;
    if (!members) return value;
    let copy = copies.get(value as object);
    if (!copy) {
      copies.set(value as object, (copy = {}));
      partial.add(copy);
      for (const [key, read] of members) defineRead(copy, key, read, copyOf);
    }
    return copy;
  };
  return values.map(copyOf);
}

/** Defines a member instead of assigning it: `__proto__` is a name like any other here. */
function defineRead(
  copy: object,
  key: string,
  read: Read,
  copyOf: (value: unknown) => unknown,
): void {
  if ('reason' in read) {
    Object.defineProperty(copy, key, throwing(read.reason));
    return;
  }
  // What every object has, or none has, need not be sent.
  if (!Object.is(read.value, Reflect.get(Object.prototype, key, copy))) {
    const common = {enumerable: true, configurable: true, writable: true};
    Object.defineProperty(copy, key, {value: copyOf(read.value), ...common});
  }
}
