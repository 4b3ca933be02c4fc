'use server';
const wrap = (name) => (fn) => async (...args) => [name, await fn(...args)];
const compose = (...fns) => fns.reduceRight((inner, outer) => outer(inner));
export const once = wrap('once')(async (x) => x);
export const twice = compose(wrap('outer'), wrap('inner'), async (x) => x);
export const bound = async (a, b) => [a, b];
export const typed = Object.assign(async (x) => x, {extra: 1});
export const conditional = once ? async (x) => ['yes', x] : null;
export const logical = null ?? (async (x) => ['logical', x]);
export const awaited = await Promise.resolve(async (x) => ['awaited', x]);
export async function scenario(call) {
  const results = [typed.extra];
  for (const fn of [once, twice, bound, typed, conditional, logical, awaited]) {
    results.push([fn.length, await call(fn, 1, 2)]);
  }
  return results;
}
