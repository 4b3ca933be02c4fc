import * as client from 'react-server-dom-webpack/client.edge';
import {inlineId, token} from './app.mjs';

/**
 * Fields of what React's client writes.
 *
 * @param {unknown[]} plans arguments of `arbitraries.mjs`
 */
export async function encode(plans) {
  const body = await client.encodeReply(plans.map(build));
  if (typeof body === 'string') return [['0', body]];
  return Promise.all(
    [...body].map(async ([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, {file: new Uint8Array(await value.arrayBuffer()), type: value.type}];
    }),
  );
}

/** Promises, streams and references can be used once: they are made of plans. */
function build(plan) {
  if (Array.isArray(plan)) return plan.map(build);
  if (plan instanceof Map) return new Map([...plan].map(build));
  if (plan instanceof Set) return new Set([...plan].map(build));
  const isPlain = Object.prototype.toString.call(plan) === '[object Object]';
  if (!isPlain) return plan;
  if (plan.file instanceof Uint8Array) return new File([plan.file], 'file', {type: plan.type});
  if (typeof plan.make === 'string' && plan.make in makers) return makers[plan.make](plan);
  return Object.fromEntries(Object.entries(plan).map(([key, value]) => [key, build(value)]));
}

/** Whether a plan has a function whose captures this server did not make. */
export function hasUnsealed(plan) {
  if (typeof plan !== 'object' || plan === null || ArrayBuffer.isView(plan)) return false;
  if (plan.make === 'unsealed') return true;
  const parts = Symbol.iterator in plan ? [...plan].flat() : Object.values(plan);
  return parts.some(hasUnsealed);
}

const LOOK = 'src/fuzzed.mjs#look';
const makers = {
  __proto__: null,
  function: ({name}) => client.createServerReference(name),
  inline: () => client.createServerReference(inlineId).bind(null, token),
  unsealed: () => client.createServerReference(inlineId),
  promise: async ({own}) => build(own),
  bound: ({own}) => client.createServerReference(LOOK).bind(null, ...build(own)),
  form({own}) {
    const form = new FormData();
    for (const [index, value] of own.entries()) {
      const built = build(value);
      form.append(`field ${index}`, built instanceof Blob ? built : String(index));
    }
    return form;
  },
  stream: ({own}) => ReadableStream.from(own),
  bytes: ({own}) =>
    new ReadableStream({
      type: 'bytes',
      start(controller) {
        for (const value of own) if (value?.byteLength > 0) controller.enqueue(value.slice());
        controller.close();
      },
    }),
  iterable: ({own}) => ({
    async *[Symbol.asyncIterator]() {
      yield* own;
    },
  }),
  iterator: ({own}) =>
    (async function* () {
      yield* own;
    })(),
};

/**
 * Changes fields as the changes say, as far as they can.
 *
 * @param {[string, string | {file: Uint8Array, type: string}][]} fields
 */
export function changeFields(fields, changes) {
  const all = fields.map((field) => [...field]);
  for (const [how, first, second, word] of changes) {
    if (all.length === 0) break;
    const at = first % all.length;
    const other = all[second % all.length];
    const field = all[at];
    if (how === 'drop') all.splice(at, 1);
    else if (how === 'repeat') all.splice(second % all.length, 0, [...field]);
    else if (how === 'swap') [field[1], other[1]] = [other[1], field[1]];
    else if (how === 'rename') field[0] = second % 2 ? word : other[0];
    else if (how === 'replace') field[1] = word;
    else if (typeof field[1] === 'string') field[1] = changeText(how, field[1], second, word);
  }
  return all;
}

function changeText(how, text, number, word) {
  if (how === 'splice') {
    const at = number % (text.length + 1);
    return text.slice(0, at) + word + text.slice(at + (number % 3));
  }
  const references = [...text.matchAll(/"\$([@a-zA-Z]?)([0-9a-f]+)/g)];
  if (references.length === 0) return text;
  const {index, 0: whole, 1: tag, 2: row} = references[number % references.length];
  const changed = how === 'retag' ? `"$${word}${row}` : `"$${tag}${word}`;
  return text.slice(0, index) + changed + text.slice(index + whole.length);
}

/** @param {Uint8Array} bytes */
export function changeBytes(bytes, changes) {
  let changed = bytes;
  for (const [how, position, length, value] of changes) {
    const at = position % (changed.length + 1);
    const before = changed.subarray(0, at);
    const after = changed.subarray(at + length);
    if (how === 'cut') changed = Buffer.concat([before, after]);
    else if (how === 'set')
      changed = Buffer.concat([before, Buffer.alloc(1, value), changed.subarray(at + 1)]);
    else if (how === 'insert')
      changed = Buffer.concat([before, Buffer.alloc(length, value), changed.subarray(at)]);
    else changed = Buffer.concat([before, changed.subarray(at, at + length), changed.subarray(at)]);
  }
  return changed;
}
