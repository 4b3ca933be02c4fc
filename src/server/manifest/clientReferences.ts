import * as flight from 'react-server-dom-webpack/server';

/** What stands for an export of a `"use client"` module in the server graph. */
export interface ClientReference {
  readonly $$typeof: symbol;
  /** `path#export`, or the path alone for all of a CommonJS module. */
  readonly $$id: string;
  /** Whether the module is awaited before it is rendered. */
  readonly $$async: boolean;
}

const CLIENT_REFERENCE_TAG = Symbol.for('react.client.reference');

/** By {@link keyOf}. One reference for each id, so that a captured one is equal to that of its module. */
const known = new Map<string, unknown>();

export function isClientReference(value: unknown): value is ClientReference {
  return (
    (typeof value === 'function' || (typeof value === 'object' && value !== null)) &&
    tagOf(value) === CLIENT_REFERENCE_TAG
  );
}

/** Reads without throwing: a Proxy may throw whatever it is asked for. */
function tagOf(value: object): unknown {
  try {
    return (value as Partial<ClientReference>).$$typeof;
  } catch {
    return undefined;
  }
}

/**
 * Marks what a `"use client"` module exports, as React does.
 *
 * @returns the reference of this id: `implementation`, unless one was made before
 */
export function registerClientReference<T>(implementation: T, id: string, exportName: string): T {
  const key = keyOf(`${id}#${exportName}`, false);
  return remember(key, () => flight.registerClientReference(implementation, id, exportName));
}

/** The same for a CommonJS module, whose exports are known by name only when asked for. */
export function createClientModuleProxy(moduleId: string): unknown {
  return remember(keyOf(moduleId, false), () => flight.createClientModuleProxy(moduleId));
}

/** Remembers a reference that is sent: it comes back as the same object here. */
export function keepClientReference(reference: ClientReference): void {
  known.set(keyOf(reference.$$id, reference.$$async), reference);
}

/**
 * Gives the reference of an id: that of its module, if this has run. The module is not loaded, as a reference
 * is nothing but its id.
 */
export function findClientReference(id: string, isAsync: boolean): unknown {
  return remember(
    keyOf(id, isAsync),
    () => memberOfModule(id, isAsync) ?? newReference(id, isAsync),
  );
}

function memberOfModule(id: string, isAsync: boolean): unknown {
  const separator = id.lastIndexOf('#');
  if (separator === -1) return undefined;
  const module = known.get(keyOf(id.slice(0, separator), false)) as ClientModule | undefined;
  const exports = module && isAsync ? awaited(module) : module;
  return exports?.[id.slice(separator + 1)];
}

/** What stands for a CommonJS module: each member is the reference of an export. */
interface ClientModule extends Record<string, unknown> {
  then(resolve: (exports: ClientModule) => void): unknown;
}

/** What `await` gives of a module, at once: React calls `resolve` right away (`getReference` there). */
function awaited(module: ClientModule): ClientModule {
  let exports = module;
  module.then((resolved) => (exports = resolved));
  return exports;
}

function newReference(id: string, isAsync: boolean): unknown {
  if (!id.includes('#')) {
    const module = flight.createClientModuleProxy(id) as ClientModule;
    return isAsync ? awaited(module) : module;
  }
  const fail = () => {
    throw new Error(`${id} is a client component: it can be rendered, not called, on the server.`);
  };
  return Object.defineProperties(fail, {
    $$typeof: {value: CLIENT_REFERENCE_TAG},
    $$id: {value: id},
    $$async: {value: isAsync},
  });
}

function keyOf(id: string, isAsync: boolean): string {
  return isAsync ? `async ${id}` : `sync ${id}`;
}

function remember<T>(key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}
