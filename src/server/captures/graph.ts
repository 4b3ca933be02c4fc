import {isClientReference} from '../manifest/clientReferences.ts';
import {isServerReference} from '../manifest/references.ts';
import {isElement, isRendered} from './elements.ts';
import {findInlineReference, type InlineReference} from './inlineReferences.ts';
import {isProxy} from './isProxy.ts';
import {thrownBy} from './members.ts';
import {memberText} from './memberText.ts';

/** What leads from a value to another one inside it. */
export interface Edge {
  child: unknown;
  /** How a program would write the child, given how it writes the value. */
  write: (value: string) => string;
  /** Of a member. */
  key?: string | symbol;
}

/** What is known of values that hold others without showing them. */
export interface Known {
  settledValue(promise: Promise<unknown>): unknown;
  capturesOf(inline: InlineReference): unknown[];
}

/** Milliseconds that the promises among captures have to settle, all at once. */
export const PATIENCE = 3000;

/** What becomes known while values are sent: what promises give, and what functions capture. */
export class Graph implements Known {
  #start: number | undefined;
  readonly #settled = new Map<Promise<unknown>, unknown>();
  readonly #captures = new Map<object, unknown[]>();

  /** Milliseconds that are left for promises, since this was first asked for. */
  patience(): number {
    this.#start ??= performance.now();
    return Math.max(0, PATIENCE - (performance.now() - this.#start));
  }

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

/**
 * Lists what is right inside a value. A getter is not called.
 *
 * @param known without it promises and captures hold nothing
 */
export function* edgesOf(value: object, known?: Known): Generator<Edge> {
  if (isProxy(value) || isClientReference(value)) return;
  if (typeof value === 'function') {
    yield* edgesOfFunction(value, known);
    return;
  }
  if (ArrayBuffer.isView(value)) {
    yield {child: value.buffer, write: (view) => `${view}.buffer`};
    return;
  }
  if (value instanceof Map && hasItems(value)) yield* edgesOfMap(value);
  if (value instanceof Set && hasItems(value)) {
    for (const [index, child] of [...value].entries()) {
      yield {child, write: (set) => `[...${set}][${index}]`};
    }
  }
  if (value instanceof Promise) {
    yield {child: known?.settledValue(value), write: (promise) => `(await ${promise})`};
    return;
  }
  yield* edgesOfMembers(value);
}

/** Whether there are items; in an object that has nothing but the prototype there are none. */
function hasItems(value: {size: number}): boolean {
  try {
    return value.size > 0;
  } catch {
    return false;
  }
}

function* edgesOfMembers(value: object): Generator<Edge> {
  const isOfReact = isElement(value) || isRendered(value);
  for (const [index, child] of Object.getOwnPropertySymbols(value).entries()) {
    yield {child, write: (object) => `Object.getOwnPropertySymbols(${object})[${index}]`};
  }
  for (const key of Reflect.ownKeys(value)) {
    // React's development build keeps more on elements, that leads to all of the page.
    if (isOfReact && key !== 'type' && key !== 'key' && key !== 'props') continue;
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

function* edgesOfFunction(value: object, known?: Known): Generator<Edge> {
  if (!isServerReference(value)) return;
  const inline = findInlineReference(value);
  const bound = inline ? inline.args : value.$$bound;
  for (const [index, child] of (bound ?? []).entries()) {
    yield {child, write: (reference) => `${reference}.$$bound[${index}]`};
  }
  if (!inline || !known) return;
  const names = inline.captures.names.split(',');
  for (const [index, child] of known.capturesOf(inline).entries()) {
    yield {child, write: (reference) => `${nameOf(names, index)} in ${reference}`};
  }
}

/** Gives the name of a captured variable in the source. */
export function nameOf(names: readonly string[], index: number): string {
  return names[index] || `captures[${index}]`;
}
