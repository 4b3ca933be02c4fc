import {isClientReference} from '../manifest/clientReferences.ts';
import {isServerReference} from '../manifest/references.ts';
import {findInlineReference, type InlineReference} from './inlineReferences.ts';
import {thrownBy} from './members.ts';

/** What leads from a value to another one inside it. */
export interface Edge {
  child: unknown;
  /** How a program would write the child, given how it writes the value. */
  write: (value: string) => string;
  /** Of a member. */
  key?: string | symbol;
}

/** What becomes known while values are sent: what promises give, and what functions capture. */
export class Graph {
  readonly #settled = new Map<Promise<unknown>, unknown>();
  readonly #captures = new Map<object, unknown[]>();

  settle(promise: Promise<unknown>, value: unknown): void {
    this.#settled.set(promise, value);
  }

  settledValue(promise: Promise<unknown>): unknown {
    return this.#settled.get(promise);
  }

  /** Read once, as all that is bound of a function captures the same. */
  capturesOf({captures}: InlineReference): unknown[] {
    let values = this.#captures.get(captures);
    if (!values) this.#captures.set(captures, (values = captures.read()));
    return values;
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/**
 * What is right inside a value. A getter is not called.
 *
 * @param graph without it promises and captures hold nothing
 */
export function* edgesOf(value: object, graph?: Graph): Generator<Edge> {
  if (isClientReference(value) || ArrayBuffer.isView(value)) return;
  if (typeof value === 'function') {
    yield* edgesOfFunction(value, graph);
    return;
  }
  if (value instanceof Map) yield* edgesOfMap(value);
  if (value instanceof Set) {
    for (const [index, child] of [...value].entries()) {
      yield {child, write: (set) => `[...${set}][${index}]`};
    }
  }
  if (value instanceof Promise) {
    yield {child: graph?.settledValue(value), write: (promise) => `(await ${promise})`};
    return;
  }
  yield* edgesOfMembers(value);
}

function* edgesOfMembers(value: object): Generator<Edge> {
  const isElement = '$$typeof' in value;
  for (const key of Reflect.ownKeys(value)) {
    // React's development build keeps more on elements, that leads to all of the page.
    if (isElement && key !== 'type' && key !== 'key' && key !== 'props') continue;
    const found = Reflect.getOwnPropertyDescriptor(value, key)!;
    const [reason] = thrownBy(found) ?? [];
    yield {child: found.value ?? reason, key, write: (object) => object + memberText(key)};
  }
}

function* edgesOfMap(map: Map<unknown, unknown>): Generator<Edge> {
  for (const [index, [key, child]] of [...map].entries()) {
    const keyText =
      typeof key === 'string' || typeof key === 'number' ? JSON.stringify(key) : undefined;
    yield {child: key, write: (value) => `[...${value}.keys()][${index}]`};
    yield {
      child,
      write: (value) =>
        keyText === undefined ? `[...${value}.values()][${index}]` : `${value}.get(${keyText})`,
    };
  }
}

function* edgesOfFunction(value: object, graph?: Graph): Generator<Edge> {
  if (!isServerReference(value)) return;
  const inline = findInlineReference(value);
  const bound = inline ? inline.args : value.$$bound;
  for (const [index, child] of (bound ?? []).entries()) {
    yield {child, write: (reference) => `${reference}.$$bound[${index}]`};
  }
  if (!inline || !graph) return;
  const names = inline.captures.names.split(',');
  for (const [index, child] of graph.capturesOf(inline).entries()) {
    yield {child, write: (reference) => `${nameOf(names, index)} in ${reference}`};
  }
}

/** How the source calls a captured variable. */
export function nameOf(names: readonly string[], index: number): string {
  return names[index] || `captures[${index}]`;
}

/** `.name`, `["a b"]`, `[0]` or `[Symbol(name)]` */
export function memberText(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  if (/^(?:0|[1-9]\d*)$/.test(key)) return `[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
