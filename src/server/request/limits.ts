/** How much a body may make the decoder do. */
export interface DecodingLimits {
  /**
   * Fields and files of a multipart body. Each `Map`, `Set`, promise, typed array, `FormData` entry and
   * server function in the arguments is at least one.
   * @default 1000
   */
  parts: number;
  /**
   * Characters of a field name.
   * @default 1024
   */
  fieldNameLength: number;
  /**
   * Arguments of the call.
   * @default 100
   */
  arguments: number;
  /**
   * Bound arguments of one server function in the body.
   * @default 100
   */
  boundArguments: number;
  /**
   * Objects and arrays inside one another, in what they refer to as well.
   * @default 200
   */
  depth: number;
  /**
   * Objects and arrays.
   * @default 150000
   */
  objects: number;
  /**
   * Different names of members, in all objects together.
   * @default 50000
   */
  keys: number;
  /**
   * References to other parts of the body: an object that stands there twice, or a promise, stream, `Map`,
   * `Set`, file, `FormData` or server function.
   * @default 40000
   */
  references: number;
  /**
   * What the client could not send, and gets back as it was: elements, functions, class instances.
   * @default 10000
   */
  temporaryReferences: number;
  /**
   * Slots of nested arrays, strings and typed arrays in them counted by their length: React's
   * `arraySizeLimit`.
   * @default 1000000
   */
  arraySlots: number;
  /**
   * Characters and bytes that references repeat: a body can refer to the same part of it many times, and
   * code that walks through the arguments, copies them or writes them out meets it as often.
   * @default 10000000
   */
  repeatedSize: number;
  /**
   * Calls of the server functions among the arguments, all together. A body can put one wherever an app
   * calls a method, and give a function itself to call, so that it would never end.
   * @default 1000
   */
  passedCalls: number;
}

const DEFAULTS: DecodingLimits = {
  parts: 1000,
  fieldNameLength: 1024,
  arguments: 100,
  boundArguments: 100,
  depth: 200,
  objects: 150_000,
  keys: 50_000,
  references: 40_000,
  temporaryReferences: 10_000,
  arraySlots: 1_000_000,
  repeatedSize: 10_000_000,
  passedCalls: 1000,
};

/**
 * Fills in what is not given.
 *
 * @throws TypeError for an unknown name or a value that is not a positive integer
 */
export function resolveLimits(
  limits: {[Limit in keyof DecodingLimits]?: DecodingLimits[Limit] | undefined} = {},
): DecodingLimits {
  const resolved = {...DEFAULTS};
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULTS, name)) {
      throw new TypeError(
        `limits: there is no limit "${name}". There are: ${Object.keys(DEFAULTS).join(', ')}.`,
      );
    }
    if (value === undefined) continue;
    checkPositiveInteger(`limits.${name}`, value);
    resolved[name as keyof DecodingLimits] = value;
  }
  return resolved;
}

/** @throws TypeError */
export function checkPositiveInteger(option: string, value: unknown, maximum = Infinity): void {
  if (Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= maximum) return;
  const bound = maximum === Infinity ? '' : `, at most ${maximum}`;
  throw new TypeError(
    `${option} must be a positive integer${bound}, but is ${typeof value === 'string' ? JSON.stringify(value) : String(value)}.`,
  );
}
