import {isBoundReference} from './boundReferences.ts';
import {UnsendableArgumentError} from './errors.ts';
import {findOpaqueValues, type OpaqueValue} from './opaqueValues.ts';

const isProduction = process.env['NODE_ENV'] === 'production';
/** More than these fill the console. */
const MAX_SHOWN = 5;

/**
 * Looks for what React sends as a placeholder, because it cannot be sent. The server can hand a placeholder
 * back, and nothing else: to read it throws there.
 *
 * @param body what React's `encodeReply` gave
 * @param kept the values that it keeps on this side: what `createTemporaryReferenceSet` gives is a Map in all
 *   of React's builds
 * @param allowed the option `temporaryReferences`; without it, development warns
 * @throws {UnsendableArgumentError} when that is not allowed, and for a server function that was bound here
 */
export function checkArguments(
  id: string,
  body: BodyInit,
  kept: ReadonlyMap<string, unknown>,
  allowed: boolean | undefined,
): void {
  const found = findOpaqueValues(body, kept);
  const bound = found.find(({value}) => isBoundReference(value));
  const refused = bound ?? (allowed === false ? found[0] : undefined);
  if (refused) {
    throw new UnsendableArgumentError(
      `The server function ${id} was not called, because ${describe(refused)}`,
      {id, path: refused.path},
    );
  }
  if (found.length === 0 || allowed || isProduction) return;
  const lines = found.slice(0, MAX_SHOWN).map((value) => `- ${describe(value)}`);
  if (found.length > MAX_SHOWN) lines.push(`- and ${found.length - MAX_SHOWN} more`);
  console.warn(
    `The server function ${id} was called with what cannot be sent. The server gets placeholders, which it can return but not read:\n${lines.join('\n')}\nWhere the server shall return them only, set the option temporaryReferences of createCallServer to true.`,
  );
}

function describe({path, value}: OpaqueValue): string {
  const [kind, advice] = explain(value);
  return `${path} is ${kind}: ${advice}`;
}

/** What it is, and what to write instead. */
function explain(value: unknown): [kind: string, advice: string] {
  if (isBoundReference(value)) {
    return [
      'a server function that was bound in the browser',
      'pass the function and its arguments apart, or let the server bind it.',
    ];
  }
  if (typeof value === 'function') {
    return ['a function of the browser', 'pass a server function, or what it returns.'];
  }
  if (typeof value === 'symbol') return ['a symbol', 'send a text in its place.'];
  if (isEvent(value)) {
    return [
      'the event',
      'call the function inside a handler, onClick={() => save()}, instead of giving it as the handler.',
    ];
  }
  if (isElement(value)) {
    return ['a React element', 'send the data that it shows, and make the element from it.'];
  }
  const name = nameOfClass(value);
  const kind = name === undefined ? 'an object without a prototype' : `an instance of ${name}`;
  if (value === undefined) return ['of a class', 'send plain data in its place.'];
  return [kind, 'send plain data in its place, such as {...object}, a text or a number.'];
}

function isEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  // React's own events have the browser's in them.
  return [value, Reflect.get(value, 'nativeEvent')].some(
    (event) => typeof Event === 'function' && event instanceof Event,
  );
}

function isElement(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Reflect.get(value, '$$typeof') === Symbol.for('react.transitional.element')
  );
}

function nameOfClass(value: unknown): string | undefined {
  const prototype: unknown = typeof value === 'object' && value && Object.getPrototypeOf(value);
  if (!prototype) return undefined;
  const {constructor} = prototype as {constructor?: {name?: string}};
  return constructor?.name || 'a class';
}
