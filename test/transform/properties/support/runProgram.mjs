/** Most calls of server functions that a run makes, and most function calls of any kind. */
const MOST_CALLS = 12;
const MOST_TICKS = 150;

/** What programs find around them; see `randomProgram.mjs`. */
let log = [];
let used = [];
let ticks = 0;

Object.assign(globalThis, {
  use: (fn) => {
    used.push(fn);
    return fn;
  },
  trace: (value) => void log.push(show(value)),
  tick: () => {
    if (++ticks > MOST_TICKS) throw new RangeError('too many calls');
  },
  num: (value) => (typeof value === 'number' ? value : 3),
  is: (value) => isPlainObject(value),
  caught: (error) => {
    if (error instanceof ReferenceError) throw error;
    return error instanceof Error ? error.name : error;
  },
});

/**
 * Runs a program: its body, `Page`, then every server function that it has noted, and every function
 * that one of these returns.
 *
 * @param {() => {Page: Function} | Promise<{Page: Function}>} start runs the module's body
 * @param {(fn: Function, ...args: unknown[]) => unknown} call
 * @param {(error: Error) => string} describe
 * @returns {Promise<string[]>} everything that can be seen of it
 */
export async function runProgram(start, call, describe) {
  log = [];
  used = [];
  ticks = 0;
  const attempt = async (name, run) => {
    try {
      const value = await run();
      if (name !== 'module') log.push(`${name} gave ${show(value)}`);
      return value;
    } catch (error) {
      log.push(`${name} threw ${describe(error)}`);
    }
  };
  const module = await attempt('module', start);
  // Without a module there is nobody to call.
  if (!module) return log;
  await attempt('Page', () => module.Page({x: 1, y: {z: 's'}}, 's'));
  for (let i = 0; i < used.length && i < MOST_CALLS; i++) {
    const result = await attempt(`call ${i}`, () => call(used[i], i, {x: i}));
    for (const fn of functionsIn(result)) {
      const second = await attempt('returned function', () => call(fn, 's', [i]));
      for (const last of functionsIn(second)) await attempt('and its own', () => call(last, 1));
    }
  }
  return log;
}

function functionsIn(value) {
  if (typeof value === 'function') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'function') : [];
}

export function isPlainObject(value) {
  return (
    value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
  );
}

/** A value as text. */
export function show(value, depth = 0) {
  if (depth > 8) return '…';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return 'function';
    case 'object': {
      if (value === null) return 'null';
      const inside = (item) => show(item, depth + 1);
      if (Array.isArray(value)) return `[${Array.from(value, inside).join()}]`;
      if (value instanceof Map) return `Map${show([...value], depth)}`;
      if (value instanceof Error) return value.name;
      // React leaves a member out whose value is undefined.
      const keys = Object.keys(value).filter((key) => value[key] !== undefined);
      const entries = keys.map((key) => `${key}:${inside(value[key])}`);
      return `${isPlainObject(value) ? '' : 'instance'}{${entries.join()}}`;
    }
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}
