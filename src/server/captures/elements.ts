import type {ReactElement} from 'react';
import {isClientReference} from '../manifest/clientReferences.ts';

/*
 * The members of an element that React looks at. An app can make objects that look like elements and have
 * other members; these are treated as plain objects.
 */

const LAZY = Symbol.for('react.lazy');
const ELEMENT = Symbol.for('react.transitional.element');

/** What React keeps on elements, with what its development build adds. */
const ELEMENT_MEMBERS = new Set<string | symbol>([
  ...['$$typeof', 'type', 'key', 'ref', 'props', '_owner', '_store'],
  ...['_debugInfo', '_debugStack', '_debugTask'],
]);

/** Whether React renders a value on the server before it sends it. */
export function isRendered(value: object): boolean {
  const tag = tagOf(value);
  if (tag === LAZY) return typeof (value as {_init?: unknown})._init === 'function';
  return tag === ELEMENT && isReactElement(value) && !isKnownType(value.type);
}

/** Whether a value is an element that travels as it is. */
export function isElement(value: object): boolean {
  return tagOf(value) === ELEMENT && isReactElement(value) && isKnownType(value.type);
}

function tagOf(value: object): unknown {
  return Reflect.getOwnPropertyDescriptor(value, '$$typeof')?.value;
}

/** Whether a type is one of HTML, of React itself, or a client component. */
function isKnownType(type: unknown): boolean {
  return typeof type === 'string' || typeof type === 'symbol' || isClientReference(type);
}

function isReactElement(value: object): value is ReactElement {
  return isLiteral(value) && Reflect.ownKeys(value).every((key) => ELEMENT_MEMBERS.has(key));
}

/** Whether the prototype is that of object literals, in any realm. */
function isLiteral(value: object): boolean {
  const prototype = Reflect.getPrototypeOf(value);
  return prototype !== null && Reflect.getPrototypeOf(prototype) === null;
}
