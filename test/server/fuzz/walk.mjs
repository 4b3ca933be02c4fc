/** More than any body of these tests can hold. */
const MANY = 100_000;

/**
 * Looks at everything in arguments, waits for every promise, and reads streams and iterables.
 *
 * @param {unknown} root
 * @param {{leaves?: boolean}} options whether streams and iterables are left after the first piece
 * @returns {Promise<number>} how much there was
 */
export async function walk(root, {leaves = false} = {}) {
  const seen = new Set();
  let count = 0;
  const attempt = async (work) => {
    try {
      await work();
    } catch {
      // What the sender made fail.
    }
  };
  const visit = async (value) => {
    if (++count > MANY) throw new Error('The arguments have no end.');
    if (typeof value === 'function') return attempt(() => value.$$bound);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Promise) return attempt(async () => visit(await value));
    if (value instanceof ReadableStream) return attempt(() => readStream(value));
    if (Symbol.asyncIterator in value) return attempt(() => readAll(value));
    if (value instanceof Blob) return void (await value.arrayBuffer());
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return;
    if (value instanceof Map || value instanceof FormData || value instanceof Set) {
      for (const item of value) await visit(item);
    } else if (Symbol.iterator in value && !Array.isArray(value)) {
      for (const item of value) await visit(item);
    } else {
      for (const key of Object.keys(value)) await visit(value[key]);
    }
  };
  const readStream = async (stream) => {
    const reader = stream.getReader();
    if (leaves) return void (await reader.cancel());
    for (let step = await reader.read(); !step.done; step = await reader.read())
      await visit(step.value);
  };
  const readAll = async (iterable) => {
    for await (const item of iterable) {
      await visit(item);
      if (leaves) return;
    }
  };
  await visit(root);
  return count;
}
