import {Console} from 'node:console';
import {Writable} from 'node:stream';
import {cookies, redirect, revalidateTag, signal} from 'use-server-webpack-plugin/server';

const ignore = () => {};
/** Formats as `console` does, for nobody to read. */
const log = new Console(new Writable({write: (_text, _encoding, done) => done()}));

/** What apps do with arguments whose types they have not checked; none waits for what it calls. */
export const uses = {
  'name.trim()': (name) => name.trim(),
  'a text with it': (name) => `Hello ${name}, ${name.trim()}`,
  'text + name': (name) => 'Hello ' + name,
  'name.split(",").length': (name) => name.split(',').length,
  'name.replace(/a/g, fn)': (name) => name.replace(/a/g, () => 'b').toUpperCase(),
  'items.map(fn)': (items) => items.map((item) => item.name),
  'items.forEach(fn)': (items) => items.forEach((item) => item.name),
  'items.filter(fn).length': (items) => items.filter((item) => item.done).length,
  'items.sort(fn)': (items) => items.sort((a, b) => a.order - b.order),
  'items.includes(id)': (items) => items.includes('id'),
  'items.join(", ")': (items) => items.join(', '),
  'for (const item of items)': (items) => {
    for (const item of items) item.trim();
  },
  '[...items]': (items) => [...items].length,
  '{...options}': (options) => Object.keys({...options}).length,
  'Array.from(items)': (items) => Array.from(items, (item) => item.id),
  'new Set(items)': (items) => new Set(items).size,
  'Object.entries(values).map(fn)': (values) =>
    Object.entries(values).map(([name, value]) => `${name}=${value}`),
  'Object.assign({}, values)': (values) => Object.assign({}, values),
  'JSON.stringify(value)': (value) => JSON.stringify(value),
  'structuredClone(value)': (value) => structuredClone(value),
  'console.log(value)': (value) => log.log(value),
  'console.log("%s %o %d", value)': (value) => log.log('%s %o %d', value, value, value),
  'value.then?.(undefined)': (value) => void value.then?.(undefined),
  'value.then(fn, fn)': (value) => void value.then(ignore, ignore),
  'value.catch?.(fn)': (value) => void value.catch?.(ignore),
  'value.finally?.(fn)': (value) => void value.finally?.(ignore),
  'date.getTime()': (date) => date.getTime() + 1,
  'date.toISOString()': (date) => date.toISOString(),
  'new Date(value)': (value) => new Date(value).getTime(),
  'Number(value)': (value) => Number(value) + 1,
  'amount.toFixed(2)': (amount) => amount.toFixed(2),
  'form.get("name")': (form) => form.get('name').trim(),
  'form.entries()': (form) => Object.fromEntries(form),
  'map.get(key)': (map) => map.get('key') ?? map.has('key'),
  'pattern.test(text)': (pattern) => pattern.test('text'),
  'value.hasOwnProperty(key)': (value) => value.hasOwnProperty('key'),
  'value.constructor.name': (value) => value.constructor?.name,
  'value instanceof Date': (value) => value instanceof Date || value instanceof Object,
  'new URL(value)': (value) => new URL(value, 'http://app.test').href,
  'new Response(value)': (value) => new Response(value).status,
  'new Headers(value)': (value) => new Headers(value).get('a'),
  'new Blob([value])': (value) => new Blob([value]).size,
  'new Error(value)': (value) => String(new Error(value, {cause: value}).stack),
  'text.replace(value)': (value) => 'text'.replace(value, value),
  'cookies().set(value)': (value) => cookies().set(value, value),
  'revalidateTag(value)': (value) => revalidateTag(value),
  'value.slice(0, 10)': (value) => value.slice(0, 10),
  'file.arrayBuffer()': (file) => void file.arrayBuffer(),
  'stream.getReader()': (stream) => void stream.getReader().cancel().catch(ignore),
  'value()': (value) => value(),
  'value.bind(null, 1)()': (value) => value.bind(null, 1)(),
  'value.call(null)': (value) => value.call(null, 1),
  'new Promise(value)': (value) => void new Promise(value).catch(ignore),
  // Not callbacks of other uses: what throws in a timer ends a process, whoever wrote it.
  'setTimeout(value)': (value) => {
    // oxlint-disable-next-line typescript/no-implied-eval -- Node runs no text.
    if (typeof value.$$id === 'string') setTimeout(value, 1);
  },
  'queueMicrotask(value)': (value) => {
    if (typeof value.$$id === 'string') queueMicrotask(value);
  },
  'items.reduce(fn, items)': (items) => items.reduce((all, item) => [...all, item], items),
  'every method': (value) => {
    for (const key of Object.keys(value)) {
      if (typeof value[key] === 'function') value[key]((item) => item);
    }
  },
};

/** The same, but the use ends the function, or is all of it. */
export const whole = {
  'return value': (value) => value,
  'return {value}': (value) => ({value}),
  'return name.trim()': async (name) => name.trim(),
  'await value': async (value) => void (await value),
  'throw value': async (value) => {
    throw value;
  },
  'reject later': async (value) => ({later: Promise.reject(value)}),
  'throw new Error(value, {cause: value})': async (value) => {
    throw Object.assign(new Error('about a value', {cause: value}), {value, digest: value});
  },
  'redirect(value)': async (value) => redirect(value),
  'yield value': async (value) =>
    (async function* () {
      yield value;
      yield* value;
    })(),
  'a stream of it': async (value) => ReadableStream.from([value, value]),
  'await signal and value': async (value) => (signal().aborted ? undefined : [await value]),
  'log it later': async (value) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.log(value);
    value.trim?.();
  },
};

/**
 * Uses each of the values. What a use throws at once, the app would have caught.
 *
 * @param {unknown[]} values
 * @param {(value: any) => unknown} use
 */
export function useEach(values, use) {
  for (const value of values) {
    try {
      use(value);
    } catch {
      // A TypeError, mostly.
    }
  }
}

/** All that arguments hold, however deep it is: promises are waited for, streams and iterables read. */
export async function valuesIn(root) {
  const seen = new Set();
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (seen.has(value)) continue;
    seen.add(value);
    try {
      pending.push(...(await partsOf(value)));
    } catch {
      // What the sender made fail.
    }
  }
  return [...seen];
}

async function partsOf(value) {
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof Promise) return [await waitShortly(value)];
  if (value instanceof ReadableStream) return value.locked ? [] : readAll(value);
  if (Symbol.asyncIterator in value) return readAll(value);
  if (value instanceof Map) return [...value].flat();
  if (Symbol.iterator in value) return ArrayBuffer.isView(value) ? [] : [...value];
  return Object.values(value);
}

/** The sender may give something to wait for that never ends. */
function waitShortly(promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 10))]);
}

async function readAll(iterable) {
  const items = [];
  for await (const item of iterable) items.push(item);
  return items;
}
