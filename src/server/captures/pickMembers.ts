type Paths = readonly (readonly string[])[];

/** An object of which only some members are sent. */
interface Part {
  source: object;
  members: Map<string, unknown>;
}

/**
 * The captured values of a server function, of each only the members that it uses, read as they are
 * now. What is not an object is given back whole, so that reading a member of `null` fails where the
 * program reads it. Objects stay the same objects among each other: one that is needed whole in one
 * place is whole in all, and two parts of one object are one.
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
  const parts = new Map<object, Part>();
  const whole: unknown[] = [];
  const read = values.map((value, i) => readPaths(value, paths[i]!, parts, whole));
  const objects = objectsIn(whole);
  const copies = new Map<Part, object>();
  return read.map((value) => assemble(value, parts, objects, copies));
}

/** Reads the members into a {@link Part}; each is read once, because a getter may do something. */
function readPaths(
  value: unknown,
  paths: Paths | null,
  parts: Map<object, Part>,
  whole: unknown[],
): unknown {
  if (paths === null || !isObject(value)) {
    whole.push(value);
    return value;
  }
  let part = parts.get(value);
  if (!part) parts.set(value, (part = {source: value, members: new Map()}));
  for (const [key, rest] of groupByFirst(paths)) {
    if (!(key in value)) continue;
    const member = part.members.has(key)
      ? part.members.get(key)
      : (value as Record<string, unknown>)[key];
    part.members.set(key, member);
    readPaths(member, rest.length === 0 ? null : rest, parts, whole);
  }
  return value;
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

/** Every object that is sent whole, and so everything inside it. */
function objectsIn(values: readonly unknown[]): Set<object> {
  const found = new Set<object>();
  const queue = [...values];
  for (const value of queue) {
    if (!isObject(value) || found.has(value)) continue;
    found.add(value);
    queue.push(...contentOf(value));
  }
  return found;
}

function contentOf(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return [];
  // Only what is there already: a getter is left to React, which reads it when it sends the object.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(({value: member}) => member);
}

function assemble(
  value: unknown,
  parts: ReadonlyMap<object, Part>,
  whole: ReadonlySet<object>,
  copies: Map<Part, object>,
): unknown {
  const part = isObject(value) && !whole.has(value) ? parts.get(value) : undefined;
  if (!part) return value;
  const known = copies.get(part);
  if (known) return known;
  const copy = {};
  copies.set(part, copy);
  for (const [key, member] of part.members) {
    // Defined, not assigned: `__proto__` is a name like any other here.
    Object.defineProperty(copy, key, {
      value: assemble(member, parts, whole, copies),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
